import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaseView } from '#contracts/cases'
import { useFieldNames } from '../../lib/catalogue.ts'

/** How the case is classified and who answers for it. */
export function CaseFacts(props: { readonly view: CaseView }): ReactNode {
  const { t } = useTranslation()
  const { fieldName, topicName } = useFieldNames()
  const { view } = props
  const facts: readonly (readonly [string, string | null])[] = [
    [t('case.field'), view.field && fieldName(view.field)],
    [t('case.topic'), view.topic && topicName(view.field, view.topic)],
    [t('case.kind'), t(`kinds.${view.kind}`)],
    [t('case.urgency'), t(`urgency.${view.urgency}`)],
    [t('case.waits'), view.triageReason && t(`reasons.${view.triageReason}`)],
    [t('case.agency'), view.agency?.name ?? t('case.noAgency')],
    [t('case.suggestedAgency'), view.suggestedAgency?.name ?? null],
    [t('case.assignee'), view.assignee?.name ?? t('case.nobody')],
  ]
  return (
    <section aria-label={t('case.facts')}>
      <h2 className="section-title">{t('case.facts')}</h2>
      <dl className="case-facts">
        {facts.map(
          ([name, value]) =>
            value && (
              <div key={name}>
                <dt>{name}</dt>
                <dd data-urgent={name === t('case.urgency') && view.urgency === 'emergency'}>
                  {value}
                </dd>
              </div>
            ),
        )}
      </dl>
      {view.returnCount > 0 && (
        <p className="soft">{t('case.returned', { n: view.returnCount })}</p>
      )}
    </section>
  )
}
