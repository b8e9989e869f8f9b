import { type ReactNode, type RefObject, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallView } from '#contracts/telephony'
import { TranscriptLines } from '../../components/transcript-lines.tsx'
import { CallerFacts } from './caller-facts.tsx'
import { NewCaseForm } from './new-case-form.tsx'
import { citizenWords, type Heard, linesOf } from './said-lines.ts'
import type { NewCaseWriting } from './use-new-case-draft.ts'

/** What is said, who says it, and the case that it becomes. */
export function TalkPanel(props: {
  readonly call: CallView
  readonly heard: Heard
  readonly writing: NewCaseWriting
  readonly textRef: RefObject<HTMLTextAreaElement | null>
  /** What comes before the words: the wrap-up, once there is one. */
  readonly children: ReactNode
}): ReactNode {
  const { t } = useTranslation()
  const { call } = props
  const lines = linesOf(call.transcript, props.heard)
  return (
    <div className="tel-talk">
      <div className="tel-talk-left">
        {props.children}
        <section className="tel-transcript" aria-label={t('telephone.transcript')}>
          <h3 className="section-title">{t('telephone.transcript')}</h3>
          <LiveTranscript count={lines.length}>
            {lines.length === 0 ? (
              <p className="soft">{t('telephone.noTranscript')}</p>
            ) : (
              <TranscriptLines lines={lines} />
            )}
          </LiveTranscript>
        </section>
        <CallerFacts call={call} />
      </div>
      <NewCaseForm
        key={call.id}
        call={call}
        words={citizenWords(lines)}
        writing={props.writing}
        textRef={props.textRef}
      />
    </div>
  )
}

/** Keeps the newest line in sight, unless somebody reads further up. */
function LiveTranscript(props: {
  readonly count: number
  readonly children: ReactNode
}): ReactNode {
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  const isAtEnd = useRef(true)
  useEffect(() => {
    const element = box.current
    if (element && isAtEnd.current) element.scrollTop = element.scrollHeight
  }, [props.count])
  return (
    <div
      ref={box}
      className="tel-transcript-lines"
      role="log"
      aria-label={t('telephone.transcript')}
      // Somebody who hears the talk need not hear it read out as well.
      aria-live="off"
      tabIndex={0}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        isAtEnd.current = scrollHeight - scrollTop - clientHeight < 40
      }}
    >
      {props.children}
    </div>
  )
}
