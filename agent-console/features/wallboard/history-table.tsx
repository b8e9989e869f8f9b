import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { screenLanguage } from '../../i18n/setup.ts'
import { useNow } from '../../lib/use-now.ts'
import { dayLabel } from '../../lib/day-range.ts'
import { figure, type HistoryDay, type Metric, METRIC_UNITS, METRICS } from './figures.ts'
import '../../components/table.css'

/** Every figure of every day, the latest first; the one in the chart stands out. */
export function HistoryTable(props: {
  readonly days: readonly HistoryDay[]
  readonly queueName: string
  readonly shown: Metric
}): ReactNode {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const lang = screenLanguage(i18n)
  const label = t('wallboard.history.table', { queue: props.queueName })
  return (
    <div className="history-table" role="region" aria-label={label} tabIndex={0}>
      <table className="table" aria-label={label}>
        <thead>
          <tr>
            <th scope="col">{t('wallboard.history.day')}</th>
            {METRICS.map((metric) => (
              <th key={metric} scope="col" data-shown={metric === props.shown}>
                {t(`wallboard.metrics.${metric}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.days.toReversed().map((each) => (
            <tr key={each.day}>
              <th scope="row" className="numbers">
                <time dateTime={each.day}>{dayLabel(each.day, now)}</time>
              </th>
              {METRICS.map((metric) => (
                <td key={metric} className="numbers" data-shown={metric === props.shown}>
                  {figure(each[metric], METRIC_UNITS[metric], lang) || '–'}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
