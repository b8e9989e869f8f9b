import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaseView } from '#contracts/cases'
import { CONSENTS } from '#contracts/vocabulary'
import { ProblemNotice } from '../../components/problem-notice.tsx'
import { dialled } from '../../lib/phone.ts'
import { usePlaceCall } from '../../lib/telephone.ts'

/** Who reported it, masked until asked for with a reason; and what they agreed to. */
export function ContactPanel(props: {
  readonly view: CaseView
  /** There is a telephone to call the citizen with. */
  readonly canCall: boolean
  readonly onReveal: () => void
}): ReactNode {
  const { t } = useTranslation()
  const { contact, consents, actions } = props.view
  return (
    <section aria-label={t('case.citizen')}>
      <h2 className="section-title">{t('case.citizen')}</h2>
      {contact ? (
        <address className="case-contact numbers">
          <span>{contact.name ?? t('case.unnamed')}</span>
          {contact.phone && <span>{dialled(contact.phone)}</span>}
          {contact.phone && !contact.isMasked && props.canCall && (
            <CallButton caseCode={props.view.code} phone={dialled(contact.phone)} />
          )}
          {contact.email && <span>{contact.email}</span>}
        </address>
      ) : (
        <p className="soft">{t('case.anonymous')}</p>
      )}
      {contact?.isMasked && actions.includes('reveal') && (
        <Button variant="default" size="compact-xs" onClick={props.onReveal}>
          {t('actions.reveal')}
        </Button>
      )}
      <ul className="case-consents" aria-label={t('case.consents')}>
        {CONSENTS.map((consent) => (
          <li key={consent} data-given={consents.includes(consent)}>
            {t(
              consents.includes(consent) ? `case.consent.${consent}` : `case.noConsent.${consent}`,
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Calls the citizen of this case; the talk appears in the telephone below. */
function CallButton(props: { readonly caseCode: string; readonly phone: string }): ReactNode {
  const { t } = useTranslation()
  const place = usePlaceCall()
  return (
    <>
      <Button
        variant="default"
        size="compact-xs"
        w="fit-content"
        loading={place.isPending}
        aria-label={t('telephone.callPhone', { phone: props.phone })}
        onClick={() => {
          place.mutate({ caseCode: props.caseCode })
        }}
      >
        {t('telephone.call')}
      </Button>
      {place.error !== null && <ProblemNotice error={place.error} />}
    </>
  )
}
