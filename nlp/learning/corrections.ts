import type { Scores, Verdict } from './classifier.ts'
import { createClassifier } from './classifier.ts'
import type { KeywordWeight } from './keywords.ts'
import { createKeywordFinder } from './keywords.ts'
import type { LabelledText } from './labelled-text.ts'
import type { Head, Model } from './model.ts'
import type { Opinion } from './opinion.ts'
import { createRandom } from './random.ts'
import type { TextVector } from './text-vector.ts'
import { createTextVectors } from './text-vector.ts'

/**
 * What people said since the model was trained: small additions to one head's weights. The model
 * itself stays as it is, so that forgetting the corrections brings it back exactly.
 */
export type Corrections = {
  /** The head's labels, then those added since. */
  readonly labels: () => readonly string[]
  /** Learns from one decision; the same decisions in the same order give the same corrections. */
  readonly learn: (example: LabelledText) => void
  /** Whether scores stay as they are. */
  readonly isEmpty: () => boolean
  /** The head's scores with what was learnt since, and one for each added label. */
  readonly correct: (text: string, scores: Scores) => Scores
  /** The verdict on corrected scores, and on the opinion of another classifier. */
  readonly judge: (corrected: Scores, opinion?: Opinion | null) => Verdict
  /** What was learnt since for a row and a label. */
  readonly weightOf: (row: number, label: string) => number
  /** What a label's score begins with that no n-gram gives. */
  readonly biasOf: (label: string) => number
  /** What an added label's keywords in the text add to its score; less as examples come in. */
  readonly keywordsIn: (text: string, label: string) => readonly KeywordWeight[]
}

/** Where corrections start from. */
export type CorrectionSources = {
  /** Labels the model was not trained on, each with words that tell of it. */
  readonly added?: readonly { readonly label: string; readonly keywords: readonly string[] }[]
  /** Texts whose labels hold: replayed now and then, so that one correction does not undo others. */
  readonly anchors?: readonly LabelledText[]
}

/** What a machine says of texts that are not its own, on average. */
const STRANGER_SCORE = -0.9
/** The largest step: one decision about one text is not to move a whole field. */
const LARGEST_STEP = 0.12
const MARGIN = 0.8
/** An added label has no training behind it, so each of its first examples counts for more. */
const ADDED_STEP = 0.3
/** Earlier decisions looked at again with every new one. */
const REPLAYED = 8
/** With so many examples of its own a label needs its keywords half as much. */
const KEYWORDS_HALVED_AT = 30
const MOST_KEPT = 4_000

type Kept = { readonly vector: TextVector; readonly base: Float64Array; readonly label: number }

