import type { Classifier } from './classifier.ts'
import type { Head } from './model.ts'
import type { LabelledText } from './labelled-text.ts'

/** How well one label was met. */
export type LabelScore = {
  readonly precision: number
  readonly recall: number
  readonly f1: number
  readonly count: number
}

/** How well a model did on texts whose labels are known. */
export type Evaluation = {
  readonly count: number
  readonly accuracy: number
  /** Mean F1 over the labels of the texts and those predicted. */
  readonly macroF1: number
  /** Expected calibration error over ten equal-width bins. */
  readonly ece: number
  /** Share of texts that could be decided automatically with 95 % of them right. */
  readonly coverageAt95: number
  /** Share that the model would have decided automatically, and how many of these were right. */
  readonly automatic: { readonly coverage: number; readonly precision: number }
  readonly perLabel: Readonly<Record<string, LabelScore>>
}

/** One prediction beside the truth. */
export type Outcome = {
  readonly label: string
  readonly predicted: string
  readonly confidence: number
  readonly abstain: boolean
}

const BINS = 10
const WANTED_PRECISION = 0.95

/** What a classifier says of each text. */
export function predictAll(
  classifier: Classifier,
  head: Head,
  examples: readonly LabelledText[],
): Outcome[] {
  return examples.map(({ text, label }) => {
    const { ranked, abstain } = classifier.judge(head, classifier.score(text))
    return {
      label,
      predicted: ranked[0]?.label ?? '',
      confidence: ranked[0]?.confidence ?? 0,
      abstain,
    }
  })
}

/** Sums outcomes up. */
export function evaluate(outcomes: readonly Outcome[]): Evaluation {
  const perLabel = scoreLabels(outcomes)
  const f1s = Object.values(perLabel).map((score) => score.f1)
  const automatic = outcomes.filter((outcome) => !outcome.abstain)
  return {
    count: outcomes.length,
    accuracy: shareRight(outcomes),
    macroF1: f1s.reduce((sum, f1) => sum + f1, 0) / Math.max(f1s.length, 1),
    ece: calibrationError(outcomes),
    coverageAt95: coverageAt(outcomes, WANTED_PRECISION),
    automatic: {
      coverage: automatic.length / Math.max(outcomes.length, 1),
      precision: shareRight(automatic),
    },
    perLabel,
  }
}

function isRight(outcome: Outcome): boolean {
  return outcome.label === outcome.predicted
}

function shareRight(outcomes: readonly Outcome[]): number {
  return outcomes.length === 0 ? 0 : outcomes.filter(isRight).length / outcomes.length
}

function scoreLabels(outcomes: readonly Outcome[]): Record<string, LabelScore> {
  const labels = new Set(outcomes.flatMap(({ label, predicted }) => [label, predicted]))
  const counts = new Map([...labels].map((label) => [label, { count: 0, predicted: 0, right: 0 }]))
  for (const outcome of outcomes) {
    const truth = counts.get(outcome.label)
    const guess = counts.get(outcome.predicted)
    if (truth) truth.count++
    if (guess) guess.predicted++
    if (guess && isRight(outcome)) guess.right++
  }
  return Object.fromEntries(
    [...counts]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([label, { count, predicted, right }]) => {
        const precision = predicted > 0 ? right / predicted : 0
        const recall = count > 0 ? right / count : 0
        const f1 = right > 0 ? (2 * precision * recall) / (precision + recall) : 0
        return [label, { precision, recall, f1, count }]
      }),
  )
}

function calibrationError(outcomes: readonly Outcome[]): number {
  const bins = Array.from({ length: BINS }, () => ({ count: 0, confidence: 0, right: 0 }))
  for (const outcome of outcomes) {
    const bin = bins[Math.min(Math.floor(outcome.confidence * BINS), BINS - 1)]
    if (!bin) continue
    bin.count++
    bin.confidence += outcome.confidence
    if (isRight(outcome)) bin.right++
  }
  const off = bins.reduce((sum, bin) => sum + Math.abs(bin.confidence - bin.right), 0)
  return off / Math.max(outcomes.length, 1)
}

function coverageAt(outcomes: readonly Outcome[], precision: number): number {
  const sorted = [...outcomes].sort((a, b) => b.confidence - a.confidence)
  let right = 0
  let covered = 0
  sorted.forEach((outcome, taken) => {
    if (isRight(outcome)) right++
    if (right >= precision * (taken + 1)) covered = taken + 1
  })
  return covered / Math.max(outcomes.length, 1)
}
