import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useDraftHints } from './use-draft-hints.ts'

/** The most places of one hint that are worth showing. */
const MOST_SHOWN = 3
const LONGEST = 40

/** Advice beside the editor while the officer writes: read out politely, in nobody's way. */
export function DraftHints(props: {
  readonly code: string
  readonly text: string
  /** Shows a place of the response. */
  readonly onShow: (start: number, end: number) => void
}): ReactNode {
  const { t } = useTranslation()
  const found = useDraftHints(props.code, props.text)
  const hints = found?.hints ?? []
  return (
    <div className="draft-hints" role="status" aria-label={t('response.hints.label')}>
      {hints.length > 0 && (
        <ul>
          {hints.map(({ code, spans }) => (
            <li key={code}>
              {t(`response.hints.${code}`)}{' '}
              {spans.slice(0, MOST_SHOWN).map(({ start, end }) => {
                const words = found?.text.slice(start, end) ?? ''
                // The text may have moved on: a place is shown while it still says the same.
                const isThere = props.text.slice(start, end) === words
                return (
                  isThere && (
                    <button
                      key={start}
                      type="button"
                      className="draft-hint-place"
                      aria-label={t('response.hints.show', { words })}
                      onClick={() => {
                        props.onShow(start, end)
                      }}
                    >
                      “{words.length > LONGEST ? `${words.slice(0, LONGEST)}…` : words}”
                    </button>
                  )
                )
              })}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
