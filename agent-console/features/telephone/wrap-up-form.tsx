import { Button, Textarea, TextInput } from '@mantine/core'
import { type KeyboardEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type CallView, type Disposition, DISPOSITIONS } from '#contracts/telephony'
import { KeyHint } from '../../components/key-hint.tsx'
import { ProblemNotice } from '../../components/problem-notice.tsx'
import { spacedCode } from '../../lib/case-code.ts'
import { clockOf } from '../../lib/duration.ts'
import { useSeconds } from '../../lib/use-seconds.ts'
import { useTabDraft } from '../../lib/use-tab-draft.ts'
import { useCallerName } from './caller-name.ts'
import { useTelephone } from './telephone-context.tsx'

/** What was said of a call so far, by whoever wraps it up. */
type Draft = {
  readonly picked: Disposition | null
  readonly note: string
  /** Null: the code of the call's case. */
  readonly typedCode: string | null
}

const NOTHING: Draft = { picked: null, note: '', typedCode: null }

/** What came of the call: one key, perhaps a note, done. */
export function WrapUpForm(props: {
  readonly call: CallView
  /** What was written of the call is in no case yet. */
  readonly isCaseUnsaved: boolean
}): ReactNode {
  const { t } = useTranslation()
  const { run, isBusy, error } = useTelephone()
  const callerName = useCallerName()
  const { call } = props
  const [{ picked, note, typedCode }, setDraft] = useTabDraft(`hoiam:wrap-up:${call.id}`, NOTHING)
  // A case may be opened while this form is there.
  const chosen = picked ?? call.disposition ?? (call.caseCode === null ? null : 'case-opened')
  const code = typedCode ?? (call.caseCode === null ? '' : spacedCode(call.caseCode))
  const [isChecked, setChecked] = useState(false)
  const [isWarned, setWarned] = useState(false)

  function change(changes: Partial<Draft>): void {
    setDraft((before) => ({ ...before, ...changes }))
  }

  function submit(): void {
    setChecked(true)
    if (chosen === null) return
    if (props.isCaseUnsaved && !isWarned) {
      setWarned(true)
      return
    }
    const caseCode = code.replace(/\s/g, '')
    void run(call.id, {
      name: 'wrap-up',
      body: {
        disposition: chosen,
        ...(note.trim() !== '' && { note: note.trim() }),
        ...(caseCode !== '' && { caseCode }),
      },
    })
  }

  function onKeyDown(event: KeyboardEvent<HTMLFormElement>): void {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      submit()
      return
    }
    const isWriting = event.target instanceof HTMLElement && event.target.matches('input, textarea')
    const byKey = DISPOSITIONS[Number(event.key) - 1]
    if (isWriting || byKey === undefined) return
    event.preventDefault()
    // Digits choose a field in an open case: not while this form has the focus.
    event.stopPropagation()
    change({ picked: byKey })
  }

  return (
    <form
      className="tel-form tel-wrap-up"
      aria-label={t('telephone.wrapUp.title')}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
      onKeyDown={onKeyDown}
    >
      <header className="tel-card-head">
        <h2>{t('telephone.wrapUp.title')}</h2>
        <span className="numbers">{callerName(call)}</span>
        {call.wrapUpUntil !== null && <TimeLeft until={call.wrapUpUntil} />}
        <button
          type="button"
          className="tel-link"
          onClick={() => void run(call.id, { name: 'wrap-up/extend' })}
        >
          {t('telephone.wrapUp.moreTime')}
        </button>
      </header>
      <div className="tel-dispositions" role="group" aria-label={t('telephone.wrapUp.disposition')}>
        {DISPOSITIONS.map((each, index) => (
          <button
            key={each}
            type="button"
            className="tel-disposition"
            aria-pressed={chosen === each}
            autoFocus={index === 0 && !isTypingElsewhere()}
            aria-keyshortcuts={String(index + 1)}
            onClick={() => {
              change({ picked: each })
            }}
          >
            <KeyHint keys={String(index + 1)} />
            {t(`telephone.wrapUp.dispositions.${each}`)}
          </button>
        ))}
      </div>
      {isChecked && chosen === null && (
        <p role="alert" className="tel-missing">
          {t('telephone.wrapUp.chooseFirst')}
        </p>
      )}
      <Textarea
        size="sm"
        label={t('telephone.wrapUp.note')}
        minRows={2}
        maxRows={5}
        maxLength={2_000}
        value={note}
        onChange={(event) => {
          change({ note: event.currentTarget.value })
        }}
      />
      <TextInput
        size="sm"
        label={t('telephone.wrapUp.case')}
        placeholder={t('app.optional')}
        inputMode="numeric"
        maxLength={20}
        value={code}
        onBlur={() => {
          // Left as it was, it goes on following the call's case.
          if (typedCode !== null) change({ typedCode: spacedCode(code.replace(/\s/g, '')) })
        }}
        onChange={(event) => {
          change({ typedCode: event.currentTarget.value })
        }}
      />
      {isWarned && props.isCaseUnsaved && (
        <p role="alert" className="tel-missing">
          {t('telephone.wrapUp.caseUnsaved')}
        </p>
      )}
      {error !== null && <ProblemNotice error={error} />}
      <Button
        type="submit"
        size="compact-md"
        loading={isBusy}
        rightSection={<KeyHint keys="mod+enter" />}
      >
        {t('telephone.wrapUp.done')}
      </Button>
    </form>
  )
}

function TimeLeft(props: { readonly until: string }): ReactNode {
  const { t } = useTranslation()
  const left = Date.parse(props.until) - useSeconds()
  return (
    <span className="tel-time numbers" role="timer" aria-live="off">
      {left > 0 ? t('telephone.wrapUp.left', { time: clockOf(left) }) : t('telephone.wrapUp.over')}
    </span>
  )
}

/** Somebody who writes something when the call ends goes on writing. */
function isTypingElsewhere(): boolean {
  return document.activeElement?.matches('input, textarea, select') === true
}
