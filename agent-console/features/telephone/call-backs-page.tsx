import { Button, Menu, Skeleton } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { CallBackView } from '#contracts/telephony'
import { EmptyState } from '../../components/notice.tsx'
import { Pill } from '../../components/pill.tsx'
import { LoadFailed, ProblemNotice } from '../../components/problem-notice.tsx'
import { screenLanguage } from '../../i18n/setup.ts'
import { spacedCode } from '../../lib/case-code.ts'
import { dialled } from '../../lib/phone.ts'
import { usePlaceCall } from '../../lib/telephone.ts'
import { stamp } from '../../lib/time.ts'
import { useNow } from '../../lib/use-now.ts'
import { useTelephone } from './telephone-context.tsx'
import { useCallBacks, useChangeCallBack } from './use-call-backs.ts'
import '../../components/table.css'
import './telephone.css'

const HEADS = ['dueAt', 'phone', 'reason', 'state', 'attempts', 'assignedTo', 'do'] as const
const OUTCOMES = ['reached', 'attempt', 'given-up', 'canceled'] as const

/** Promises to call back, those due first: take one over, call, say what came of it. */
export function CallBacksPage(): ReactNode {
  const { t } = useTranslation()
  const { data, error, isPending, refetch } = useCallBacks()
  return (
    <div className="page">
      <header className="page-head">
        <h1>{t('telephone.callBacks.title')}</h1>
      </header>
      {isPending && <Skeleton height={240} />}
      {error && !data && <LoadFailed error={error} onRetry={() => void refetch()} />}
      {data?.callBacks.length === 0 && (
        <EmptyState
          title={t('telephone.callBacks.empty')}
          hint={t('telephone.callBacks.emptyHint')}
        />
      )}
      {data && data.callBacks.length > 0 && (
        <table className="table" aria-label={t('telephone.callBacks.table')}>
          <thead>
            <tr>
              {HEADS.map((head) => (
                <th key={head} scope="col">
                  {t(`telephone.callBacks.${head}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data.callBacks.map((each) => (
              <CallBackLine key={each.id} callBack={each} />
            ))}
          </tbody>
        </table>
      )}
    </div>
  )
}

function CallBackLine(props: { readonly callBack: CallBackView }): ReactNode {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const { callBack } = props
  const isDue = callBack.state === 'due' && Date.parse(callBack.dueAt) <= now.getTime()
  return (
    <tr>
      <td className="numbers">
        {stamp(new Date(callBack.dueAt), now, screenLanguage(i18n))}{' '}
        {isDue && <Pill tone="warn">{t('telephone.callBacks.isDue')}</Pill>}
      </td>
      <td className="numbers tel-phone">{dialled(callBack.phone)}</td>
      <td>
        {t(`telephone.callBacks.reasons.${callBack.reason}`)}{' '}
        {callBack.caseCode && (
          <Link
            className="numbers"
            to={`/inbox/all/${callBack.caseCode}`}
            aria-label={t('calls.openCase', { code: spacedCode(callBack.caseCode) })}
          >
            {spacedCode(callBack.caseCode)}
          </Link>
        )}
      </td>
      <td>
        <Pill tone={callBack.state === 'calling' ? 'good' : 'quiet'}>
          {t(`telephone.callBacks.states.${callBack.state}`)}
        </Pill>
      </td>
      <td className="numbers">
        {t('telephone.callBacks.attemptsCount', { n: callBack.attempts.length })}
      </td>
      <td>
        {callBack.assignedTo?.name ?? (
          <span className="soft">{t('telephone.callBacks.nobody')}</span>
        )}
      </td>
      <td>
        <CallBackActions callBack={callBack} />
      </td>
    </tr>
  )
}

function CallBackActions(props: { readonly callBack: CallBackView }): ReactNode {
  const { t } = useTranslation()
  const { session, own } = useTelephone()
  const { callBack } = props
  const change = useChangeCallBack(callBack.id)
  const place = usePlaceCall()
  const phone = dialled(callBack.phone)
  const isMine = callBack.assignedTo?.id === session.id
  const { version } = callBack
  const refusal = place.error ?? change.error
  return (
    <div className="tel-actions">
      <Button
        size="compact-xs"
        variant="default"
        loading={change.isPending}
        aria-label={t(isMine ? 'telephone.callBacks.releaseOf' : 'telephone.callBacks.assignOf', {
          phone,
        })}
        onClick={() => {
          change.mutate({ version, isMine: !isMine })
        }}
      >
        {t(isMine ? 'telephone.callBacks.release' : 'telephone.callBacks.assign')}
      </Button>
      <Button
        size="compact-xs"
        loading={place.isPending}
        disabled={own !== null || callBack.state !== 'due'}
        aria-label={t('telephone.callBacks.callNowOf', { phone })}
        onClick={() => {
          place.mutate({ callBackId: callBack.id })
        }}
      >
        {t('telephone.callBacks.callNow')}
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button
            size="compact-xs"
            variant="default"
            aria-label={t('telephone.callBacks.outcomeOf', { phone })}
          >
            {t('telephone.callBacks.outcome')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {OUTCOMES.map((outcome) => (
            <Menu.Item
              key={outcome}
              onClick={() => {
                change.mutate(
                  outcome === 'attempt'
                    ? { version, attempt: t('telephone.callBacks.attemptNote') }
                    : { version, state: outcome },
                )
              }}
            >
              {t(`telephone.callBacks.outcomes.${outcome}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {refusal !== null && <ProblemNotice error={refusal} />}
    </div>
  )
}
