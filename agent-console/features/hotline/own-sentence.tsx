import { Textarea } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { SpokenText } from '#contracts/hotline'
import type { Language } from '#contracts/vocabulary'
import { fieldErrorAt } from '../../lib/problem-text.ts'
import { placeProblems } from './places.ts'
import type { Sentence } from './sentences.ts'

const LENGTH_MAX = 1_500

/** A sentence of one's own in both languages, each above the product's and what it lacks against it. */
export function OwnSentence(props: {
  readonly name: SpokenText
  readonly label: string
  readonly own: Sentence
  readonly product: Sentence
  readonly error: unknown
  readonly onChange: (own: Sentence) => void
}): ReactNode {
  const { t } = useTranslation()
  const { name, label, own, product, error, onChange } = props
  const field = (lang: Language) => ({
    lang,
    label: t(`hotline.texts.${lang}`),
    'aria-label': t(lang === 'vi' ? 'hotline.texts.inVi' : 'hotline.texts.inEn', { name: label }),
    error: fieldErrorAt(error, `/texts/${name}/${lang}`),
    value: own[lang],
    description: <Hints own={own[lang]} product={product[lang]} lang={lang} />,
    onChange: (event: { readonly currentTarget: HTMLTextAreaElement }) => {
      onChange({ ...own, [lang]: event.currentTarget.value })
    },
  })
  return (
    <div className="hotline-pair">
      {(['vi', 'en'] as const).map((lang) => (
        <Textarea
          key={lang}
          {...field(lang)}
          minRows={2}
          maxLength={LENGTH_MAX}
          inputWrapperOrder={['label', 'input', 'error', 'description']}
        />
      ))}
    </div>
  )
}

function Hints(props: {
  readonly own: string
  readonly product: string
  readonly lang: Language
}): ReactNode {
  const { t } = useTranslation()
  const { missing, unknown } = placeProblems(props.own, props.product)
  return (
    <>
      <span role="status">
        {missing.map((place) => (
          <span key={place} className="hotline-warning">
            {t('hotline.texts.missing', { place })}
          </span>
        ))}
        {unknown.map((place) => (
          <span key={place} className="hotline-warning">
            {t('hotline.texts.unknown', { place })}
          </span>
        ))}
      </span>
      {t('hotline.texts.product')} <span lang={props.lang}>{props.product}</span>
    </>
  )
}
