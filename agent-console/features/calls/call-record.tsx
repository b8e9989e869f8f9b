import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallView } from '#contracts/telephony'
import { screenLanguage } from '../../i18n/setup.ts'
import { clock } from '../../lib/clock.ts'
import { stamp } from '../../lib/time.ts'
import { useNow } from '../../lib/use-now.ts'
import '../../components/table.css'

/** What a call came to: how long for what, who ended it, what it cost. */
export function CallSums(props: { readonly call: CallView }): ReactNode {
  const { t, i18n } = useTranslation()
  const { record, transfer } = props.call
  const { endedBy, cause, region, cost } = record
  const rows: readonly (readonly [string, string])[] = [
    [t('telephone.record.waited'), clock(record.waitedSeconds)],
    [t('telephone.record.talked'), clock(record.talkedSeconds)],
    [t('telephone.record.held'), clock(record.heldSeconds)],
    [t('telephone.record.wrappedUp'), clock(record.wrapUpSeconds)],
    [t('telephone.record.endedBy'), endedBy ? t(`telephone.record.enders.${endedBy}`) : ''],
    [t('telephone.record.cause'), cause ? t(`telephone.record.causes.${cause}`) : ''],
    [t('telephone.record.cost'), cost ? money(cost, screenLanguage(i18n)) : ''],
    [t('telephone.record.region'), region ?? ''],
  ]
  const known = rows.filter(([, value]) => value !== '')
  // A call that waits for its first agent has come to nothing yet.
  if (known.length === 0 && !transfer) return null
  const name = transfer?.agent?.name ?? t('telephone.record.outside')
  return (
    <section aria-label={t('telephone.record.title')}>
      <h2 className="section-title">{t('telephone.record.title')}</h2>
      {transfer && (
        <p className="soft">
          {t(`telephone.record.${transfer.isThere ? 'transferThere' : 'transfer'}`, { name })}
        </p>
      )}
      <table className="table call-sums" aria-label={t('telephone.record.title')}>
        <tbody>
          {known.map(([title, value]) => (
            <tr key={title}>
              <th scope="row">{title}</th>
              <td className="numbers">{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** The lines of a call: at whom it rang, who was there, from when until when. */
export function CallLegs(props: { readonly legs: CallView['legs'] }): ReactNode {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const { legs } = props
  if (legs.length === 0) return null
  const at = (moment: string | null) =>
    moment === null ? '' : stamp(new Date(moment), now, screenLanguage(i18n))
  return (
    <section aria-label={t('telephone.record.legs')}>
      <h2 className="section-title">{t('telephone.record.legs')}</h2>
      <table className="table" aria-label={t('telephone.record.legs')}>
        <thead>
          <tr>
            {(['who', 'rung', 'answered', 'left', 'cause'] as const).map((head) => (
              <th key={head} scope="col">
                {t(`telephone.record.${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {legs.map((leg, index) => (
            <tr key={index}>
              <th scope="row">
                {leg.agent?.name ?? t('telephone.record.outside')}
                {leg.monitor && ` (${t(`telephone.record.monitors.${leg.monitor}`)})`}
              </th>
              <td className="numbers">{at(leg.rungAt)}</td>
              <td className="numbers">{at(leg.answeredAt)}</td>
              <td className="numbers">{at(leg.leftAt)}</td>
              <td>{leg.cause && t(`telephone.record.causes.${leg.cause}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** When the citizen was told of a recording, and when it was deleted. */
export function RecordingFacts(props: {
  readonly recording: CallView['recordings'][number]
}): ReactNode {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const { consentAt, deletedAt } = props.recording
  const timed = (moment: string) => ({ time: stamp(new Date(moment), now, screenLanguage(i18n)) })
  return (
    <p className="soft">
      {consentAt === null
        ? t('telephone.record.noConsent')
        : t('telephone.record.consent', timed(consentAt))}
      {deletedAt !== null && ` · ${t('telephone.record.deleted', timed(deletedAt))}`}
    </p>
  )
}

/** Calls cost fractions of a cent. */
function money(
  { amount, currency }: NonNullable<CallView['record']['cost']>,
  lang: 'vi' | 'en',
): string {
  const digits = new Intl.NumberFormat(lang, { maximumFractionDigits: 5 }).format(amount)
  return `${digits} ${currency}`
}
