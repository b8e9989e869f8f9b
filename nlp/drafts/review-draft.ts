import { detectLanguage } from '../language.ts'
import type { PersonalDataFinder } from '../personal-data/find-personal-data.ts'
import type { DraftHint, Kind, Span } from '../reading.ts'
import { findPhrases, type Phrase } from '../text/phrases.ts'
import { createWordReader, type Word } from '../text/words.ts'
import {
  CONTACT_CUES,
  HANDOVERS,
  INSTRUCTIONS,
  OFFICES,
  OUTCOMES,
  PROMISES,
  REASONS,
  REFUSALS,
} from './draft-cues.ts'
import { findPrivate } from './private-spans.ts'
import { findRepeated } from './repeated-words.ts'

/** What a draft is judged against. */
export type DraftQuestion = {
  /** What the citizen wrote. */
  readonly text: string
  readonly kind: Kind
  /** Names of the citizen, as far as known. */
  readonly knownNames: readonly string[]
}

/** A draft in the form in which the single checks read it. */
export type ReadDraft = {
  readonly text: string
  readonly words: readonly Word[]
  readonly find: (phrases: readonly Phrase[]) => readonly Span[]
}

/** A day, a month or a stretch of time; with accents or without. */
const DATES = [
  /(?<![\d/.])\d{1,2}\s*[/.-]\s*\d{1,2}(?:\s*[/.-]\s*(?:20)?\d{2})?(?![\d/])/u,
  /ng[aà]y\s+\d{1,2}/iu,
  /th[aá]ng\s+\d{1,2}/iu,
  /qu[yý]\s+(?:[1-4]|iv|i{1,3})(?![a-z])/iu,
  /\d\s*(?:ng[aà]y|gi[oờ]|tu[aầ]n|th[aá]ng|ph[uú]t)(?!\p{L})/iu,
  /(?:h[oô]m nay|ng[aà]y mai|s[aá]ng mai|chi[eề]u mai|cu[oố]i tu[aầ]n|trong tu[aầ]n|tu[aầ]n (?:sau|t[oớ]i)|th[aá]ng (?:sau|t[oớ]i|n[aà]y)|th[uứ] (?:hai|ba|t[uư]|n[aă]m|s[aá]u|b[aả]y)|h[oô]m qua)(?!\p{L})/iu,
  /\b(?:\d+ (?:working )?(?:days?|hours?|weeks?)|today|tomorrow|next week|this week|(?:mon|tues|wednes|thurs|fri)day)\b/iu,
  /\b(?:january|february|march|april|june|july|august|september|october|november|december) \d|\d{1,2} (?:january|february|march|april|may|june|july|august|september|october|november|december)\b/iu,
]
/** A way to reach somebody: a number, an address of the net. Only seen, never read out. */
const CONTACTS =
  /(?<!\d)(?:1[89]00[\s.]?\d{2,6}|0\d(?:[\s.-]?\d){8,9}|11[1-5]|1022|156)(?!\d)|\(0\d{2,3}\)|[\w+-]@[\w-]+\.\w|https?:\/\/|\w\.(?:gov\.)?vn\b/iu
/** After "liên hệ" these name an office; "the competent agency" names none. */
const NAMED_OFFICE =
  /(?:ubnd|[uủ]y ban nh[aâ]n d[aâ]n|(?<!\p{L})s[oở]|ph[oò]ng|trung t[aâ]m|c[oô]ng an|[dđ]i[eệ]n l[uự]c|c[oô]ng ty|chi c[uụ]c|thu[eế]|b[aả]o hi[eể]m x[aã] h[oộ]i|v[aă]n ph[oò]ng|t[oò]a [aá]n|tr[aạ]m|ban (?:qu[aả]n l[yý]|ti[eế]p)|(?<!\p{L})b[oộ]|department|office|centre|center|ward|police|company)\s+\p{L}/iu
