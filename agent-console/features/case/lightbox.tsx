import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DialogFrame } from '../../components/dialog-frame.tsx'
import './lightbox.css'

/** Photos large, one at a time; the arrows go through them, Escape closes. */
export function Lightbox(props: {
  readonly paths: readonly string[]
  readonly startAt: number
  readonly onClose: () => void
}): ReactNode {
  const { t } = useTranslation()
  const [at, setAt] = useState(props.startAt)
  const [failed, setFailed] = useState<string | null>(null)
  const total = props.paths.length
  const path = props.paths[at]

  function go(step: number): void {
    setAt((at + step + total) % total)
  }

  return (
    <DialogFrame
      size="auto"
      title={t('case.photoOf', { n: at + 1, total })}
      onClose={props.onClose}
      onStep={go}
    >
      {path === failed ? (
        <p className="lightbox-failed">{t('case.photoFailed')}</p>
      ) : (
        <img
          className="lightbox-photo"
          src={path}
          alt={t('case.photo', { n: at + 1 })}
          onError={() => {
            setFailed(path ?? null)
          }}
        />
      )}
      {total > 1 && (
        <div className="lightbox-buttons">
          <Button
            variant="default"
            onClick={() => {
              go(-1)
            }}
          >
            ← {t('case.previous')}
          </Button>
          <Button
            variant="default"
            onClick={() => {
              go(1)
            }}
          >
            {t('case.next')} →
          </Button>
        </div>
      )}
    </DialogFrame>
  )
}
