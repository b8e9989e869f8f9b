import type { LikenessResources } from '../likeness/detector.ts'
import type { Print } from '../likeness/print.ts'
import { createPrinter } from '../likeness/print.ts'
import { wording } from '../likeness/score.ts'
import { decodeWordCounts, weightsFrom } from '../likeness/word-counts.ts'

/** A person's decision as doubts see it; `id` names it, `by` whoever decided. */
export type Decided = {
  readonly id: string
  readonly text: string
  readonly label: string
  readonly by: string
}

/** Why an example should be looked at before anything learns from it. */
export type Doubt = {
  readonly id: string
  readonly reason: 'contradicts' | 'unlikely' | 'one-against-all'
  /** The label that the others, or the model, would have given. */
  readonly expected: string
  /** The example it contradicts. */
  readonly against: string | null
}

/** What a model that has not seen an example says of it. */
export type HeldOutVerdict = {
  readonly predicted: string
  /** By how much the predicted label's score is above the given one's. */
  readonly lead: number
}

/** An earlier decision, with what is compared of its text. */
type Known = { readonly id: string; readonly label: string; readonly print: Print }

const NEAR_SAME = 0.75
/** A lead like this over the given label is rare among right labels. */
const CLEAR_LEAD = 0.9
const SKETCH_SIZE = 16
const MOST_CANDIDATES = 20
const LEAST_DECISIONS = 5
const HIGH_SHARE = 0.5
const CLEARLY_MORE = 3

/** Finds near-same texts with different labels; answers as each decision arrives. */
export type ContradictionFinder = {
  /**
   * The doubt about this decision beside the earlier ones. It joins them where there is none, or
   * where somebody settled it.
   */
  readonly add: (decided: Decided, isSettled?: boolean) => Doubt | null
}

/** Starts without any decisions; texts are compared blind to diacritics, case and short forms. */
export function createContradictionFinder(resources: LikenessResources): ContradictionFinder {
  const print = createPrinter(resources.shortForms)
  const weightOf = weightsFrom(decodeWordCounts(resources.wordCounts))
  const byKey = new Map<number, Known[]>()

  /** Those that share the most keys. */
  function candidatesFor(keys: Uint32Array): Known[] {
    const shared = new Map<Known, number>()
    for (const key of keys) {
      for (const other of byKey.get(key) ?? []) shared.set(other, (shared.get(other) ?? 0) + 1)
    }
    return [...shared]
      .sort(([, a], [, b]) => b - a)
      .slice(0, MOST_CANDIDATES)
      .map(([other]) => other)
  }

  return {
    add: ({ id, text, label }, isSettled = false) => {
      const own = print(text)
      const keys = keysOf(own)
      const [rival] = candidatesFor(keys)
        .filter((known) => known.id !== id && known.label !== label)
        .map((known) => ({ known, alike: wording(known.print, own, weightOf) }))
        .filter(({ alike }) => alike >= NEAR_SAME)
        .sort((a, b) => b.alike - a.alike)
      if (rival !== undefined && !isSettled) {
        const { known } = rival
        return { id, reason: 'contradicts', expected: known.label, against: known.id }
      }
      const added: Known = { id, label, print: own }
      for (const key of keys) {
        const known = byKey.get(key)
        if (known === undefined) byKey.set(key, [added])
        else known.push(added)
      }
      return null
    },
  }
}

/** The smallest hashes of the text's word pairs: near-same texts share most of them. */
function keysOf({ pairs, words }: Print): Uint32Array {
  // A text of one word has no pairs.
  return (pairs.length === 0 ? words : pairs).subarray(0, SKETCH_SIZE)
}

/** Decisions that a model which has not seen them finds very unlikely, by person and one by one. */
export function findUnlikely(
  decisions: readonly Decided[],
  verdictOf: (decided: Decided) => HeldOutVerdict,
): Doubt[] {
  const judged = decisions.map((decided) => {
    const { predicted, lead } = verdictOf(decided)
    return { decided, predicted, isUnlikely: predicted !== decided.label && lead >= CLEAR_LEAD }
  })
  const alone = peopleAgainstAll(
    judged.map(({ decided, isUnlikely }) => ({ ...decided, isUnlikely })),
  )
  return judged.flatMap(({ decided, predicted, isUnlikely }): Doubt[] => {
    if (!isUnlikely) return []
    const reason = alone.has(decided.by) ? 'one-against-all' : 'unlikely'
    return [{ id: decided.id, reason, expected: predicted, against: null }]
  })
}

/** People of whose decisions most are unlikely while those of the others are not. */
function peopleAgainstAll(
  decisions: readonly { readonly by: string; readonly isUnlikely: boolean }[],
): ReadonlySet<string> {
  const counts = new Map<string, { count: number; unlikely: number }>()
  for (const { by, isUnlikely } of decisions) {
    const count = counts.get(by) ?? { count: 0, unlikely: 0 }
    counts.set(by, { count: count.count + 1, unlikely: count.unlikely + (isUnlikely ? 1 : 0) })
  }
  const unlikely = decisions.filter(({ isUnlikely }) => isUnlikely).length
  return new Set(
    [...counts].flatMap(([by, own]) => {
      const share = own.unlikely / own.count
      const others = (unlikely - own.unlikely) / Math.max(decisions.length - own.count, 1)
      const isAlone =
        own.count >= LEAST_DECISIONS && share >= HIGH_SHARE && share >= CLEARLY_MORE * others
      return isAlone ? [by] : []
    }),
  )
}
