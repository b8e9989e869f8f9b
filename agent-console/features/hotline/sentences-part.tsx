import { Button, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HotlinePreview, SpokenText } from '#contracts/hotline'
import { Pill } from '../../components/pill.tsx'
import { matchesText } from '../../lib/fold.ts'
import { fieldErrorWithin } from '../../lib/problem-text.ts'
import type { PartProps } from './draft.ts'
import { OwnSentence } from './own-sentence.tsx'
import { Part } from './part.tsx'
import { type Sentence, sentenceOf, SENTENCES_BY_GROUP, withSentence } from './sentences.ts'

/** Every sentence: the product's, or one's own in both languages. */
export function SentencesPart(props: PartProps & { readonly preview: HotlinePreview }): ReactNode {
  const { t } = useTranslation()
  const [wanted, setWanted] = useState('')
  const { hotline, error, preview, onChange } = props
  const { texts } = hotline

  /** What was refused is shown whatever is looked for. */
  function isShown(name: SpokenText): boolean {
    const { vi, en } = texts[name] ?? sentenceOf(preview, name, 'product')
    const words = [t(`hotline.sentences.${name}`), vi, en].join(' ')
    return matchesText(words, wanted) || fieldErrorWithin(error, `/texts/${name}`) !== null
  }

  const groups = SENTENCES_BY_GROUP.map(({ group, names }) => ({
    group,
    names: names.filter(isShown),
  })).filter(({ names }) => names.length > 0)

  return (
    <Part title={t('hotline.texts.title')} hint={t('hotline.texts.hint')}>
      <TextInput
        type="search"
        aria-label={t('hotline.texts.search')}
        placeholder={t('hotline.texts.search')}
        value={wanted}
        onChange={(event) => {
          setWanted(event.currentTarget.value)
        }}
      />
      {groups.length === 0 && <p role="status">{t('hotline.texts.noMatch')}</p>}
      {groups.map(({ group, names }) => (
        <div key={group} className="hotline-group">
          <h3 className="section-title">{t(`hotline.groups.${group}`)}</h3>
          <ul>
            {names.map((name) => (
              <SentenceRow
                key={name}
                name={name}
                own={texts[name] ?? null}
                product={sentenceOf(preview, name, 'product')}
                error={error}
                onChange={(own) => {
                  onChange({ texts: withSentence(texts, name, own) })
                }}
              />
            ))}
          </ul>
        </div>
      ))}
    </Part>
  )
}

function SentenceRow(props: {
  readonly name: SpokenText
  readonly own: Sentence | null
  readonly product: Sentence
  readonly error: unknown
  readonly onChange: (own: Sentence | null) => void
}): ReactNode {
  const { t } = useTranslation()
  const { own, product, onChange } = props
  const name = t(`hotline.sentences.${props.name}`)
  return (
    <li className="hotline-sentence">
      <div className="hotline-sentence-head">
        <h4>{name}</h4>
        {own && <Pill tone="info">{t('hotline.texts.own')}</Pill>}
        <Button
          variant="default"
          size="compact-xs"
          aria-label={t(own ? 'hotline.texts.useProductFor' : 'hotline.texts.useOwnFor', { name })}
          onClick={() => {
            onChange(own ? null : product)
          }}
        >
          {t(own ? 'hotline.texts.useProduct' : 'hotline.texts.useOwn')}
        </Button>
      </div>
      {own ? (
        <OwnSentence {...props} own={own} label={name} />
      ) : (
        <div className="hotline-pair soft">
          <p lang="vi">{product.vi}</p>
          <p lang="en">{product.en}</p>
        </div>
      )}
    </li>
  )
}
