import { TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { type DayRange, rangeProblem } from '../lib/day-range.ts'

type DayRangeFieldsProps = {
  readonly range: DayRange
  readonly onChange: (range: DayRange) => void
}

/** The first and the last day of a range, marked where it cannot be asked for. */
export function DayRangeFields({ range, onChange }: DayRangeFieldsProps): ReactNode {
  const { t } = useTranslation()
  return (['from', 'until'] as const).map((end) => (
    <TextInput
      key={end}
      type="date"
      label={t(`wallboard.history.${end}`)}
      value={range[end]}
      aria-invalid={rangeProblem(range) !== null}
      onChange={(event) => {
        onChange({ ...range, [end]: event.currentTarget.value })
      }}
    />
  ))
}
