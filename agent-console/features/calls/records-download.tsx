import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DayRangeFields } from '../../components/day-range-fields.tsx'
import { screenLanguage } from '../../i18n/setup.ts'
import { pathWith } from '../../lib/api.ts'
import { lastDays, rangeProblem } from '../../lib/day-range.ts'

/** The records of the calls of some days as a file, for supervisors. */
export function RecordsDownload(): ReactNode {
  const { t, i18n } = useTranslation()
  const [range, setRange] = useState(() => lastDays(new Date()))
  const problem = rangeProblem(range)
  const href = pathWith('/api/calls.csv', { ...range, lang: screenLanguage(i18n) })
  return (
    <div className="records-download">
      <DayRangeFields range={range} onChange={setRange} />
      {problem === null ? (
        <a href={href} download>
          {t('telephone.record.export')}
        </a>
      ) : (
        <p role="alert">{t(`wallboard.history.${problem}`)}</p>
      )}
    </div>
  )
}
