import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { CallView } from '#contracts/telephony'
import { screenLanguage } from '../../i18n/setup.ts'
import { spacedCode } from '../../lib/case-code.ts'
import { useFieldNames } from '../../lib/catalogue.ts'
import { clockOf } from '../../lib/duration.ts'
import { dialled } from '../../lib/phone.ts'
import { stamp } from '../../lib/time.ts'
import { useNow } from '../../lib/use-now.ts'
import { useMenuWords } from './menu-words.ts'

/** A call in a few lines. */
export function CallFacts(props: { readonly call: CallView; readonly phone: string }): ReactNode {
  const { t, i18n } = useTranslation()
  const { fieldName } = useFieldNames()
  const inWords = useMenuWords()
  const now = useNow()
  const { call, phone } = props
  const at = (moment: string) => stamp(new Date(moment), now, screenLanguage(i18n))
  const isOutbound = call.direction === 'outbound'
  const state = call.endedAs ? t(`calls.endings.${call.endedAs}`) : t(`calls.states.${call.state}`)
  const facts: readonly (readonly [string, ReactNode])[] = [
    [t('calls.startedAt'), at(call.startedAt)],
    [t('calls.direction'), t(`calls.directions.${call.direction}`)],
    [t('telephone.page.from'), isOutbound ? dialled(call.from) : phone],
    [t('telephone.page.to'), isOutbound ? phone : dialled(call.to)],
    [t('calls.state'), state],
    [t('telephone.page.ivr'), call.ivrPath.map(inWords).join(' › ') || t('telephone.page.noIvr')],
    [t('telephone.page.queue'), call.queue && <QueueTime queue={call.queue} name={fieldName} />],
    [t('telephone.page.agent'), call.agent?.name ?? t('telephone.page.nobody')],
    [t('telephone.page.answeredAt'), call.answeredAt && at(call.answeredAt)],
    [t('telephone.page.hold'), call.holdSeconds > 0 && clockOf(call.holdSeconds * 1_000)],
    [
      t('telephone.page.disposition'),
      call.disposition && t(`telephone.wrapUp.dispositions.${call.disposition}`),
    ],
    [
      t('calls.case'),
      call.caseCode && (
        <Link
          to={`/inbox/all/${call.caseCode}`}
          aria-label={t('calls.openCase', { code: spacedCode(call.caseCode) })}
        >
          {spacedCode(call.caseCode)}
        </Link>
      ),
    ],
  ]
  return (
    <section aria-label={t('telephone.page.facts')}>
      <h2 className="section-title">{t('telephone.page.facts')}</h2>
      <dl className="call-facts">
        {facts.map(
          ([name, value]) =>
            value && (
              <div key={name}>
                <dt>{name}</dt>
                <dd className="numbers">{value}</dd>
              </div>
            ),
        )}
      </dl>
    </section>
  )
}

function QueueTime(props: {
  readonly queue: NonNullable<CallView['queue']>
  readonly name: (field: string) => string
}): ReactNode {
  const { t } = useTranslation()
  const { field, enteredAt, leftAt, position } = props.queue
  const parts = [
    field === null ? '' : props.name(field),
    leftAt === null
      ? ''
      : t('telephone.page.waited', { time: clockOf(Date.parse(leftAt) - Date.parse(enteredAt)) }),
    position === null ? '' : t('telephone.page.position', { n: position }),
  ]
  return parts.filter((part) => part !== '').join(' · ')
}
