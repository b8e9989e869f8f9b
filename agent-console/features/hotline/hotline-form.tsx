import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HotlinePreview, HotlineSettings } from '#contracts/hotline'
import { KeyHint } from '../../components/key-hint.tsx'
import { ProblemNotice } from '../../components/problem-notice.tsx'
import { draftOf, isSame } from './draft.ts'
import { LeaveGuard } from './leave-guard.tsx'
import { MenuPart } from './menu-part.tsx'
import { PreviewPanel } from './preview-panel.tsx'
import { SentencesPart } from './sentences-part.tsx'
import {
  EmergencyPart,
  HoursPart,
  OutboundPart,
  QueuePart,
  RecordingsPart,
} from './simple-parts.tsx'
import { useSaveHotline } from './use-hotline.ts'

/** The settings being edited, beside what callers hear of those that are saved. */
export function HotlineForm(props: {
  readonly saved: HotlineSettings
  readonly preview: HotlinePreview
}): ReactNode {
  const { t } = useTranslation()
  const form = useRef<HTMLFormElement>(null)
  const saved = draftOf(props.saved)
  const [draft, setDraft] = useState(saved)
  const save = useSaveHotline()
  const isDirty = !isSame(draft, saved)
  const part = {
    hotline: draft,
    error: save.error,
    onChange: (change: Partial<HotlineSettings>) => {
      setDraft((current) => ({ ...current, ...change }))
    },
  }

  useEffect(() => {
    if (!save.error) return
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [save.error])

  function submit(): void {
    if (!isDirty || save.isPending) return
    save.mutate(draft, {
      onSuccess: (stored) => {
        setDraft(draftOf(stored))
        notifications.show({ message: t('hotline.saved') })
      },
    })
  }

  return (
    <>
      <div className="hotline-columns">
        <form
          ref={form}
          className="hotline-form"
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            submit()
          }}
          onKeyDown={saveByChord}
        >
          <MenuPart {...part} />
          <EmergencyPart {...part} />
          <HoursPart {...part} />
          <QueuePart {...part} />
          <OutboundPart {...part} />
          <RecordingsPart {...part} />
          <SentencesPart {...part} preview={props.preview} />
          <div className="hotline-save">
            {save.error && <ProblemNotice error={save.error} />}
            <div className="hotline-buttons">
              <span role="status" className={isDirty ? 'hotline-dirty' : 'soft'}>
                {t(isDirty ? 'hotline.unsaved' : 'hotline.allSaved')}
              </span>
              <Button
                variant="default"
                disabled={!isDirty}
                onClick={() => {
                  setDraft(saved)
                  save.reset()
                }}
              >
                {t('hotline.discard')}
              </Button>
              <Button
                type="submit"
                disabled={!isDirty}
                loading={save.isPending}
                aria-keyshortcuts="Control+Enter"
                rightSection={<KeyHint keys="mod+enter" />}
              >
                {t('app.save')}
              </Button>
            </div>
          </div>
        </form>
        <PreviewPanel preview={props.preview} isStale={isDirty} />
      </div>
      <LeaveGuard isDirty={isDirty} />
    </>
  )
}

/** Ctrl or ⌘ with Enter saves; Enter alone in a field must not, it ends a word of a list. */
function saveByChord(event: KeyboardEvent<HTMLFormElement>): void {
  if (event.key !== 'Enter') return
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault()
    const form = event.currentTarget
    // A word that this very key ended must be in what is saved.
    setTimeout(() => {
      form.requestSubmit()
    })
  } else if (event.target instanceof HTMLInputElement) {
    event.preventDefault()
  }
}
