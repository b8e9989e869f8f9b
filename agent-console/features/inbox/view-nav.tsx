import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { NavLink, useNavigate } from 'react-router'
import type { CaseViewName } from '#contracts/cases'
import { screenLanguage } from '../../i18n/setup.ts'
import { useKeys } from '../../lib/keyboard.ts'
import { CASE_VIEW_NAMES, VIEW_KEYS } from '../../lib/keys.ts'
import { LOCALES } from '../../lib/locale.ts'
import { useCounts } from './use-inbox.ts'
import './inbox.css'

const COUNTED: readonly CaseViewName[] = CASE_VIEW_NAMES.filter((view) => view !== 'all')
/** The server stops counting here. */
const COUNT_LIMIT = 1_000

/** The views with how much each holds; `g` and a letter goes to one. */
export function ViewNav(): ReactNode {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const counts = useCounts().data
  useKeys(
    Object.fromEntries(
      CASE_VIEW_NAMES.map((view) => [
        `g ${VIEW_KEYS[view]}`,
        () => void navigate(`/inbox/${view}`),
      ]),
    ),
  )
  return (
    <ul className="view-nav">
      {CASE_VIEW_NAMES.map((view) => (
        <li key={view}>
          <NavLink to={`/inbox/${view}`}>
            <span>{t(`views.${view}`)}</span>
            {counts && COUNTED.includes(view) && (
              <ViewCount count={counts[view]} isUrgent={view === 'overdue' && counts[view] > 0} />
            )}
          </NavLink>
        </li>
      ))}
    </ul>
  )
}

function ViewCount(props: { readonly count: number; readonly isUrgent: boolean }): ReactNode {
  const { i18n } = useTranslation()
  const shown = props.count.toLocaleString(LOCALES[screenLanguage(i18n)])
  return (
    <span className="view-count numbers" data-urgent={props.isUrgent}>
      {props.count >= COUNT_LIMIT ? `${shown}+` : shown}
    </span>
  )
}
