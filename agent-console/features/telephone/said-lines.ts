import type { TranscriptLine, TranscriptSaid } from '#contracts/telephony'
import type { SaidLine } from '../../components/transcript-lines.tsx'

/** What was heard of a call and is not in its transcript yet, at most one unfinished line a speaker. */
export type Heard = readonly SaidLine[]

/** Takes in one telling: a speaker's unfinished line gives way to its next form. */
export function hear(heard: Heard, { speaker, text, isFinal }: TranscriptSaid): Heard {
  const others = heard.filter((line) => line.isFinal || line.speaker !== speaker)
  return text.trim() === '' ? others : [...others, { speaker, text, isFinal }]
}

/** The transcript as the server has it, then what was only heard. Loss and repetition do not matter. */
export function linesOf(transcript: readonly TranscriptLine[], heard: Heard): SaidLine[] {
  const known = transcript.map(({ speaker, text }) => ({ speaker, text, isFinal: true }))
  const isKnown = (line: SaidLine) =>
    known.some(({ speaker, text }) => speaker === line.speaker && text === line.text)
  return [...known, ...heard.filter((line) => !isKnown(line))]
}

/** The citizen's words as one text, for a report. */
export function citizenWords(lines: readonly SaidLine[]): string {
  return lines
    .filter(({ speaker, isFinal }) => speaker === 'citizen' && isFinal)
    .map(({ text }) => text.trim())
    .join(' ')
}