/** An article of law by its number. */
const CITATION =
  /(?:[dđ]i[eề]u|kho[aả]n|ngh[iị] [dđ][iị]nh|th[oô]ng t[uư]|quy[eế]t [dđ][iị]nh|article|decree)\s+(?:s[oố]\s*)?\d/iu
const FEWEST_WORDS = 4
/** How far after "liên hệ" and "đã chuyển" the office is named (characters). */
const REACH_OF_CONTACT = 60
const REACH_OF_HANDOVER = 300

/** Makes the reviewer of drafts: what an officer should look at again before it goes out. */
export function createDraftReviewer(personalData: PersonalDataFinder) {
  const readWords = createWordReader()
  return (text: string, question: DraftQuestion): DraftHint[] => {
    const words = readWords(text)
    // So few words are a beginning, not a draft.
    if (words.length < FEWEST_WORDS) return []
    const isPlain = detectLanguage(words) !== 'vi'
    const draft: ReadDraft = { text, words, find: (cues) => findPhrases(words, cues, isPlain) }
    const repeated = findRepeated(words, readWords(question.text))
    const found = personalData.findWith(text, question.knownNames)
    const isPrivate = findPrivate(draft, found, question.text)
    // What the citizen said already is no news of the office's.
    const isConcrete = hasCommitment(draft, without(text, repeated.stretches), question.kind)
    const hints = [
      hint('repeats-question', isConcrete || !repeated.isMost ? [] : repeated.stretches),
      hint('personal-data', isPrivate),
      hint('generic-refusal', findBareRefusals(draft)),
    ].filter(({ spans }) => spans.length > 0)
    if (!isConcrete && question.kind !== 'praise') hints.push(hint('no-commitment', []))
    if (!hasContact(draft, without(text, isPrivate))) hints.push(hint('no-contact', []))
    return hints
  }
}

function hint(code: DraftHint['code'], spans: readonly Span[]): DraftHint {
  return { code, spans: spans.map(({ start, end }) => ({ start, end })) }
}

/** Something was done, is promised, or has its day. A question is answered by saying how. */
function hasCommitment(draft: ReadDraft, ownWords: string, kind: Kind): boolean {
  const said = [...draft.find(OUTCOMES), ...draft.find(PROMISES)]
  if (said.length > 0 || DATES.some((date) => date.test(ownWords))) return true
  const isInstruction = kind === 'question' && draft.find(INSTRUCTIONS).length > 0
  return isInstruction || (kind === 'question' && CITATION.test(draft.text))
}

function hasContact(draft: ReadDraft, publicWords: string): boolean {
  if (CONTACTS.test(publicWords) || draft.find(OFFICES).length > 0) return true
  return draft
    .find(CONTACT_CUES)
    .some(({ end }) => NAMED_OFFICE.test(sentenceAfter(draft.text, end, REACH_OF_CONTACT)))
}

/** Refusals of a draft that gives no reason and names nobody who can help. */
function findBareRefusals(draft: ReadDraft): readonly Span[] {
  const refused = draft.find(REFUSALS)
  if (refused.length === 0) return []
  const isExplained = draft.find(REASONS).length > 0 || CITATION.test(draft.text)
  const isHandedOver = [...draft.find(HANDOVERS), ...draft.find(CONTACT_CUES)].some(({ end }) =>
    NAMED_OFFICE.test(sentenceAfter(draft.text, end, REACH_OF_HANDOVER)),
  )
  return isExplained || isHandedOver ? [] : refused
}

/** The text with blanks for the spans, which are in order and apart. */
function without(text: string, spans: readonly Span[]): string {
  let left = ''
  let at = 0
  for (const { start, end } of spans) {
    left += text.slice(at, start) + ' '.repeat(end - start)
    at = end
  }
  return left + text.slice(at)
}

/** The rest of the sentence, as far as `reach` characters. */
function sentenceAfter(text: string, from: number, reach: number): string {
  return text.slice(from, from + reach).split(/[.!?\n](?:\s|$)/, 1)[0] ?? ''
}
