import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaseView } from '#contracts/cases'
import { Pill } from '../../components/pill.tsx'
import { screenLanguage } from '../../i18n/setup.ts'
import { stamp } from '../../lib/time.ts'
import { useNow } from '../../lib/use-now.ts'

/** The response where it is only read: waiting, or published; and what the citizen made of it. */
export function ResponseRecord(props: { readonly view: CaseView }): ReactNode {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const { response, rating, disputeReason } = props.view
  const at = (moment: string) => stamp(new Date(moment), now, screenLanguage(i18n))
  if (!response && !rating && disputeReason === null) return null
  return (
    <section aria-label={t('response.region')}>
      <h2 className="section-title">{t('response.region')}</h2>
      {response && (
        <div className="case-response">
          <p className="case-section-head">
            <Pill tone={response.state === 'published' ? 'good' : 'warn'}>
              {t(RESPONSE_STATES[response.state])}
            </Pill>
            <span className="soft">
              {response.approvedBy && response.publishedAt
                ? t('response.publishedBy', {
                    name: response.approvedBy.name,
                    time: at(response.publishedAt),
                  })
                : t('response.savedBy', {
                    name: response.draftedBy.name,
                    time: at(response.draftedAt),
                  })}
            </span>
          </p>
          <blockquote>{response.text}</blockquote>
        </div>
      )}
      {rating && (
        <p>
          <strong>{t('case.rating')}:</strong> {t('case.ratingOf', { score: rating.score })}
          {rating.comment && ` · ${rating.comment}`}
        </p>
      )}
      {disputeReason !== null && (
        <p>
          <strong>{t('case.dispute')}:</strong> {disputeReason}
        </p>
      )}
    </section>
  )
}

const RESPONSE_STATES = {
  draft: 'response.drafting',
  submitted: 'response.waiting',
  'sent-back': 'response.drafting',
  published: 'response.published',
} as const