/** Makes an empty layer of corrections over one head of a model. */
export function createCorrections(
  model: Model,
  head: Head,
  { added: newLabels = [], anchors = [] }: CorrectionSources = {},
): Corrections {
  const { score, judge } = createClassifier(model)
  const vectors = createTextVectors(model)
  const labels = [...head.labels]
  const addedIds: number[] = []
  const deltas = new Map<number, Float64Array>()
  const biases: number[] = labels.map(() => 0)
  const kept: Kept[] = []
  const finders = new Map(
    newLabels.map(({ label, keywords }) => [label, createKeywordFinder(keywords)]),
  )
  const examplesOf = new Map<string, number>()
  const random = createRandom(head.firstColumn + 1)

  function idOf(label: string): number {
    const known = labels.indexOf(label)
    if (known >= 0) return known
    addedIds.push(labels.length)
    biases.push(0)
    return labels.push(label) - 1
  }

  function baseOf(columns: Float64Array): Float64Array {
    const base = new Float64Array(labels.length).fill(STRANGER_SCORE)
    base.set(columns.subarray(head.firstColumn, head.firstColumn + head.labels.length))
    return base
  }

  function scoresOf(vector: TextVector, base: Float64Array): Float64Array {
    const scores = Float64Array.from(labels, (_, label) => {
      return (base[label] ?? STRANGER_SCORE) + (biases[label] ?? 0)
    })
    vector.rows.forEach((row, at) => {
      const delta = deltas.get(row)
      if (delta === undefined) return
      const value = vector.values[at] ?? 0
      for (let label = 0; label < delta.length; label++) {
        scores[label] = (scores[label] ?? 0) + value * (delta[label] ?? 0)
      }
    })
    return scores
  }

  /** One passive-aggressive step against the strongest rival, and one for each added label. */
  function step({ vector, base, label }: Kept, weight: number): void {
    const scores = scoresOf(vector, base)
    for (const added of addedIds) {
      const sign = added === label ? 1 : -1
      const loss = 1 - sign * (scores[added] ?? 0)
      const size = Math.min(ADDED_STEP * weight, loss / (vector.square + 1))
      if (loss > 0) add(vector, added, sign * size)
    }
    if (addedIds.includes(label)) return
    const rival = strongestBut(scores, label)
    if (rival < 0) return
    const loss = MARGIN - (scores[label] ?? 0) + (scores[rival] ?? 0)
    if (loss <= 0) return
    const size = Math.min(LARGEST_STEP * weight, loss / (2 * (vector.square + 1)))
    add(vector, label, size)
    add(vector, rival, -size)
  }

  function add({ rows, values }: TextVector, label: number, size: number): void {
    biases[label] = (biases[label] ?? 0) + size
    rows.forEach((row, at) => {
      let delta = deltas.get(row)
      if (delta === undefined || delta.length <= label) {
        const grown = new Float64Array(labels.length)
        if (delta) grown.set(delta)
        deltas.set(row, (delta = grown))
      }
      delta[label] = (delta[label] ?? 0) + size * (values[at] ?? 0)
    })
  }

  function keep({ text, label }: LabelledText): Kept {
    const id = idOf(label)
    const { columns } = score(text, [head])
    const entry = { vector: vectors.vectorOf(text), base: baseOf(columns), label: id }
    if (kept.length < MOST_KEPT) kept.push(entry)
    else kept[Math.floor(random() * kept.length)] = entry
    return entry
  }

  function learn(example: LabelledText): void {
    const entry = keep(example)
    examplesOf.set(example.label, (examplesOf.get(example.label) ?? 0) + 1)
    step(entry, example.weight ?? 1)
    for (let again = 0; again < REPLAYED; again++) {
      const old = kept[Math.floor(random() * kept.length)]
      if (old) step(old, 1)
    }
  }

  function keywordsIn(text: string, label: string): KeywordWeight[] {
    const share = 1 / (1 + (examplesOf.get(label) ?? 0) / KEYWORDS_HALVED_AT)
    const found = finders.get(label)?.(text) ?? []
    return found.map((each) => ({ ...each, weight: each.weight * share }))
  }

  for (const anchor of anchors) keep(anchor)
  for (const { label, keywords } of newLabels) {
    idOf(label)
    for (const text of keywords) learn({ text, label })
    examplesOf.delete(label)
  }

  return {
    labels: () => labels,
    isEmpty: () => deltas.size === 0 && addedIds.length === 0,
    learn,
    correct: (text, { columns, knownShare }) => {
      const corrected = scoresOf(vectors.vectorOf(text), baseOf(columns))
      for (const id of addedIds) {
        const found = keywordsIn(text, labels[id] ?? '')
        corrected[id] = found.reduce((sum, { weight }) => sum + weight, corrected[id] ?? 0)
      }
      return { columns: corrected, knownShare }
    },
    keywordsIn,
    judge: (corrected, opinion) => judge({ ...head, labels, firstColumn: 0 }, corrected, opinion),
    weightOf: (row, label) => deltas.get(row)?.[labels.indexOf(label)] ?? 0,
    biasOf: (label) => {
      const id = labels.indexOf(label)
      return (biases[id] ?? 0) + (addedIds.includes(id) ? STRANGER_SCORE : 0)
    },
  }
}

function strongestBut(scores: Float64Array, label: number): number {
  let best = -1
  scores.forEach((score, other) => {
    if (other !== label && (best < 0 || score > (scores[best] ?? 0))) best = other
  })
  return best
}
