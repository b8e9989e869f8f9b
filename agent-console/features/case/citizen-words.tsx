import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaseView } from '#contracts/cases'
import { type TextSegment, textSegments } from '../../lib/text-segments.ts'

/** What the citizen wrote: the words that decided the field marked, personal data set apart. */
export function CitizenWords(props: { readonly view: CaseView }): ReactNode {
  const { t } = useTranslation()
  const { text, evidence, personalData, lang } = props.view
  const segments = textSegments(text, evidence, personalData)
  return (
    <section className="case-words" aria-label={t('case.words')}>
      <blockquote lang={lang}>
        {segments.map((segment, index) => (
          <Segment key={index} segment={segment} title={t('case.personal')} />
        ))}
      </blockquote>
    </section>
  )
}

function Segment(props: { readonly segment: TextSegment; readonly title: string }): ReactNode {
  const { text, strength, personalType } = props.segment
  const words =
    personalType === null ? (
      text
    ) : (
      <span className="case-personal" title={props.title}>
        {text}
      </span>
    )
  return strength === 0 ? words : <mark data-strength={strength}>{words}</mark>
}
