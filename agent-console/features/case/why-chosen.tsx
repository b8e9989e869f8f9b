import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaseView } from '#contracts/cases'
import { KeyHint } from '../../components/key-hint.tsx'
import { screenLanguage } from '../../i18n/setup.ts'
import { useFieldNames } from '../../lib/catalogue.ts'
import { ACTION_KEYS } from '../../lib/keys.ts'
import { LOCALES } from '../../lib/locale.ts'
import { candidates } from './candidates.ts'

/** Why this field: what the classifier thought, how sure it was, and one key to say otherwise. */
export function WhyChosen(props: {
  readonly view: CaseView
  readonly onChoose: (field: string) => void
  readonly onOther: () => void
}): ReactNode {
  const { t, i18n } = useTranslation()
  const { fieldName } = useFieldNames()
  const { view } = props
  const canCorrect = view.actions.includes('correct')
  const percent = (share: number) =>
    share.toLocaleString(LOCALES[screenLanguage(i18n)], {
      style: 'percent',
      maximumFractionDigits: 0,
    })
  return (
    <section className="case-why" aria-label={t('case.why')}>
      <header className="case-why-head">
        <h2>{t('case.why')}</h2>
        <span>{view.isFieldConfirmed ? t('case.confirmed') : ''}</span>
        <span className="numbers">
          {t('case.model', { version: shortVersion(view.modelVersion) })}
        </span>
      </header>
      {view.triageReason === 'unsure-field' && <p className="case-unsure">{t('case.unsure')}</p>}
      <ol>
        {candidates(view).map(({ field, confidence }, index) => (
          <li key={field} className="case-candidate" data-chosen={field === view.field}>
            <span>
              {fieldName(field)}
              {field === view.field && view.isFieldConfirmed && ' ✓'}
            </span>
            <span className="case-meter" aria-hidden="true">
              <span style={{ width: `${String(Math.round((confidence ?? 0) * 100))}%` }} />
            </span>
            <span className="numbers">{confidence === null ? '' : percent(confidence)}</span>
            {canCorrect && (
              <button
                type="button"
                className="case-choose"
                aria-label={t('case.chooseField', { field: fieldName(field) })}
                aria-keyshortcuts={String(index + 1)}
                onClick={() => {
                  props.onChoose(field)
                }}
              >
                <KeyHint keys={String(index + 1)} />
              </button>
            )}
          </li>
        ))}
      </ol>
      {canCorrect && (
        <button type="button" className="case-other-field" onClick={props.onOther}>
          {t('case.otherField')} <KeyHint keys={ACTION_KEYS.correct ?? ''} />
        </button>
      )}
    </section>
  )
}

/** Enough of each model's version to tell it from others. */
function shortVersion(version: string): string {
  return version
    .split('+')
    .map((part) => part.slice(0, 8))
    .join(' + ')
}
