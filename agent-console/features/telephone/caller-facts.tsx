import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { CallView } from '#contracts/telephony'
import { Pill, STATUS_TONES } from '../../components/pill.tsx'
import { screenLanguage } from '../../i18n/setup.ts'
import { spacedCode } from '../../lib/case-code.ts'
import { stamp } from '../../lib/time.ts'
import { useNow } from '../../lib/use-now.ts'

const CALLS_SHOWN = 3

/** What is known of who calls: open cases and earlier calls, each a way there. */
export function CallerFacts(props: { readonly call: CallView }): ReactNode {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const { openCases, recentCalls } = props.call.caller
  return (
    <div className="tel-facts">
      <section aria-label={t('telephone.openCases')}>
        <h3 className="section-title">{t('telephone.openCases')}</h3>
        {openCases.length === 0 && <p className="soft">{t('telephone.noOpenCases')}</p>}
        <ul>
          {openCases.map(({ code, summary, status }) => (
            <li key={code}>
              <Link to={`/inbox/all/${code}`} title={summary}>
                <span className="numbers">{spacedCode(code)}</span> {summary}
              </Link>
              <Pill tone={STATUS_TONES[status]}>{t(`status.${status}`)}</Pill>
            </li>
          ))}
        </ul>
      </section>
      <section aria-label={t('telephone.recentCalls')}>
        <h3 className="section-title">{t('telephone.recentCalls')}</h3>
        {recentCalls.length === 0 && <p className="soft">{t('telephone.noRecentCalls')}</p>}
        <ul>
          {recentCalls.slice(0, CALLS_SHOWN).map((each) => (
            <li key={each.id}>
              <Link to={`/calls/${encodeURIComponent(each.id)}`} className="numbers">
                {stamp(new Date(each.startedAt), now, screenLanguage(i18n))}
              </Link>
              <span className="soft">
                {each.endedAs
                  ? t(`calls.endings.${each.endedAs}`)
                  : t(`calls.states.${each.state}`)}
              </span>
            </li>
          ))}
        </ul>
      </section>
    </div>
  )
}
