import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallView } from '#contracts/telephony'
import { Pill } from '../../components/pill.tsx'
import { ProblemNotice } from '../../components/problem-notice.tsx'
import { useFieldNames } from '../../lib/catalogue.ts'
import { TELEPHONE_KEYS } from '../../lib/keys.ts'
import type { SoftphoneState } from '../../lib/softphone-state.ts'
import { useSeconds } from '../../lib/use-seconds.ts'
import { CallerFacts } from './caller-facts.tsx'
import { useCallerName } from './caller-name.ts'
import { offerTo } from './part.ts'
import { TelButton } from './tel-button.tsx'
import { useTelephone } from './telephone-context.tsx'

/** A call rings here: who it is, how long it still rings, take it or not. */
export function RingingCard(props: {
  readonly call: CallView
  /** What was said already to a line that is still on its way. */
  readonly answered: SoftphoneState['awaited']
  readonly onAccept: () => void
  readonly onDecline: () => void
}): ReactNode {
  const { t } = useTranslation()
  const { session, isBusy, error } = useTelephone()
  const callerName = useCallerName()
  const { shortFieldName } = useFieldNames()
  const { call, answered } = props
  const offer = offerTo(call, session.id)
  const isDone = isBusy || answered !== null
  return (
    <section className="tel-card" aria-label={t('telephone.incoming')}>
      <header className="tel-card-head">
        <h2 className="numbers">{callerName(call)}</h2>
        {offer && <Countdown from={offer.at} until={offer.until} />}
      </header>
      <p className="tel-card-tags">
        {call.language && <Pill tone="info">{t(`telephone.language.${call.language}`)}</Pill>}
        {call.queue?.field && <Pill tone="good">{shortFieldName(call.queue.field)}</Pill>}
        {offer === null && call.agent && (
          <span>{t('telephone.consult', { name: call.agent.name })}</span>
        )}
        <span role="status">
          {answered?.isTaken === true && <Pill tone="warn">{t('telephone.joining')}</Pill>}
        </span>
      </p>
      <CallerFacts call={call} />
      {error !== null && <ProblemNotice error={error} />}
      <div className="tel-buttons">
        <TelButton
          label={t('telephone.accept')}
          keys={TELEPHONE_KEYS.main}
          tone="accent"
          isDisabled={isDone}
          onClick={props.onAccept}
        />
        <TelButton
          label={t('telephone.decline')}
          keys={TELEPHONE_KEYS.decline}
          isDisabled={isDone}
          onClick={props.onDecline}
        />
      </div>
    </section>
  )
}

function Countdown(props: { readonly from: string; readonly until: string }): ReactNode {
  const { t } = useTranslation()
  const now = useSeconds()
  const end = Date.parse(props.until)
  const left = Math.max(0, Math.ceil((end - now) / 1_000))
  // The clocks of two machines differ: what was promised in all is never shown exceeded.
  const [total] = useState(() => Math.max(1, Math.round((end - Date.parse(props.from)) / 1_000)))
  return (
    <span className="tel-countdown numbers" aria-hidden="true">
      <span
        className="tel-countdown-bar"
        style={{ width: `${String(Math.min(100, (left / total) * 100))}%` }}
      />
      {t('telephone.ringsFor', { n: Math.min(left, total) })}
    </span>
  )
}
