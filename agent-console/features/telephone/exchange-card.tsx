import { Button } from '@mantine/core'
import { type ReactNode, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallView } from '#contracts/telephony'
import { Pill } from '../../components/pill.tsx'
import { CallerFacts } from './caller-facts.tsx'
import { useCallerName } from './caller-name.ts'
import { NewCaseForm } from './new-case-form.tsx'
import { useNewCaseDraft } from './use-new-case-draft.ts'

/**
 * A call that an exchange leads at this person's own telephone: who it is, and the case that it
 * becomes. It is picked up and ended there, so nothing here does.
 */
export function ExchangeCard(props: {
  readonly call: CallView
  readonly isOver: boolean
  readonly onClose: () => void
}): ReactNode {
  const { t } = useTranslation()
  const callerName = useCallerName()
  const text = useRef<HTMLTextAreaElement>(null)
  const { call, isOver } = props
  const writing = useNewCaseDraft(call.id)
  const isPickedUp = call.answeredAt !== null
  const state = isOver ? 'over' : isPickedUp ? 'talking' : 'rings'
  return (
    <section
      className="tel-card"
      aria-label={t(call.direction === 'outbound' ? 'telephone.outgoing' : 'telephone.incoming')}
    >
      <header className="tel-card-head">
        <h2 className="numbers">{callerName(call)}</h2>
        <Pill tone={state === 'over' ? 'quiet' : 'info'}>{t(`telephone.exchange.${state}`)}</Pill>
      </header>
      <CallerFacts call={call} />
      {isPickedUp && <NewCaseForm call={call} words="" writing={writing} textRef={text} />}
      <div className="tel-buttons">
        <Button variant="default" size="compact-sm" onClick={props.onClose}>
          {t('telephone.exchange.close')}
        </Button>
      </div>
    </section>
  )
}
