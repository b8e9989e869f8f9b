import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { CaseView } from '#contracts/cases'
import { spacedCode } from '../../lib/case-code.ts'
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
          {t('duplicates.into')} <CaseLink code={mergedInto} />{' '}
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
                <CaseLink code={code} />
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

function CaseLink(props: { readonly code: string }): ReactNode {
  const { t } = useTranslation()
  const code = spacedCode(props.code)
  return (
    <Link
      className="numbers"
      to={`/inbox/all/${props.code}`}
      aria-label={t('case.openRelated', { code })}
    >
      {code}
    </Link>
  )
}
