import type { WordWeight } from './classifier.ts'
import type { Corrections } from './corrections.ts'
import { bestColumn, refinementsOf } from './finer-head.ts'
import { type Head, type Model, weightOf } from './model.ts'
import { createTextVectors, type Occurrence } from './text-vector.ts'

/** How it was looked at: as written, as groups of letters, without diacritics; or found as a keyword. */
export type View = 'written' | 'letters' | 'plain' | 'keyword'

/** What the n-grams over one stretch of the original text added to a label's score. */
export type Contribution = {
  readonly start: number
  readonly end: number
  readonly view: View
  readonly weight: number
}

/** Why a label scored as it did: `bias` and the contributions add up to `score`. */
export type LabelExplanation = {
  readonly label: string
  readonly score: number
  readonly bias: number
  /** In reading order. */
  readonly contributions: readonly Contribution[]
}

const VIEWS: readonly View[] = ['written', 'letters', 'plain']

/** Explains scores of one head, with what was learnt since where corrections are given. */
export function createLabelExplainer(
  model: Model,
  head: Head,
  corrections: Corrections | null = null,
): (text: string, label: string) => LabelExplanation {
  const vectors = createTextVectors(model)
  const refinement = refinementsOf(model).find((each) => each.head === head)

  /** The columns behind a label's score: its own, and that of the text's best finer label. */
  function columnsBehind(occurrences: readonly Occurrence[], label: string): number[] {
    const at = head.labels.indexOf(label)
    if (at < 0) return []
    const within = refinement?.columnsWithin[at] ?? []
    const scores = within.map((column) =>
      occurrences.reduce(
        (sum, { row, value }) => sum + value * weightOf(model, row, column),
        model.biases[column] ?? 0,
      ),
    )
    const best = bestColumn(scores, [...scores.keys()])
    return best < 0 ? [head.firstColumn + at] : [head.firstColumn + at, within[best] ?? 0]
  }

  return (text, label) => {
    const occurrences = vectors.occurrencesOf(text)
    const columns = columnsBehind(occurrences, label)
    const weightInAll = (row: number): number =>
      columns.reduce(
        (sum, column) => sum + weightOf(model, row, column),
        corrections?.weightOf(row, label) ?? 0,
      )
    const bias = columns.reduce(
      (sum, column) => sum + (model.biases[column] ?? 0),
      corrections?.biasOf(label) ?? 0,
    )
    const byStretch = new Map<string, Contribution>()
    for (const { row, start, end, group, value } of occurrences) {
      const view = VIEWS[group] ?? 'letters'
      const key = `${String(start)}:${String(end)}:${view}`
      const before = byStretch.get(key)?.weight ?? 0
      byStretch.set(key, { start, end, view, weight: before + value * weightInAll(row) })
    }
    const keywords = corrections?.keywordsIn(text, label) ?? []
    const contributions = [
      ...byStretch.values(),
      ...keywords.map((each) => ({ ...each, view: 'keyword' as const })),
    ].sort((a, b) => a.start - b.start || a.end - b.end)
    const score = contributions.reduce((sum, { weight }) => sum + weight, bias)
    return { label, score, bias, contributions }
  }
}

/** The same contributions word by word: a pair's belongs to both of its words, half each. */
export function wordWeightsOf(contributions: readonly Contribution[]): WordWeight[] {
  const starts = new Map<number, { start: number; end: number; weight: number }>()
  for (const { start, end } of contributions) {
    const known = starts.get(start)
    if (known === undefined || end < known.end) starts.set(start, { start, end, weight: 0 })
  }
  const byEnd = new Map([...starts.values()].map((word) => [word.end, word]))
  for (const { start, end, weight } of contributions) {
    for (const word of [starts.get(start), byEnd.get(end)]) if (word) word.weight += weight / 2
  }
  return [...starts.values()].sort((a, b) => a.start - b.start)
}
