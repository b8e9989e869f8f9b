import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReportPreview } from '#contracts/reports'
import { Notice } from '../../components/notice.tsx'
import { Pill } from '../../components/pill.tsx'
import { screenLanguage } from '../../i18n/setup.ts'
import { LOCALES } from '../../lib/locale.ts'

const ALTERNATIVES = 2

/** What the system understands as they talk; a press takes a field over. */
export function Suggestion(props: {
  readonly suggestion: ReportPreview | null
  readonly chosen: string
  readonly onChoose: (field: string) => void
}): ReactNode {
  const { t, i18n } = useTranslation()
  const { suggestion, chosen, onChoose } = props
  const fields = suggestion ? fieldsOf(suggestion) : []
  const percent = (share: number) =>
    share.toLocaleString(LOCALES[screenLanguage(i18n)], {
      style: 'percent',
      maximumFractionDigits: 0,
    })
  return (
    <div className="tel-suggestion" role="status" aria-label={t('telephone.newCase.suggestion')}>
      {suggestion && (
        <>
          <span className="soft">{t('telephone.newCase.suggestion')}</span>
          {fields.map(({ field, fieldName }, index) => (
            <button
              key={field}
              type="button"
              className="tel-chip"
              aria-pressed={chosen === field}
              onClick={() => {
                onChoose(chosen === field ? '' : field)
              }}
            >
              {fieldName}
              {index === 0 && suggestion.field !== null && ` ${percent(suggestion.confidence)}`}
            </button>
          ))}
          {!suggestion.isSure && <Pill tone="warn">{t('telephone.newCase.unsure')}</Pill>}
          {suggestion.urgency !== 'normal' && (
            <Pill tone={suggestion.urgency === 'emergency' ? 'urgent' : 'quiet'}>
              {t(`urgency.${suggestion.urgency}`)}
            </Pill>
          )}
          {suggestion.agency && (
            <span className="soft">
              {t('telephone.newCase.agency', { name: suggestion.agency.name })}
            </span>
          )}
          {suggestion.similar.length > 0 && (
            <span className="soft">
              {t('telephone.newCase.similar', { n: suggestion.similar.length })}
            </span>
          )}
          {suggestion.emergencyAdvice && (
            <Notice tone="urgent">{suggestion.emergencyAdvice}</Notice>
          )}
        </>
      )}
    </div>
  )
}

function fieldsOf({ field, fieldName, alternatives }: ReportPreview) {
  const first = field === null ? [] : [{ field, fieldName: fieldName ?? field }]
  const others = alternatives.filter((each) => each.field !== field).slice(0, ALTERNATIVES)
  return [...first, ...others]
}
