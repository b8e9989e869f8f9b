import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaseRow } from '#contracts/cases'
import { useLiveInbox } from './live-inbox.tsx'

/** Tells a screen reader, politely, what came into the list that is shown. */
export function ArrivalsAnnouncer(props: { readonly rows: readonly CaseRow[] }): ReactNode {
  const { t } = useTranslation()
  const { arrived } = useLiveInbox()
  const [told, setTold] = useState<{ codes: ReadonlySet<string>; fresh: readonly CaseRow[] }>({
    codes: arrived,
    fresh: [],
  })
  if (told.codes !== arrived) {
    const fresh = props.rows.filter((row) => arrived.has(row.code) && !told.codes.has(row.code))
    setTold({ codes: arrived, fresh: fresh.length > 0 ? fresh : told.fresh })
  }
  const [first] = told.fresh
  return (
    <p className="hidden-visually" role="status" aria-live="polite">
      {told.fresh.length === 1 && first && t('inbox.arrivedOne', { summary: first.summary })}
      {told.fresh.length > 1 && t('inbox.arrivedMany', { n: told.fresh.length })}
    </p>
  )
}
