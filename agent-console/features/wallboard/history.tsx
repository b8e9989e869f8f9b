import { NativeSelect, Skeleton } from '@mantine/core'
import { type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DayRangeFields } from '../../components/day-range-fields.tsx'
import { EmptyState } from '../../components/notice.tsx'
import { LoadFailed } from '../../components/problem-notice.tsx'
import { screenLanguage } from '../../i18n/setup.ts'
import { pathWith } from '../../lib/api.ts'
import { useFieldNames } from '../../lib/catalogue.ts'
import { lazily } from '../../lib/lazily.ts'
import { lastDays, rangeProblem } from '../../lib/day-range.ts'
import { type HistoryDay, type Metric, METRICS } from './figures.ts'
import { HistoryTable } from './history-table.tsx'
import { useHistory } from './use-wallboard.ts'

// The chart library is larger than all the rest of the page.
const HistoryChart = lazily(() =>
  import('./history-chart.tsx').then((loaded) => loaded.HistoryChart),
)
const CHART_HEIGHT = 260

/** Days before in figures: one of them as a chart, all of them as a table and a file. */
export function History(): ReactNode {
  const { t, i18n } = useTranslation()
  const [range, setRange] = useState(() => lastDays(new Date()))
  const [queue, setQueue] = useState('')
  const [metric, setMetric] = useState<Metric>('serviceLevel')
  const { fieldName } = useFieldNames()
  const problem = rangeProblem(range)
  const { data, error, isPending, refetch } = useHistory(problem === null ? range : null)
  const days = (data?.days ?? []).filter((each) => (each.queue ?? '') === queue)
  const queueName = queue === '' ? t('wallboard.history.wholeCentre') : fieldName(queue)
  const csv = pathWith('/api/wallboard/history.csv', { ...range, lang: screenLanguage(i18n) })
  return (
    <section className="wallboard-part" aria-labelledby="wallboard-history">
      <div className="history-head">
        <h2 id="wallboard-history">{t('wallboard.history.title')}</h2>
        <DayRangeFields range={range} onChange={setRange} />
        <NativeSelect
          label={t('wallboard.history.queue')}
          value={queue}
          data={[
            { value: '', label: t('wallboard.history.wholeCentre') },
            ...queuesOf(data?.days ?? [], queue).map((id) => ({ value: id, label: fieldName(id) })),
          ]}
          onChange={(event) => {
            setQueue(event.currentTarget.value)
          }}
        />
        <NativeSelect
          label={t('wallboard.history.metric')}
          value={metric}
          data={METRICS.map((value) => ({ value, label: t(`wallboard.metrics.${value}`) }))}
          onChange={(event) => {
            setMetric(METRICS.find((each) => each === event.currentTarget.value) ?? metric)
          }}
        />
        {problem === null && (
          <a className="history-csv" href={csv} download>
            {t('wallboard.history.download')}
          </a>
        )}
      </div>
      {problem !== null && (
        <p role="alert" className="history-problem">
          {t(`wallboard.history.${problem}`)}
        </p>
      )}
      {isPending && problem === null && <Skeleton height={CHART_HEIGHT} />}
      {error && <LoadFailed error={error} onRetry={() => void refetch()} />}
      {data && !error && days.length === 0 && <EmptyState title={t('wallboard.history.empty')} />}
      {days.length > 0 && (
        <>
          {days.some((day) => day[metric] !== null) ? (
            <Suspense fallback={<Skeleton height={CHART_HEIGHT} />}>
              <HistoryChart
                days={days}
                metric={metric}
                queueName={queueName}
                height={CHART_HEIGHT}
              />
            </Suspense>
          ) : (
            <p className="soft">{t('wallboard.history.noFigure')}</p>
          )}
          <HistoryTable days={days} queueName={queueName} shown={metric} />
        </>
      )}
    </section>
  )
}

/** The queues that had calls, and the one that is chosen, so that it never leaves the list. */
function queuesOf(days: readonly HistoryDay[], chosen: string): string[] {
  const ids = new Set(days.flatMap(({ queue }) => (queue === null ? [] : [queue])))
  if (chosen !== '') ids.add(chosen)
  return [...ids].sort()
}
