import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaseRow } from '#contracts/cases'
import { screenLanguage } from '../i18n/setup.ts'
import { dueTone, dueWords } from '../lib/due.ts'
import { fullMoment } from '../lib/time.ts'
import './due-words.css'

/** A deadline as a colleague would say it; the exact moment on hover. */
export function DueWords(props: {
  readonly row: Pick<CaseRow, 'status' | 'dueAt'>
  readonly now: Date
}): ReactNode {
  const { t, i18n } = useTranslation()
  const { row, now } = props
  const lang = screenLanguage(i18n)
  const words = dueWords(row, now, lang)
  return (
    <time
      className="due-words"
      data-tone={dueTone(row, now)}
      dateTime={row.dueAt ?? undefined}
      title={row.dueAt === null ? undefined : fullMoment(new Date(row.dueAt), now, lang)}
    >
      {words.key === 'day' && words.name}
      {(words.key === 'none' || words.key === 'tomorrow') && t(`due.${words.key}`)}
      {'n' in words && t(`due.${words.key}`, { n: words.n })}
    </time>
  )
}
