import type { Scan } from '../text/scan.ts'
import { createScanner } from '../text/scan.ts'
import { confidences } from './calibration.ts'
import { letterColumns, scoreHead } from './columns.ts'
import { createFeatures, extractFeatures } from './features.ts'
import { bestColumn, refinementsOf } from './finer-head.ts'
import { createMender } from './mending.ts'
import { type Head, type Model, weightOf } from './model.ts'
import { mixOpinion, type Opinion } from './opinion.ts'
import { shortFormsToMap } from './short-forms.ts'
import { createVectorizer, rowOf } from './vocabulary.ts'
import { createTextWeigher } from './weighed-text.ts'

/** A label with its calibrated confidence. */
export type RankedLabel = { readonly label: string; readonly confidence: number }

/** One head's verdict on one text. */
export type Verdict = {
  /** The four likeliest labels, most likely first; the confidences of all labels sum to 1. */
  readonly ranked: readonly RankedLabel[]
  /** True where a person should decide. */
  readonly abstain: boolean
}

/** How much one word of the text spoke for a label rather than for another. */
export type WordWeight = { readonly start: number; readonly end: number; readonly weight: number }

/** All heads' scores for one text, and the share of its words that are in the vocabulary. */
export type Scores = { readonly columns: Float64Array; readonly knownShare: number }

/** A model ready to read texts, with buffers of its own. Not to be shared between threads. */
export type Classifier = {
  readonly model: Model
  /** Scores these heads and their finer ones, or all; the columns of others mean nothing. */
  readonly score: (text: string, heads?: readonly Head[]) => Scores
  /** With the opinion of another classifier, the verdict on both. */
  readonly judge: (head: Head, scores: Scores, opinion?: Opinion | null) => Verdict
  /** Exact contributions to `score(label) - score(against)`, word by word. */
  readonly explain: (
    text: string,
    head: Head,
    label: string,
    against: string | null,
  ) => WordWeight[]
}

const MOST_RANKED = 4
/** With fewer of a text's words known, its label is a guess whatever the scores say. */
const LEAST_KNOWN = 0.34

/** Longer texts are read up to here: what they are about has been said by then. */
export const READ_LIMIT = 16_000

/** Makes a classifier from a model. */
export function createClassifier(model: Model): Classifier {
  const scan = createScanner(shortFormsToMap(model.shortForms))
  const features = createFeatures()
  const mend = createMender(model.vocabulary)
  const vectorizer = createVectorizer(model.vocabulary)
  const weigh = createTextWeigher(model)
  const refinements = refinementsOf(model)

  function scanStart(text: string): Scan {
    return scan(text.length > READ_LIMIT ? text.slice(0, READ_LIMIT) : text)
  }

  function score(text: string, heads: readonly Head[] = model.heads): Scores {
    const refined = refinements.filter(({ head }) => heads.includes(head))
    const wanted = new Set([...heads, ...refined.map(({ finer }) => finer)])
    const weighed = weigh(scanStart(text), letterColumns(wanted))
    const columns = new Float64Array(model.columnCount)
    for (const head of wanted) scoreHead(model, weighed, head, columns)
    for (const { head, columnsWithin } of refined) {
      for (const [label, within] of columnsWithin.entries()) {
        const column = head.firstColumn + label
        columns[column] = (columns[column] ?? 0) + (columns[bestColumn(columns, within)] ?? 0)
      }
    }
    return { columns, knownShare: weighed.knownShare }
  }

  function explain(text: string, head: Head, label: string, against: string | null): WordWeight[] {
    const own = columnsBehind(text, head, label)
    const rivals = against === null ? [] : columnsBehind(text, head, against)
    const words = scanStart(text)
    extractFeatures(words, features, false, mend(words))
    vectorizer.vectorize(features)
    const weights = new Float64Array(words.count)
    const occurrences = countOccurrences()
    for (let at = 0; at < features.count; at++) {
      const row = rowOf(model.vocabulary, features.hashes[at] ?? 0)
      if (row < 0) continue
      const add = (sum: number, column: number): number => sum + weightOf(model, row, column)
      const difference = own.reduce(add, 0) - rivals.reduce(add, 0)
      const value = vectorizer.vector.values[vectorizer.positionOf(row)] ?? 0
      const share = (value * difference) / (occurrences.get(row) ?? 1)
      const first = features.firstWords[at] ?? 0
      const last = features.lastWords[at] ?? 0
      // A pair's contribution belongs to both of its words, half each.
      weights[first] = (weights[first] ?? 0) + share / 2
      weights[last] = (weights[last] ?? 0) + share / 2
    }
    return Array.from(weights, (weight, word) => ({
      start: words.starts[word] ?? 0,
      end: words.ends[word] ?? 0,
      weight,
    }))
  }

  /** The columns that a label's score is the sum of: its own, and that of its best finer label. */
  function columnsBehind(text: string, head: Head, label: string): number[] {
    const at = head.labels.indexOf(label)
    const refinement = refinements.find((each) => each.head === head)
    if (!refinement) return [head.firstColumn + at]
    const finer = bestColumn(score(text, [head]).columns, refinement.columnsWithin[at] ?? [])
    return finer < 0 ? [head.firstColumn + at] : [head.firstColumn + at, finer]
  }

  function countOccurrences(): Map<number, number> {
    const counts = new Map<number, number>()
    for (let at = 0; at < features.count; at++) {
      const row = rowOf(model.vocabulary, features.hashes[at] ?? 0)
      counts.set(row, (counts.get(row) ?? 0) + 1)
    }
    return counts
  }

  return { model, score, judge: createJudge(), explain }
}

/** Makes a judge with a buffer of its own. */
function createJudge(): Classifier['judge'] {
  let linear = new Float64Array(0)
  return (head, { columns, knownShare }, opinion = null) => {
    const { labels, firstColumn, calibration } = head
    const own = columns.subarray(firstColumn, firstColumn + labels.length)
    if (linear.length !== own.length) linear = new Float64Array(own.length)
    confidences(own, calibration, knownShare, linear)
    const shares = opinion === null ? linear : mixOpinion(labels, linear, opinion)
    // Alone, scores rank: the confidences of close labels may have come out equal.
    const ranked = strongest(opinion === null ? own : shares, MOST_RANKED).map((index) => ({
      label: labels[index] ?? '',
      confidence: shares[index] ?? 0,
    }))
    const best = ranked[0]?.confidence ?? 0
    return { ranked, abstain: knownShare < LEAST_KNOWN || best < calibration.threshold }
  }
}

/** Indices of the highest scores, the highest first, without sorting the rest. */
function strongest(scores: Float64Array, wanted: number): number[] {
  const top: number[] = []
  for (let index = 0; index < scores.length; index++) {
    const score = scores[index] ?? 0
    let at = top.length
    if (at === wanted && score <= (scores[top[at - 1] ?? 0] ?? 0)) continue
    if (at === wanted) at--
    for (; at > 0 && (scores[top[at - 1] ?? 0] ?? 0) < score; at--) top[at] = top[at - 1] ?? 0
    top[at] = index
  }
  return top
}
