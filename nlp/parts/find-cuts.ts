import { findPhrases, type Phrase, toPhrases } from '../text/phrases.ts'
import type { Word } from '../text/words.ts'

export type CutKind = 'said' | 'sentence' | 'comma'

/** A word before which another matter may begin. */
export type Cut = {
  readonly word: number
  /** Somebody says that another matter begins; or a sentence ends; or only a breath is taken. */
  readonly kind: CutKind
}

/** How people go over to another matter. */
const CONNECTIVES = toPhrases(
  'ngoài ra|ngoài việc|ngoài chuyện|với lại|với cả|vả lại|bên cạnh đó|đồng thời|nhân tiện|nhân đây|tiện thể|sẵn tiện|tiện đây|thêm nữa|thêm vào đó|thêm cái nữa|thêm một việc|thêm một chuyện|một chuyện nữa|một việc nữa|một việc khác|một chuyện khác|một vấn đề nữa|một vấn đề khác|cái nữa|chuyện nữa|chuyện thứ hai|việc thứ hai|vấn đề thứ hai|thứ nhất là|thứ nhì là|thứ hai là|thứ ba là|mặt khác|hơn nữa|chưa kể|chưa hết|cũng xin|cũng bức xúc|cũng muốn hỏi|cũng muốn phản ánh|sẵn cho em|sẵn cho tôi|sẵn cho hỏi|luôn tiện|còn nữa|còn việc|còn chuyện|còn vụ|còn cái vụ|rồi còn|à còn|à mà|à với|rồi cái vụ|also|another thing|another issue|another problem|besides|in addition|secondly|on top of that|by the way'.split(
    '|',
  ),
)
const [STILL] = toPhrases(['còn'])
const [TOPIC] = toPhrases(['thì'])
/** How far after "còn" its "thì" may stand. */
const TOPIC_REACH = 12
const SENTENCE_END = /[.!?;…\n]/u
const COMMA = /[,:]/u

/** Where a text may go over to another matter, in reading order. */
export function findCuts(text: string, words: readonly Word[], isPlainText: boolean): Cut[] {
  const said = new Set(findSaid(words, isPlainText))
  for (const first of topicShifts(words, isPlainText)) said.add(first)
  return words.flatMap((word, at): Cut[] => {
    const before = words[at - 1]
    if (!before) return []
    if (said.has(at)) return [{ word: at, kind: 'said' }]
    const between = text.slice(before.end, word.start)
    if (isWithinNumber(between, before, word, text)) return []
    if (SENTENCE_END.test(between)) return [{ word: at, kind: 'sentence' }]
    return COMMA.test(between) ? [{ word: at, kind: 'comma' }] : []
  })
}

/** Many type some words with accents and some without: a connective of the latter counts too. */
function findSaid(words: readonly Word[], isPlainText: boolean): number[] {
  const isBare = ({ hasDiacritics }: Word) => !hasDiacritics
  const bare = findPhrases(words, CONNECTIVES, true).filter(({ first, last }) =>
    words.slice(first, last + 1).every(isBare),
  )
  return [...findPhrases(words, CONNECTIVES, isPlainText), ...bare].map(({ first }) => first)
}

/** "còn vỉa hè thì …": a new topic set against the one before. */
function topicShifts(words: readonly Word[], isPlainText: boolean): number[] {
  return starts(words, STILL, isPlainText).filter((at) =>
    starts(words.slice(at + 1, at + 1 + TOPIC_REACH), TOPIC, isPlainText).some(
      (found) => found > 0,
    ),
  )
}

function starts(words: readonly Word[], phrase: Phrase | undefined, isPlainText: boolean) {
  return phrase ? findPhrases(words, [phrase], isPlainText).map(({ first }) => first) : []
}

/** "4.500 đồng", "12,5 m": a mark within a number ends nothing. */
function isWithinNumber(between: string, before: Word, word: Word, text: string): boolean {
  if (between !== '.' && between !== ',') return false
  return /\d$/.test(text.slice(before.start, before.end)) && /^\d/.test(text.slice(word.start))
}
