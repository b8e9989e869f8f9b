import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallView } from '#contracts/telephony'
import { ProblemNotice } from '../../components/problem-notice.tsx'
import { getBytes } from '../../lib/api.ts'
import { peaksOf } from './peaks.ts'
import { Waveform } from './waveform.tsx'

type Loaded = { readonly url: string; readonly peaks: readonly number[]; readonly seconds: number }

const PEAKS = 240

/** A recording: fetched when somebody asks, because every listening goes on record. */
export function Recording(props: {
  readonly callId: string
  readonly recording: CallView['recordings'][number]
  readonly number: number
}): ReactNode {
  const { t } = useTranslation()
  const { callId, recording, number } = props
  const load = useMutation({
    mutationFn: () =>
      loadRecording(
        `/api/calls/${encodeURIComponent(callId)}/recordings/${encodeURIComponent(recording.ref)}`,
        recording.seconds ?? 0,
      ),
  })
  const url = load.data?.url
  useEffect(() => {
    if (url === undefined) return
    return () => {
      URL.revokeObjectURL(url)
    }
  }, [url])
  if (!recording.isPlayable) {
    const { problem } = recording
    return (
      <p className="soft">
        {problem === null
          ? t('telephone.page.recordingGone')
          : t(`telephone.page.recordingProblems.${problem}`)}
      </p>
    )
  }
  return (
    <div className="recording">
      {load.data ? (
        <Player loaded={load.data} number={number} />
      ) : (
        <Button
          size="compact-sm"
          variant="default"
          loading={load.isPending}
          onClick={() => {
            load.mutate()
          }}
        >
          {t('telephone.page.loadRecording', { n: number })}
          {recording.seconds !== null && ` · ${t('time.seconds', { n: recording.seconds })}`}
        </Button>
      )}
      {load.error !== null && <ProblemNotice error={load.error} />}
    </div>
  )
}

function Player(props: { readonly loaded: Loaded; readonly number: number }): ReactNode {
  const { t } = useTranslation()
  const audio = useRef<HTMLAudioElement>(null)
  const [at, setAt] = useState(0)
  const { url, peaks, seconds } = props.loaded
  return (
    <>
      <Waveform
        label={t('telephone.page.wave', { n: props.number })}
        peaks={peaks}
        at={at}
        seconds={seconds}
        onSeek={(next) => {
          if (audio.current) audio.current.currentTime = next
          setAt(next)
        }}
      />
      <audio
        ref={audio}
        controls
        src={url}
        aria-label={t('telephone.page.recording', { n: props.number })}
        onTimeUpdate={(event) => {
          setAt(event.currentTarget.currentTime)
        }}
      />
    </>
  )
}

/** Fetches once: the same bytes are played and drawn. What cannot be decoded is played undrawn. */
async function loadRecording(path: string, knownSeconds: number): Promise<Loaded> {
  const bytes = await getBytes(path)
  const url = URL.createObjectURL(new Blob([bytes], { type: 'audio/mpeg' }))
  try {
    // Decoding needs no sound device: a context of one sample is enough.
    const decoded = await new OfflineAudioContext(1, 1, 8_000).decodeAudioData(bytes.slice(0))
    return { url, peaks: peaksOf(decoded.getChannelData(0), PEAKS), seconds: decoded.duration }
  } catch {
    return { url, peaks: [], seconds: knownSeconds }
  }
}
