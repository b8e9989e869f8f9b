import type { RankedLabel } from '../learning/classifier.ts'
import type { Part } from '../reading.ts'
import { findPhrases, toPhrases } from '../text/phrases.ts'
import type { Word } from '../text/words.ts'
import { type Cut, type CutKind, findCuts } from './find-cuts.ts'

/** The likeliest fields of a stretch of text, the likeliest first. */
export type RankFields = (text: string) => readonly RankedLabel[]

/** So sure must both sides be, by what stands between them. */
type PartThresholds = Readonly<Record<CutKind, number>> & {
  /** How much of one side's field the other may have: more, and they speak of one thing. */
  readonly shared: number
}

/**
 * Measured by `npm run nlp -- parts` on texts kept out of training: a wrong split costs the officer
 * a click and the citizen a second case, a missed one only what happened before there were splits.
 */
const PART_THRESHOLDS: PartThresholds = {
  said: 0.3,
  sentence: 0.35,
  comma: 0.93,
  shared: 0.15,
}

/** Fewer words than this are no matter of their own. */
const FEWEST_WORDS = 4
/** More places than this are not tried; the ones that are said come first. */
const MOST_CUTS = 24
const MOST_PARTS = 4
const NO_MATTER = 'other'

/** "Kính gửi UBND phường. Tôi ở tổ 5.": whom and who, no matter yet. */
const SALUTATIONS = toPhrases([
  'kính gửi',
  'kính thưa',
  'kính chào',
  'gửi ủy ban',
  'gửi ubnd',
  'thưa quý',
  'dear sir',
])
const LONGEST_SALUTATION = 14

type Stretch = { readonly from: number; readonly to: number; readonly best: RankedLabel }

/** Makes a finder of texts that speak of several fields. It answers nothing unless it is sure. */
export function createPartFinder(
  rank: RankFields,
): (text: string, words: readonly Word[], isPlainText: boolean) => Part[] {
  return (text, words, isPlainText) => {
    const opening = openingEnd(text, words, isPlainText)
    const cuts = mostTelling(
      findCuts(text, words, isPlainText).filter(({ word }) => word > opening),
    )
    const judged = (from: number, to: number) =>
      rank(text.slice(words[from]?.start ?? 0, words[to - 1]?.end ?? 0))
    const stretches = divide(cuts, judged, { from: 0, to: words.length })
    if (stretches.length < 2) return []
    return stretches.slice(0, MOST_PARTS).map(({ from, to, best }) => ({
      start: words[from]?.start ?? 0,
      // What follows the last word up to the next part (a full stop) belongs to this one.
      end: to < words.length ? trimmedEnd(text, words[to]?.start ?? 0) : text.trimEnd().length,
      field: best.label,
      confidence: best.confidence,
    }))
  }
}

/** How many words the first sentences of a letter take that only greet; no matter ends within them. */
function openingEnd(text: string, words: readonly Word[], isPlainText: boolean): number {
  const greets = findPhrases(words.slice(0, 4), SALUTATIONS, isPlainText).some(
    ({ first }) => first === 0,
  )
  if (!greets) return 0
  const ends = words.flatMap((word, at) => {
    const before = words[at - 1]
    const isEnd = before && /[.!?\n]/.test(text.slice(before.end, word.start))
    return isEnd && at <= LONGEST_SALUTATION ? [at] : []
  })
  return ends.at(-1) ?? 0
}

/** Divides a stretch at its best place, then each half again; no stretch where it is of one piece. */
function divide(
  cuts: readonly Cut[],
  judged: (from: number, to: number) => readonly RankedLabel[],
  { from, to }: { readonly from: number; readonly to: number },
): Stretch[] {
  let chosen: { worth: number; left: Stretch; right: Stretch } | null = null
  for (const { word, kind } of cuts) {
    if (word - from < FEWEST_WORDS || to - word < FEWEST_WORDS) continue
    const before = judged(from, word)
    const after = judged(word, to)
    const [left, right] = [before[0], after[0]]
    if (!left || !right || !areApart(before, after, kind)) continue
    const worth = left.confidence * right.confidence + (kind === 'said' ? 1 : 0)
    if (chosen !== null && worth <= chosen.worth) continue
    chosen = { worth, left: { from, to: word, best: left }, right: { from: word, to, best: right } }
  }
  if (chosen === null) return []
  const halves = [chosen.left, chosen.right]
  return halves.flatMap((half) => {
    const divided = divide(cuts, judged, half)
    return divided.length > 0 ? divided : [half]
  })
}

function areApart(
  before: readonly RankedLabel[],
  after: readonly RankedLabel[],
  kind: CutKind,
): boolean {
  const [left, right] = [before[0], after[0]]
  if (!left || !right || left.label === right.label) return false
  if (left.label === NO_MATTER || right.label === NO_MATTER) return false
  if (Math.min(left.confidence, right.confidence) < PART_THRESHOLDS[kind]) return false
  const { shared } = PART_THRESHOLDS
  return shareOf(before, right.label) <= shared && shareOf(after, left.label) <= shared
}

function shareOf(ranked: readonly RankedLabel[], label: string): number {
  return ranked.find((each) => each.label === label)?.confidence ?? 0
}

function mostTelling(cuts: readonly Cut[]): readonly Cut[] {
  if (cuts.length <= MOST_CUTS) return cuts
  const of = (wanted: CutKind) => cuts.filter(({ kind }) => kind === wanted)
  return [...of('said'), ...of('sentence'), ...of('comma')].slice(0, MOST_CUTS)
}

function trimmedEnd(text: string, end: number): number {
  return text.slice(0, end).trimEnd().length
}
