import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { CaseView, LikelyDuplicate } from '#contracts/cases'
import { OPEN_STATUSES } from '#contracts/vocabulary'
import { screenLanguage } from '../../i18n/setup.ts'
import { spacedCode } from '../../lib/case-code.ts'
import { LOCALES } from '../../lib/locale.ts'
import { stamp } from '../../lib/time.ts'
import { useNow } from '../../lib/use-now.ts'
import type { CommandBody } from './dialogs/acting.ts'
import { useDuplicates } from './use-duplicates.ts'
import './duplicates.css'

/** Cases likely about the same incident, with the reasons; nothing where there are none. */
export function DuplicatesPanel(props: {
  readonly view: CaseView
  readonly isBusy: boolean
  /** This case repeats that one. */
  readonly onMerge: (lead: CommandBody<'merge'>) => void
}): ReactNode {
  const { t } = useTranslation()
  const { data } = useDuplicates(props.view)
  // A hint beside the case: where it cannot be had, the case is worked on without.
  if (!data || data.length === 0) return null
  return (
    <section aria-label={t('duplicates.title')}>
      <h2 className="section-title">{t('duplicates.title')}</h2>
      <ul className="case-duplicates">
        {data.map((likely) => (
          <Duplicate
            key={likely.row.code}
            likely={likely}
            isMergeable={props.view.actions.includes('merge') && isOpen(likely)}
            isBusy={props.isBusy}
            onMerge={props.onMerge}
          />
        ))}
      </ul>
    </section>
  )
}

function isOpen({ row }: LikelyDuplicate): boolean {
  return (OPEN_STATUSES as readonly string[]).includes(row.status)
}

function Duplicate(props: {
  readonly likely: LikelyDuplicate
  readonly isMergeable: boolean
  readonly isBusy: boolean
  readonly onMerge: (lead: CommandBody<'merge'>) => void
}): ReactNode {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const { row, score, reasons } = props.likely
  const lang = screenLanguage(i18n)
  const percent = score.toLocaleString(LOCALES[lang], {
    style: 'percent',
    maximumFractionDigits: 0,
  })
  const why = [
    t('duplicates.likely', { percent }),
    reasons.map((reason) => t(`duplicates.reasons.${reason}`)).join(', '),
  ]
    .filter((part) => part !== '')
    .join(': ')
  return (
    <li>
      <Link to={`/cases/${row.code}`}>{row.summary}</Link>
      <p className="soft">
        <span className="numbers">{spacedCode(row.code)}</span> · {t(`status.${row.status}`)} ·{' '}
        {t('case.received', { time: stamp(new Date(row.receivedAt), now, lang) })}
      </p>
      <p className="soft">{why}</p>
      {props.isMergeable && (
        <Button
          variant="default"
          size="compact-xs"
          justify="start"
          className="case-duplicates-merge"
          disabled={props.isBusy}
          title={t('duplicates.mergeHint')}
          aria-label={t('duplicates.mergeInto', { code: spacedCode(row.code) })}
          onClick={() => {
            props.onMerge({ leadCode: row.code, reason: why })
          }}
        >
          {t('actions.merge')}
        </Button>
      )}
    </li>
  )
}
