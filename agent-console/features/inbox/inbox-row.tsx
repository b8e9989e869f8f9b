import { memo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { CaseRow } from '#contracts/cases'
import { DueWords } from '../../components/due-words.tsx'
import { Pill, STATUS_TONES } from '../../components/pill.tsx'
import { useFieldNames } from '../../lib/catalogue.ts'
import { dueTone } from '../../lib/due.ts'

/** One case in two lines: what and until when; where, how and in which state. */
export const InboxRow = memo(function InboxRow(props: {
  readonly row: CaseRow
  readonly to: string
  readonly now: Date
  readonly isOpen: boolean
  readonly isNew: boolean
  readonly isReached: boolean
}): ReactNode {
  const { t } = useTranslation()
  const { row, now } = props
  const isEmergency = row.urgency === 'emergency'
  const tone = dueTone(row, now)
  return (
    <Link
      to={props.to}
      className="inbox-row"
      data-tone={isEmergency && tone !== 'overdue' ? 'emergency' : tone}
      data-new={props.isNew}
      aria-current={props.isOpen ? 'true' : undefined}
      tabIndex={props.isReached ? 0 : -1}
    >
      <span className="inbox-row-line">
        <span className="inbox-row-summary">
          {row.summary}
          {props.isNew && <span className="hidden-visually"> ({t('inbox.isNew')})</span>}
        </span>
        <DueWords row={row} now={now} />
      </span>
      <span className="inbox-row-line">
        <span className="inbox-row-facts">
          <RowFacts row={row} />
        </span>
        <span className="inbox-row-pills">
          {isEmergency && <Pill tone="urgent">{t('urgency.emergency')}</Pill>}
          <Pill tone={STATUS_TONES[row.status]}>{t(`status.${row.status}`)}</Pill>
        </span>
      </span>
    </Link>
  )
})

function RowFacts(props: { readonly row: CaseRow }): ReactNode {
  const { t } = useTranslation()
  const { shortFieldName } = useFieldNames()
  const { row } = props
  const facts = [
    row.isRestricted && t('inbox.restricted'),
    row.field ? shortFieldName(row.field) : t('inbox.noField'),
    row.kind !== 'report' && t(`kinds.${row.kind}`),
    row.unitName,
    t(`channels.${row.channel}`),
    row.photoCount > 0 && t('inbox.photos', { n: row.photoCount }),
    row.assignee?.name,
  ]
  return facts.filter(Boolean).join(' · ')
}
