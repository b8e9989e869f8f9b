import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaseView } from '#contracts/cases'
import { CaseLink } from '../../components/case-link.tsx'
import './duplicates.css'

/** The case that this one repeats, with the way back out of it, and those that repeat this one. */
export function MergedCases(props: {
  readonly view: CaseView
  readonly onTakeOut: () => void
}): ReactNode {
  const { t } = useTranslation()
  const { mergedInto, mergedCases, actions } = props.view
  if (mergedInto === null && mergedCases.length === 0) return null
  return (
    <section aria-label={t('duplicates.merged')}>
      <h2 className="section-title">{t('duplicates.merged')}</h2>
      {mergedInto !== null && (
        <p>
          {t('duplicates.into')}{' '}
          <CaseLink code={mergedInto} label={(shown) => t('case.openRelated', { code: shown })} />{' '}
          {actions.includes('unmerge') && (
            <Button variant="default" size="compact-xs" onClick={props.onTakeOut}>
              {t('actions.unmerge')}
            </Button>
          )}
        </p>
      )}
      {mergedCases.length > 0 && (
        <>
          <p className="soft">{t('duplicates.here', { n: mergedCases.length })}</p>
          <ul className="case-duplicates">
            {mergedCases.map((code) => (
              <li key={code}>
                <CaseLink code={code} label={(shown) => t('case.openRelated', { code: shown })} />
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
