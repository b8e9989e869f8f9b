import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { HotlinePreview } from '#contracts/hotline'
import type { Language } from '#contracts/vocabulary'
import { Notice } from '../../components/notice.tsx'
import { sentenceOf, SENTENCES_BY_GROUP } from './sentences.ts'
import { useVoices } from './use-voices.ts'

const SHOWN_LANGUAGES: readonly Language[] = ['vi', 'en']

/** What callers hear of the saved settings, sentence by sentence, to be read or listened to. */
export function PreviewPanel(props: {
  readonly preview: HotlinePreview
  /** The form says something else by now. */
  readonly isStale: boolean
}): ReactNode {
  const { t } = useTranslation()
  const { preview, isStale } = props
  const voices = useVoices()
  const readable = SHOWN_LANGUAGES.filter(voices.hasVoice)

  function reader(id: string, lang: Language, label: string, texts: readonly string[]): ReactNode {
    const isReading = voices.readingId === id
    return (
      <Button
        variant="default"
        size="compact-xs"
        aria-label={isReading ? t('hotline.preview.stop') : label}
        title={isReading ? t('hotline.preview.stop') : label}
        onClick={() => {
          if (isReading) voices.stop()
          else voices.read({ id, lang, texts })
        }}
      >
        <svg viewBox="0 0 10 10" width="10" height="10" fill="currentColor" aria-hidden="true">
          <path d={isReading ? 'M1 1h8v8H1z' : 'M2 0.5 9.5 5 2 9.5z'} />
        </svg>
      </Button>
    )
  }

  return (
    <aside className="hotline-preview" aria-labelledby="hotline-preview" tabIndex={0}>
      <h2 id="hotline-preview">{t('hotline.preview.title')}</h2>
      <p>{t(preview.isOpen ? 'hotline.preview.isOpen' : 'hotline.preview.isClosed')}</p>
      <p className="soft">{t('hotline.preview.example')}</p>
      <div role="status">
        {isStale && <Notice tone="warn">{t('hotline.preview.stale')}</Notice>}
      </div>
      {SHOWN_LANGUAGES.map((lang) => {
        const language = t(`hotline.preview.languages.${lang}`)
        const label = t('hotline.preview.readAll', { language })
        const texts = preview.spoken.filter((each) => each.lang === lang).map(({ text }) => text)
        return (
          <p key={lang} className="hotline-reader">
            {readable.includes(lang) ? (
              <>
                {reader(`all-${lang}`, lang, label, texts)}
                <span aria-hidden="true">{label}</span>
              </>
            ) : (
              <span className="soft">{t('hotline.preview.noVoice', { language })}</span>
            )}
          </p>
        )
      })}
      {SENTENCES_BY_GROUP.map(({ group, names }) => (
        <section key={group}>
          <h3 className="section-title">{t(`hotline.groups.${group}`)}</h3>
          <dl>
            {names.map((each) => {
              const name = t(`hotline.sentences.${each}`)
              const said = sentenceOf(preview, each, 'text')
              return (
                <div key={each}>
                  <dt>{name}</dt>
                  {SHOWN_LANGUAGES.map((lang) => (
                    <dd key={lang} className="hotline-said">
                      <span lang={lang}>{said[lang]}</span>
                      {readable.includes(lang) &&
                        reader(
                          `${each}-${lang}`,
                          lang,
                          t('hotline.preview.read', {
                            name,
                            language: t(`hotline.preview.languages.${lang}`),
                          }),
                          [said[lang]],
                        )}
                    </dd>
                  ))}
                </div>
              )
            })}
          </dl>
        </section>
      ))}
    </aside>
  )
}
