import type { Calibration } from './calibration.ts'
import { fitCalibration, UNCALIBRATED } from './calibration.ts'
import type { FinerLesson } from './finer-lesson.ts'
import { finerLabelsOf, learnFiner } from './finer-lesson.ts'
import type { LabelledText } from './labelled-text.ts'
import type { Head, HeldOutScore, Model } from './model.ts'
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

const LARGEST_MODEL_BYTES = 28_000_000
/** Two table slots, inverse document frequency and scale. */
const BYTES_PER_ROW = 28
const MOST_LABELS = 2_000

/** Trains all lessons over one vocabulary. The same lessons and seed give the same model. */
export function trainModel(
  lessons: readonly Lesson[],
  options: TrainingOptions,
): Omit<Model, 'version'> {
  const { seed, shortForms = {}, onProgress } = options
  const labelSets = lessons.map(labelsOf)
  const finerSets = lessons.map(({ finer, examples }) => (finer ? finerLabelsOf(examples) : []))
  const columnCount = [...labelSets, ...finerSets].reduce((sum, { length }) => sum + length, 0)
  const reader = createTextReader(shortFormsToMap(shortForms))
  onProgress?.('counting n-grams')
  // Lessons may share texts: each is counted once.
  const texts = new Set(lessons.flatMap(({ examples }) => examples.map(({ text }) => text)))
  const rowLimit = Math.floor(LARGEST_MODEL_BYTES / (BYTES_PER_ROW + columnCount * 2))
  const vocabulary = reader.countVocabulary([...texts], rowLimit)
  const columns = new Float32Array(vocabulary.rowCount * columnCount)
  const biases = new Float32Array(columnCount)
  const heads: Head[] = []
  let firstColumn = 0
  lessons.forEach((lesson, index) => {
    onProgress?.(`reading ${lesson.name}`)
    const labels = labelSets[index] ?? []
    const problem = reader.toProblem(
      [...lesson.examples, ...(lesson.development ?? [])],
      labels,
      vocabulary,
    )
    const { weights, finerWeights, calibration, heldOut } = learn(lesson, problem, seed, (step) => {
      onProgress?.(`training ${lesson.name}: ${step}`)
    })
    copyColumns(weights, labels.length, columns, firstColumn, biases)
    const head = { name: lesson.name, labels, firstColumn, calibration, heldOut }
    firstColumn += labels.length
    if (!lesson.finer || !finerWeights) {
      heads.push(head)
      return
    }
    const finer = { name: lesson.finer.name, labels: finerSets[index] ?? [], firstColumn }
    copyColumns(finerWeights, finer.labels.length, columns, firstColumn, biases)
    firstColumn += finer.labels.length
    heads.push({ ...head, finer: finer.name })
    heads.push({ ...finer, reads: 'words', calibration: UNCALIBRATED, heldOut: null })
  })
  const { scales, quantized } = quantize(columns, columnCount)
  return { shortForms, vocabulary, heads, columnCount, scales, quantized, biases }
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

function copyColumns(
  weights: SvmWeights,
  labelCount: number,
  columns: Float32Array,
  firstColumn: number,
  biases: Float32Array,
): void {
  const rowCount = weights.length / labelCount - 1
  const columnCount = biases.length
  for (let row = 0; row < rowCount; row++) {
    const from = weights.subarray(row * labelCount, (row + 1) * labelCount)
    columns.set(from, row * columnCount + firstColumn)
  }
  biases.set(weights.subarray(rowCount * labelCount), firstColumn)
}

/** 16 bits a weight, with one scale a row: the loss is far below what decides. */
function quantize(
  columns: Float32Array,
  columnCount: number,
): { scales: Float32Array; quantized: Int16Array } {
  const scales = new Float32Array(columns.length / columnCount)
  const quantized = new Int16Array(columns.length)
  for (let row = 0; row < scales.length; row++) {
    const base = row * columnCount
    let largest = 0
    for (let at = base; at < base + columnCount; at++) {
      largest = Math.max(largest, Math.abs(columns[at] ?? 0))
    }
    if (largest === 0) continue
    const scale = largest / 32767
    scales[row] = scale
    for (let at = base; at < base + columnCount; at++) {
      quantized[at] = Math.round((columns[at] ?? 0) / scale)
    }
  }
  return { scales, quantized }
}
