import { Button, Skeleton } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Session } from '#contracts/staff'
import { EmptyState } from '../../components/notice.tsx'
import { LoadFailed } from '../../components/problem-notice.tsx'
import { ArrivalsAnnouncer } from './arrivals.tsx'
import { InboxFilters, SortSelect } from './inbox-filters.tsx'
import { InboxList } from './inbox-list.tsx'
import { inboxPath, type InboxQuery, isNarrowed } from './inbox-query.ts'
import { useInbox } from './use-inbox.ts'
import './inbox.css'

/** The middle pane: one view, narrowed down, in order. */
export function Inbox(props: {
  readonly query: InboxQuery
  readonly viewer: Session
  readonly openCode: string | null
  readonly onQuery: (query: InboxQuery) => void
}): ReactNode {
  const { t } = useTranslation()
  const { query, onQuery } = props
  const inbox = useInbox(query, props.viewer)
  // The page is about the open case, or else about the list.
  const Title = props.openCode === null ? 'h1' : 'h2'
  return (
    <section className="inbox" aria-label={t(`views.${query.view}`)}>
      <div className="inbox-bar">
        <Title className="inbox-title">{t(`views.${query.view}`)}</Title>
        <SortSelect query={query} onChange={onQuery} />
      </div>
      <InboxFilters query={query} viewer={props.viewer} rows={inbox.rows} onChange={onQuery} />
      <ArrivalsAnnouncer rows={inbox.rows} />
      {inbox.isLoading && <InboxSkeleton />}
      {inbox.error && <LoadFailed error={inbox.error} onRetry={inbox.retry} />}
      {!inbox.isLoading && !inbox.error && inbox.rows.length === 0 && (
        <NothingHere query={query} onQuery={onQuery} />
      )}
      {inbox.rows.length > 0 && (
        <InboxList
          key={inboxPath(query)}
          rows={inbox.rows}
          openCode={props.openCode}
          pathOf={(code) => inboxPath(query, code)}
          isLoadingMore={inbox.isLoadingMore}
          onNearEnd={inbox.loadMore}
        />
      )}
    </section>
  )
}

function NothingHere(props: {
  readonly query: InboxQuery
  readonly onQuery: (query: InboxQuery) => void
}): ReactNode {
  const { t } = useTranslation()
  const { query } = props
  if (!isNarrowed(query)) {
    return <EmptyState title={t(`inbox.empty.${query.view}`)} hint={t('inbox.emptyHint')} />
  }
  return (
    <EmptyState title={t('inbox.noMatch')} hint={t('inbox.noMatchHint')}>
      <Button
        variant="default"
        size="compact-md"
        onClick={() => {
          props.onQuery({ ...query, q: '', status: null, field: null, agency: null })
        }}
      >
        {t('inbox.clearFilters')}
      </Button>
    </EmptyState>
  )
}

function InboxSkeleton(): ReactNode {
  const { t } = useTranslation()
  return (
    <div role="status" aria-label={t('app.loading')}>
      {Array.from({ length: 9 }, (_, index) => (
        <div key={index} className="inbox-skeleton">
          <Skeleton height={14} width={`${String(88 - ((index * 17) % 40))}%`} radius="sm" />
          <Skeleton height={10} width={`${String(60 - ((index * 11) % 24))}%`} radius="sm" />
        </div>
      ))}
    </div>
  )
}
