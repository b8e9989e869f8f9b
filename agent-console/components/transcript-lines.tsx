import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import './transcript-lines.css'

/** A sentence of a talk; `isFinal` is false while it is still being said. */
export type SaidLine = {
  readonly speaker: 'citizen' | 'agent'
  readonly text: string
  readonly isFinal: boolean
}

/** Who said what, in order; what is still being said is paler. */
export function TranscriptLines(props: { readonly lines: readonly SaidLine[] }): ReactNode {
  const { t } = useTranslation()
  return (
    <ol className="transcript">
      {props.lines.map(({ speaker, text, isFinal }, index) => (
        <li key={index} data-speaker={speaker} data-final={isFinal}>
          <span className="transcript-speaker">{t(`telephone.speakers.${speaker}`)}</span>
          <span>{text}</span>
        </li>
      ))}
    </ol>
  )
}
