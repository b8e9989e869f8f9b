import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaseStep, CaseView } from '#contracts/cases'
import { screenLanguage } from '../../i18n/setup.ts'
import { stamp } from '../../lib/time.ts'
import { useNow } from '../../lib/use-now.ts'
import { MessageState } from './message-state.tsx'
import { useStepWords } from './step-words.ts'

/** Everything that happened, oldest first, each with its time and who did it. */
export function Timeline(props: { readonly steps: CaseView['timeline'] }): ReactNode {
  const { t } = useTranslation()
  return (
    <section aria-label={t('case.timeline')}>
      <h2 className="section-title">{t('case.timeline')}</h2>
      <ol className="case-timeline">
        {props.steps.map((step, index) =>
          // How far a message came stands beside the message itself.
          step.type === 'case:message-reported' ? null : <Step key={index} step={step} />,
        )}
      </ol>
    </section>
  )
}

function Step(props: { readonly step: CaseStep }): ReactNode {
  const { i18n } = useTranslation()
  const now = useNow()
  const words = useStepWords()(props.step)
  return (
    <li>
      <time dateTime={props.step.at}>
        {stamp(new Date(props.step.at), now, screenLanguage(i18n))}
      </time>
      <div>
        <strong>{words.who}</strong> {words.what}
        {words.why && <span className="soft"> · {words.why}</span>}
        {props.step.message && <MessageState message={props.step.message} />}
        {words.said && <p className="case-said">{words.said}</p>}
      </div>
    </li>
  )
}
