import { createSimilarity } from '../similarity.ts'
import { createScanner } from '../text/scan.ts'
import { createFeatures, extractFeatures } from './features.ts'
import type { Model } from './model.ts'

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

const NEAR_SAME = 0.8
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
export function createContradictionFinder(model: Model): ContradictionFinder {
  const similarity = createSimilarity(model)
  const scan = createScanner()
  const features = createFeatures()
  const byKey = new Map<number, Decided[]>()

  /** The smallest hashes of the text's word pairs: near-same texts share most of them. */
  function keysOf(text: string): number[] {
    extractFeatures(scan(text), features, true)
    const pairs = new Set<number>()
    for (let at = features.groupEnds[1] ?? 0; at < features.count; at++) {
      const isPair = features.firstWords[at] !== features.lastWords[at]
      if (isPair) pairs.add(features.hashes[at] ?? 0)
    }
    // A text of one word has no pairs.
    if (pairs.size === 0) pairs.add(features.hashes[features.count - 1] ?? 0)
    return [...pairs].sort((a, b) => a - b).slice(0, SKETCH_SIZE)
  }

  /** Those that share the most keys. */
  function candidatesFor(keys: readonly number[]): Decided[] {
    const shared = new Map<Decided, number>()
    for (const key of keys) {
      for (const other of byKey.get(key) ?? []) shared.set(other, (shared.get(other) ?? 0) + 1)
    }
    return [...shared]
      .sort(([, a], [, b]) => b - a)
      .slice(0, MOST_CANDIDATES)
      .map(([other]) => other)
  }

  return {
    add: (decided, isSettled = false) => {
      const keys = keysOf(decided.text)
      const rival = candidatesFor(keys).find(
        ({ id, label, text }) =>
          id !== decided.id &&
          label !== decided.label &&
          similarity(text, decided.text) >= NEAR_SAME,
      )
      if (rival !== undefined && !isSettled) {
        return { id: decided.id, reason: 'contradicts', expected: rival.label, against: rival.id }
      }
      for (const key of keys) {
        const known = byKey.get(key)
        if (known === undefined) byKey.set(key, [decided])
        else known.push(decided)
      }
      return null
    },
  }
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
