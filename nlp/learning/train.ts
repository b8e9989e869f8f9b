import type { Calibration } from './calibration.ts'
import { fitCalibration, UNCALIBRATED } from './calibration.ts'
import type { FinerLesson } from './finer-lesson.ts'
import { finerLabelsOf, learnFiner } from './finer-lesson.ts'
import type { LabelledText } from './labelled-text.ts'
import type { HeldOutScore, Model } from './model.ts'
import { shortFormsToMap } from './short-forms.ts'
import { trainLinear } from './linear.ts'
import type { SvmSettings, SvmWeights } from './svm.ts'
import type { TextProblem } from './text-problem.ts'
import { createTextReader } from './text-problem.ts'
import {
  chooseSettings,
  crossValidate,
  measureHeldOut,
  trainOnDevelopment,
  USUAL_SETTINGS,
} from './validation.ts'
import { type ColumnCounts, fitsModel, type LearntHead, packHeads } from './weight-tables.ts'

/** A decision to learn. */
export type Lesson = {
  readonly name: string
  readonly examples: readonly LabelledText[]
  /** Texts kept out of training: the cost and the confidences are fitted on them. */
  readonly development?: readonly LabelledText[]
  /** Only the order of its labels is wanted: no time is spent on confidences. */
  readonly isUncalibrated?: boolean
  /** Chosen before: no time is spent on choosing. */
  readonly settings?: SvmSettings
  /** Finer labels that the examples have, learnt beside; the texts are held out in turn. */
  readonly finer?: FinerLesson
  /** How often an automatic decision must be right on texts kept out of training. */
  readonly wantedPrecision?: number
}

/** How to train. */
export type TrainingOptions = {
  readonly seed: number
  readonly shortForms?: Readonly<Record<string, string>>
  readonly onProgress?: (step: string) => void
}

/** What cannot be learnt from, in words for the person who gave it. */
export class LessonError extends Error {
  override name = 'LessonError'
}

const MOST_LABELS = 2_000

/** Trains all lessons over one vocabulary. The same lessons and seed give the same model. */
export function trainModel(
  lessons: readonly Lesson[],
  options: TrainingOptions,
): Omit<Model, 'version'> {
  const { seed, shortForms = {}, onProgress } = options
  const labelSets = lessons.map(labelsOf)
  const reader = createTextReader(shortFormsToMap(shortForms))
  onProgress?.('counting n-grams')
  // Lessons may share texts: each is counted once.
  const texts = new Set(lessons.flatMap(({ examples }) => examples.map(({ text }) => text)))
  const columns = countColumns(lessons, labelSets)
  const vocabulary = reader.countVocabulary([...texts], fitsModel(columns))
  const learnt = lessons.flatMap((lesson, index) => {
    onProgress?.(`reading ${lesson.name}`)
    const labels = labelSets[index] ?? []
    const all = [...lesson.examples, ...(lesson.development ?? [])]
    const problem = reader.toProblem(all, labels, vocabulary)
    return toHeads(
      lesson,
      labels,
      learn(lesson, problem, seed, (step) => {
        onProgress?.(`training ${lesson.name}: ${step}`)
      }),
    )
  })
  return { shortForms, vocabulary, ...packHeads(learnt, vocabulary) }
}

function countColumns(
  lessons: readonly Lesson[],
  labelSets: readonly (readonly string[])[],
): ColumnCounts {
  const finerSets = lessons.map(({ finer, examples }) => (finer ? finerLabelsOf(examples) : []))
  const total = (sets: readonly (readonly string[])[]): number =>
    sets.reduce((sum, { length }) => sum + length, 0)
  return { all: total(labelSets), words: total(finerSets) }
}

/** The head of a lesson, and that of its finer labels. */
function toHeads(
  { name, finer, examples }: Lesson,
  labels: readonly string[],
  { weights, finerWeights, calibration, heldOut }: Learnt,
): LearntHead[] {
  const head = { name, labels, calibration, heldOut }
  if (!finer || !finerWeights) return [{ head, weights }]
  const finerHead = {
    name: finer.name,
    labels: finerLabelsOf(examples),
    reads: 'words' as const,
    calibration: UNCALIBRATED,
    heldOut: null,
  }
  return [
    { head: { ...head, finer: finer.name }, weights },
    { head: finerHead, weights: finerWeights },
  ]
}

type Learnt = {
  weights: SvmWeights
  finerWeights?: SvmWeights
  calibration: Calibration
  heldOut: HeldOutScore | null
}

function learn(
  lesson: Lesson,
  problem: TextProblem,
  seed: number,
  onProgress: (step: string) => void,
): Learnt {
  if (lesson.isUncalibrated) {
    const weights = trainLinear(problem.svm, USUAL_SETTINGS, seed)
    return { weights, calibration: UNCALIBRATED, heldOut: null }
  }
  if (lesson.development && lesson.development.length > 0) {
    const { weights, heldOut } = trainOnDevelopment(
      problem,
      lesson.examples.length,
      seed,
      onProgress,
    )
    return {
      weights,
      calibration: fitCalibration(heldOut, lesson.wantedPrecision),
      heldOut: measureHeldOut(heldOut),
    }
  }
  const { settings, heldOut: known } = lesson.settings
    ? { settings: lesson.settings, heldOut: null }
    : chooseSettings(problem, seed, onProgress)
  if (!known) onProgress('scoring texts held out in turn')
  const heldOut = known ?? crossValidate(problem, settings, seed)
  onProgress('learning all texts')
  const weights = trainLinear(problem.svm, settings, seed)
  const { finer, examples, wantedPrecision } = lesson
  if (finer) {
    onProgress('learning finer labels')
    const coarse = { weights, heldOut, seed, settings: finer.settings }
    const shared = learnFiner(problem, examples, labelsOf(lesson), coarse)
    return {
      weights: shared.ownWeights,
      finerWeights: shared.weights,
      calibration: fitCalibration(shared.heldOut, wantedPrecision),
      heldOut: measureHeldOut(shared.heldOut),
    }
  }
  return {
    weights,
    calibration: fitCalibration(heldOut, wantedPrecision),
    heldOut: measureHeldOut(heldOut),
  }
}

function labelsOf({ name, examples, development = [] }: Lesson): string[] {
  const labels = [...new Set(examples.map((example) => example.label))].sort()
  if (labels.length === 0) throw new LessonError(`There is nothing to learn for "${name}".`)
  if (labels.length > MOST_LABELS) {
    throw new LessonError(
      `"${name}" has ${String(labels.length)} labels; at most ${String(MOST_LABELS)} can be learnt.`,
    )
  }
  const known = new Set(labels)
  const unknown = development.find((example) => !known.has(example.label))
  if (unknown) {
    throw new LessonError(
      `The development texts have the label "${unknown.label}", which no training text has.`,
    )
  }
  return labels
}
