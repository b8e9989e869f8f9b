import { TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
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
      {(['from', 'until'] as const).map((end) => (
        <TextInput
          key={end}
          type="date"
          label={t(`wallboard.history.${end}`)}
          value={range[end]}
          aria-invalid={problem !== null}
          onChange={(event) => {
            setRange({ ...range, [end]: event.currentTarget.value })
          }}
        />
      ))}
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
