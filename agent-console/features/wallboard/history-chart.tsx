import '@mantine/charts/styles.layer.css'
import { BarChart } from '@mantine/charts'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { screenLanguage } from '../../i18n/setup.ts'
import { useNow } from '../../lib/use-now.ts'
import { dayLabel } from '../../lib/day-range.ts'
import { figure, type HistoryDay, type Metric, METRIC_UNITS } from './figures.ts'

/** One figure, a bar a day. A picture for those who see it: the table has the same figures. */
export function HistoryChart(props: {
  readonly days: readonly HistoryDay[]
  readonly metric: Metric
  readonly queueName: string
  readonly height: number
}): ReactNode {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const { metric, queueName } = props
  const unit = METRIC_UNITS[metric]
  const name = t(`wallboard.metrics.${metric}`)
  return (
    <div
      className="history-chart"
      role="img"
      aria-label={t('wallboard.history.chart', { metric: name, queue: queueName })}
    >
      <BarChart
        h={props.height}
        data={props.days.map((each) => ({ day: dayLabel(each.day, now), value: each[metric] }))}
        dataKey="day"
        series={[{ name: 'value', label: name, color: 'var(--accent)' }]}
        valueFormatter={(value) => figure(value, unit, screenLanguage(i18n))}
        gridColor="var(--line)"
        textColor="var(--ink-soft)"
        maxBarWidth={36}
        barChartProps={{ accessibilityLayer: false }}
        barProps={{ isAnimationActive: false }}
        yAxisProps={{ width: 64, ...(unit === 'share' && { domain: [0, 1] }) }}
      />
    </div>
  )
}
