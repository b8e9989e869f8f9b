import type { HeldOut } from './calibration.ts'
import { bestColumn, finerLabel, labelAround } from './finer-head.ts'
import type { LabelledText } from './labelled-text.ts'
import { trainLinear } from './linear.ts'
import type { SvmSettings, SvmWeights } from './svm.ts'
import type { TextProblem } from './text-problem.ts'
import { relabel, wordsAlone } from './text-problem.ts'
import { crossValidate } from './validation.ts'

/** The finer labels of a lesson's examples, learnt as one decision over all of them. */
export type FinerLesson = { readonly name: string; readonly settings: SvmSettings }

/** What was learnt of finer labels, and the weights of the labels around them beside these. */
type LearntFiner = {
  readonly weights: SvmWeights
  readonly ownWeights: SvmWeights
  readonly heldOut: HeldOut
}

/**
 * What the best finer label within a label has to say in the label's score. A label of many matters
 * (traffic: holes and bus drivers) is a union, which no single weight a word can draw.
 */
const FINER_SHARE = 0.5

/** The finer labels of examples, each with the label around it, in order. */
export function finerLabelsOf(examples: readonly LabelledText[]): string[] {
  return [...new Set(examples.flatMap((example) => fullLabel(example) ?? []))].sort()
}

/**
 * Learns the finer labels, and shares the scores of the labels around them with the best of each.
 * They look at words alone: the letters within have been heard for the labels around them already,
 * and held-out texts are told apart as well at a quarter of the work.
 */
export function learnFiner(
  problem: TextProblem,
  examples: readonly LabelledText[],
  labels: readonly string[],
  { settings, seed, weights, heldOut }: { settings: SvmSettings; seed: number } & Coarse,
): LearntFiner {
  const finerLabels = finerLabelsOf(examples)
  const idOf = new Map(finerLabels.map((label, id) => [label, id]))
  const ids = Int32Array.from(examples, (example) => idOf.get(fullLabel(example) ?? '') ?? -1)
  const finer = relabel(wordsAlone(problem), ids, finerLabels.length)
  const within = labels.map((label) =>
    finerLabels.flatMap((each, id) => (labelAround(each) === label ? [id] : [])),
  )
  const finerHeldOut = crossValidate(finer, settings, seed)
  const finerWeights = trainLinear(finer.svm, settings, seed)
  // A label without finer ones goes by its own score alone.
  const shares = Float32Array.from(within, (columns) => (columns.length > 0 ? 1 - FINER_SHARE : 1))
  return {
    weights: finerWeights.map((weight) => weight * FINER_SHARE),
    ownWeights: weights.map((weight, at) => weight * (shares[at % labels.length] ?? 1)),
    heldOut: share(heldOut, finerHeldOut, within),
  }
}

type Coarse = { readonly weights: SvmWeights; readonly heldOut: HeldOut }

function share(own: HeldOut, finer: HeldOut, within: readonly (readonly number[])[]): HeldOut {
  const scores = own.scores.map((score, at) => {
    const label = at % own.labelCount
    const text = (at - label) / own.labelCount
    const row = finer.scores.subarray(text * finer.labelCount, (text + 1) * finer.labelCount)
    const best = bestColumn(row, within[label] ?? [])
    return best < 0 ? score : (1 - FINER_SHARE) * score + FINER_SHARE * (row[best] ?? 0)
  })
  return { ...own, scores }
}

function fullLabel({ label, finer }: LabelledText): string | null {
  return finer === undefined ? null : finerLabel(label, finer)
}
