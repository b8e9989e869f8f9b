import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { clockOf } from '../../lib/duration.ts'

const WIDTH = 720
const HEIGHT = 64
const STEP_SECONDS = 5

/** How loud a recording is over time; a slider by pointer and by arrow keys. */
export function Waveform(props: {
  readonly label: string
  readonly peaks: readonly number[]
  readonly at: number
  readonly seconds: number
  readonly onSeek: (seconds: number) => void
}): ReactNode {
  const { t } = useTranslation()
  const canvas = useRef<HTMLCanvasElement>(null)
  const { peaks, at, seconds } = props
  useEffect(() => {
    if (canvas.current) draw(canvas.current, peaks, seconds === 0 ? 0 : at / seconds)
  }, [peaks, at, seconds])

  function onKeyDown(event: KeyboardEvent): void {
    const next: Partial<Record<string, number>> = {
      ArrowRight: at + STEP_SECONDS,
      ArrowUp: at + STEP_SECONDS,
      ArrowLeft: at - STEP_SECONDS,
      ArrowDown: at - STEP_SECONDS,
      Home: 0,
      End: seconds,
    }
    const wanted = next[event.key]
    if (wanted === undefined) return
    event.preventDefault()
    props.onSeek(Math.min(Math.max(wanted, 0), seconds))
  }

  return (
    <div
      className="waveform"
      role="slider"
      tabIndex={0}
      aria-label={props.label}
      aria-valuemin={0}
      aria-valuemax={Math.round(seconds)}
      aria-valuenow={Math.round(at)}
      aria-valuetext={t('telephone.page.waveAt', {
        at: clockOf(at * 1_000),
        total: clockOf(seconds * 1_000),
      })}
      onKeyDown={onKeyDown}
      onClick={(event) => {
        const { left, width } = event.currentTarget.getBoundingClientRect()
        props.onSeek(Math.min(Math.max((event.clientX - left) / width, 0), 1) * seconds)
      }}
    >
      <canvas ref={canvas} width={WIDTH} height={HEIGHT} aria-hidden="true" />
    </div>
  )
}

function draw(canvas: HTMLCanvasElement, peaks: readonly number[], share: number): void {
  const pen = canvas.getContext('2d')
  if (!pen) return
  const style = getComputedStyle(canvas)
  const width = WIDTH / Math.max(1, peaks.length)
  pen.clearRect(0, 0, WIDTH, HEIGHT)
  for (const [index, peak] of peaks.entries()) {
    const isPlayed = index / peaks.length < share
    pen.fillStyle = style.getPropertyValue(isPlayed ? '--accent' : '--line-strong')
    const height = Math.max(2, peak * (HEIGHT - 4))
    pen.fillRect(index * width, (HEIGHT - height) / 2, Math.max(1, width - 1), height)
  }
}
