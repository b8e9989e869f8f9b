import { Button, Skeleton } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { CallRow } from '#contracts/calls'
import { EmptyState } from '../../components/notice.tsx'
import { Pill } from '../../components/pill.tsx'
import { LoadFailed } from '../../components/problem-notice.tsx'
import { screenLanguage } from '../../i18n/setup.ts'
import { spacedCode } from '../../lib/case-code.ts'
import { clock } from '../../lib/clock.ts'
import { dialled } from '../../lib/phone.ts'
import { stamp } from '../../lib/time.ts'
import { useNow } from '../../lib/use-now.ts'
import { callLength } from './call-length.ts'
import { RecordsDownload } from './records-download.tsx'
import { useCalls } from './use-calls.ts'
import '../../components/table.css'
import './call-page.css'

/** Every call: when, who, how it went, and the case it became. */
export function CallsPage(props: { readonly canExport: boolean }): ReactNode {
  const { t } = useTranslation()
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } =
    useCalls()
  const calls = data?.pages.flatMap((page) => page.calls) ?? []
  return (
    <div className="page">
      <header className="page-head">
        <h1>{t('calls.title')}</h1>
        {props.canExport && <RecordsDownload />}
      </header>
      {isPending && <Skeleton height={320} />}
      {error && !data && <LoadFailed error={error} onRetry={() => void refetch()} />}
      {data && calls.length === 0 && (
        <EmptyState title={t('calls.empty')} hint={t('calls.emptyHint')} />
      )}
      {calls.length > 0 && <CallTable calls={calls} />}
      {hasNextPage && (
        <Button
          mt="md"
          variant="default"
          size="compact-md"
          loading={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          {t('app.loadMore')}
        </Button>
      )}
    </div>
  )
}

function CallTable(props: { readonly calls: readonly CallRow[] }): ReactNode {
  const { t } = useTranslation()
  const heads = [
    'startedAt',
    'from',
    'direction',
    'state',
    'length',
    'waiting',
    'talking',
    'recording',
    'case',
  ] as const
  return (
    <table className="table" aria-label={t('calls.table')}>
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head} scope="col">
              {t(`calls.${head}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.calls.map((call) => (
          <CallLine key={call.id} call={call} />
        ))}
      </tbody>
    </table>
  )
}

function CallLine(props: { readonly call: CallRow }): ReactNode {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const { call } = props
  const startedAt = stamp(new Date(call.startedAt), now, screenLanguage(i18n))
  const isMissed = call.endedAs !== null && ['abandoned', 'missed'].includes(call.endedAs)
  return (
    <tr>
      <td className="numbers">
        <Link
          to={`/calls/${encodeURIComponent(call.id)}`}
          aria-label={t('telephone.page.open', { time: startedAt, phone: dialled(call.from) })}
        >
          {startedAt}
        </Link>
      </td>
      <td className="numbers">{dialled(call.from)}</td>
      <td>{t(`calls.directions.${call.direction}`)}</td>
      <td>
        {call.endedAs ? (
          <Pill tone={isMissed ? 'warn' : 'quiet'}>{t(`calls.endings.${call.endedAs}`)}</Pill>
        ) : (
          <Pill tone={call.state === 'ended' ? 'quiet' : 'good'}>
            {t(`calls.states.${call.state}`)}
          </Pill>
        )}
      </td>
      <td className="numbers">{callLength(call)}</td>
      <td className="numbers">{clock(call.waitingSeconds)}</td>
      <td className="numbers">{clock(call.talkingSeconds)}</td>
      <td className="numbers">
        {call.recordingSeconds !== null && t('time.seconds', { n: call.recordingSeconds })}
      </td>
      <td className="numbers">
        {call.caseCode ? (
          <Link
            to={`/inbox/all/${call.caseCode}`}
            aria-label={t('calls.openCase', { code: spacedCode(call.caseCode) })}
          >
            {spacedCode(call.caseCode)}
          </Link>
        ) : (
          <span className="soft">{t('calls.noCase')}</span>
        )}
      </td>
    </tr>
  )
}
