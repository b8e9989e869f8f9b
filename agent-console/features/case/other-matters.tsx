import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaseView } from '#contracts/cases'
import { Notice } from '../../components/notice.tsx'
import { useFieldNames } from '../../lib/catalogue.ts'
import type { CommandBody } from './dialogs/acting.ts'
import { CaseLink } from '../../components/case-link.tsx'

const LONGEST = 90

/** The other matters of a text: offered as sub-cases, and the cases that were made of them. */
export function OtherMatters(props: {
  readonly view: CaseView
  readonly isBusy: boolean
  readonly onSplit: (part: CommandBody<'split'>) => void
}): ReactNode {
  const { view } = props
  return (
    <>
      {view.parts.length > 0 && <OpenParts {...props} />}
      {(view.mainCase !== null || view.subCases.length > 0) && <RelatedCases view={view} />}
    </>
  )
}

function OpenParts(props: Parameters<typeof OtherMatters>[0]): ReactNode {
  const { t } = useTranslation()
  const { fieldName } = useFieldNames()
  const { view, isBusy, onSplit } = props
  return (
    <Notice tone="info">
      <div className="case-parts">
        <strong>{t('case.parts.title', { n: view.parts.length })}</strong>
        <p className="soft">{t('case.parts.hint')}</p>
        <ul>
          {view.parts.map(({ start, end, field }) => (
            <li key={start}>
              <q>{shortened(view.text.slice(start, end))}</q>
              <Button
                variant="default"
                size="compact-sm"
                disabled={isBusy}
                onClick={() => {
                  onSplit({ start, end, fieldId: field })
                }}
              >
                {t('case.parts.split', { field: fieldName(field) })}
              </Button>
            </li>
          ))}
        </ul>
      </div>
    </Notice>
  )
}

function RelatedCases(props: { readonly view: CaseView }): ReactNode {
  const { t } = useTranslation()
  const { fieldName } = useFieldNames()
  const { mainCase, subCases } = props.view
  const agencyName = (agency: { name: string } | null) => agency?.name ?? t('case.noAgency')
  return (
    <section aria-label={t('case.related')}>
      <h2 className="section-title">{t('case.related')}</h2>
      <ul className="case-related">
        {mainCase && (
          <li>
            <CaseLink
              code={mainCase.code}
              label={(shown) => t('case.openRelated', { code: shown })}
            />{' '}
            <span className="soft">{t('case.lead', { agency: agencyName(mainCase.lead) })}</span>
          </li>
        )}
        {subCases.map(({ code, field, agency }) => (
          <li key={code}>
            <CaseLink code={code} label={(shown) => t('case.openRelated', { code: shown })} />{' '}
            {fieldName(field)}{' '}
            <span className="soft">{t('case.supporting', { agency: agencyName(agency) })}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function shortened(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`
}
