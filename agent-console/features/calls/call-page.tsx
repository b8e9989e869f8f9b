import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import type { CallView } from '#contracts/telephony'
import { Pill } from '../../components/pill.tsx'
import { LoadFailed } from '../../components/problem-notice.tsx'
import { TranscriptLines } from '../../components/transcript-lines.tsx'
import { screenLanguage } from '../../i18n/setup.ts'
import { getJson } from '../../lib/api.ts'
import { dialled } from '../../lib/phone.ts'
import { stamp } from '../../lib/time.ts'
import { useNow } from '../../lib/use-now.ts'
import { CallFacts } from './call-facts.tsx'
import { CallLegs, CallSums, RecordingFacts } from './call-record.tsx'
import { Recording } from './recording.tsx'
import './call-page.css'

/** One call: how it went, at whom it rang, and what was said beside its recording. */
export function CallPage(): ReactNode {
  const { t } = useTranslation()
  const { id = '' } = useParams()
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['live', 'calls', id],
    queryFn: ({ signal }) => getJson<CallView>(`/api/calls/${encodeURIComponent(id)}`, signal),
  })
  return (
    <div className="page">
      <p>
        <Link to="/calls">{t('telephone.page.back')}</Link>
      </p>
      {isPending && <Skeleton height={320} />}
      {error && !data && <LoadFailed error={error} onRetry={() => void refetch()} />}
      {data && <CallRecord call={data} />}
    </div>
  )
}

function CallRecord(props: { readonly call: CallView }): ReactNode {
  const { t } = useTranslation()
  const { call } = props
  const number = call.phone ?? (call.direction === 'outbound' ? call.to : call.from)
  const phone = number === 'anonymous' ? t('telephone.anonymous') : dialled(number)
  return (
    <>
      <header className="page-head">
        <h1 className="numbers">{t('telephone.page.title', { phone })}</h1>
      </header>
      <div className="call-page">
        <div className="call-page-main">
          <section aria-label={t('telephone.page.recordings')}>
            <h2 className="section-title">{t('telephone.page.recordings')}</h2>
            {call.recordings.length === 0 ? (
              <p className="soft">{t('telephone.page.noRecordings')}</p>
            ) : (
              <p className="soft">{t('telephone.page.recordingHint')}</p>
            )}
            {call.recordings.map((recording, index) => (
              <div key={recording.ref}>
                <Recording callId={call.id} recording={recording} number={index + 1} />
                <RecordingFacts recording={recording} />
              </div>
            ))}
          </section>
          <CallLegs legs={call.legs} />
          <section aria-label={t('telephone.transcript')}>
            <h2 className="section-title">{t('telephone.transcript')}</h2>
            {call.transcript.length === 0 ? (
              <p className="soft">
                {t(
                  call.endedAt === null ? 'telephone.noTranscript' : 'telephone.page.noTranscript',
                )}
              </p>
            ) : (
              <TranscriptLines
                lines={call.transcript.map(({ speaker, text }) => ({
                  speaker,
                  text,
                  isFinal: true,
                }))}
              />
            )}
          </section>
        </div>
        <aside>
          <CallFacts call={call} phone={phone} />
          <CallSums call={call} />
          <Offers offers={call.offers} />
        </aside>
      </div>
    </>
  )
}

function Offers(props: { readonly offers: CallView['offers'] }): ReactNode {
  const { t, i18n } = useTranslation()
  const now = useNow()
  return (
    <section aria-label={t('telephone.page.offers')}>
      <h2 className="section-title">{t('telephone.page.offers')}</h2>
      {props.offers.length === 0 && <p className="soft">{t('telephone.page.noOffers')}</p>}
      <ol className="call-offers">
        {props.offers.map(({ agent, at, outcome }) => (
          <li key={`${agent.id} ${at}`}>
            <span className="numbers">{stamp(new Date(at), now, screenLanguage(i18n))}</span>
            <span>{agent.name}</span>
            <Pill tone={outcome === 'accepted' ? 'good' : 'quiet'}>
              {t(`telephone.page.outcomes.${outcome}`)}
            </Pill>
          </li>
        ))}
      </ol>
    </section>
  )
}
