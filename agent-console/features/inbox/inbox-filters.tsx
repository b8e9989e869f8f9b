import { Popover } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AgencyRef } from '#contracts/catalogue'
import type { CaseRow } from '#contracts/cases'
import type { Session } from '#contracts/staff'
import { CASE_STATUSES } from '#contracts/vocabulary'
import { AgencyPicker } from '../../components/agency-picker.tsx'
import { useFieldNames } from '../../lib/catalogue.ts'
import { type InboxQuery, isNarrowed } from './inbox-query.ts'

const SORTS = ['due', 'newest'] as const

/** Narrows the view down by state, field, agency and deadline. */
export function InboxFilters(props: {
  readonly query: InboxQuery
  readonly viewer: Session
  readonly rows: readonly CaseRow[]
  readonly onChange: (query: InboxQuery) => void
}): ReactNode {
  const { t } = useTranslation()
  const { fields, fieldName } = useFieldNames()
  const { query, onChange } = props
  return (
    <div className="inbox-filters" role="group" aria-label={t('inbox.filters')}>
      <ChipSelect
        label={t('inbox.status')}
        any={t('inbox.anyStatus')}
        value={query.status}
        options={CASE_STATUSES.map((status) => ({ id: status, name: t(`status.${status}`) }))}
        onChange={(id) => {
          onChange({ ...query, status: CASE_STATUSES.find((status) => status === id) ?? null })
        }}
      />
      <ChipSelect
        label={t('inbox.field')}
        any={t('inbox.anyField')}
        value={query.field}
        options={fields.map(({ id }) => ({ id, name: fieldName(id) }))}
        onChange={(field) => {
          onChange({ ...query, field })
        }}
      />
      {props.viewer.agency === null && (
        <AgencyChip
          agencyId={query.agency}
          agencyName={
            props.rows.find((row) => row.agency?.id === query.agency)?.agency?.name ?? null
          }
          onChange={(agency) => {
            onChange({ ...query, agency })
          }}
        />
      )}
      <button
        type="button"
        className="chip"
        aria-pressed={query.view === 'overdue'}
        onClick={() => {
          onChange({ ...query, view: query.view === 'overdue' ? 'open' : 'overdue' })
        }}
      >
        {t('inbox.overdueOnly')}
      </button>
      {isNarrowed(query) && (
        <button
          type="button"
          className="chip"
          onClick={() => {
            onChange({ ...query, q: '', status: null, field: null, agency: null })
          }}
        >
          {t('inbox.clearFilters')}
        </button>
      )}
    </div>
  )
}

/** In which order the rows come. */
export function SortSelect(props: {
  readonly query: InboxQuery
  readonly onChange: (query: InboxQuery) => void
}): ReactNode {
  const { t } = useTranslation()
  return (
    <select
      className="chip-select"
      aria-label={t('inbox.sort')}
      value={props.query.sort}
      onChange={(event) => {
        const sort = SORTS.find((each) => each === event.currentTarget.value) ?? 'due'
        props.onChange({ ...props.query, sort })
      }}
    >
      {SORTS.map((sort) => (
        <option key={sort} value={sort}>
          {t(`inbox.sorts.${sort}`)}
        </option>
      ))}
    </select>
  )
}

function ChipSelect(props: {
  readonly label: string
  readonly any: string
  readonly value: string | null
  readonly options: readonly { readonly id: string; readonly name: string }[]
  readonly onChange: (id: string | null) => void
}): ReactNode {
  return (
    <select
      className="chip-select"
      aria-label={props.label}
      data-on={props.value !== null}
      value={props.value ?? ''}
      onChange={(event) => {
        props.onChange(event.currentTarget.value || null)
      }}
    >
      <option value="">{props.any}</option>
      {props.options.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  )
}

function AgencyChip(props: {
  readonly agencyId: string | null
  readonly agencyName: string | null
  readonly onChange: (agencyId: string | null) => void
}): ReactNode {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const [chosen, setChosen] = useState<AgencyRef | null>(null)
  if (props.agencyId !== null) {
    const chosenName = chosen?.id === props.agencyId ? chosen.name : null
    const name = chosenName ?? props.agencyName ?? props.agencyId
    return (
      <button
        type="button"
        className="chip"
        aria-pressed
        aria-label={t('dialogs.clearAgency', { name })}
        onClick={() => {
          props.onChange(null)
        }}
      >
        {name} <span aria-hidden="true">×</span>
      </button>
    )
  }
  return (
    <Popover opened={isOpen} onChange={setOpen} width={320} position="bottom-start" trapFocus>
      <Popover.Target>
        <button
          type="button"
          className="chip"
          onClick={() => {
            setOpen(!isOpen)
          }}
        >
          {t('inbox.anyAgency')}
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <AgencyPicker
          label={t('inbox.agency')}
          chosen={null}
          isFocused
          onChoose={(agency) => {
            setChosen(agency)
            setOpen(false)
            props.onChange(agency.id)
          }}
        />
      </Popover.Dropdown>
    </Popover>
  )
}
