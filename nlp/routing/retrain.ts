import { createClassifier } from '../learning/classifier.ts'
import type { Comparison } from '../learning/compare.ts'
import { compareOutcomes } from '../learning/compare.ts'
import { crossVerdicts } from '../learning/cross-verdicts.ts'
import type { Doubt } from '../learning/doubts.ts'
import { createContradictionFinder, findUnlikely } from '../learning/doubts.ts'
import { predictAll } from '../learning/evaluate.ts'
import { decodeModel, encodeModel } from '../learning/model-file.ts'
import type { Model } from '../learning/model.ts'
import { isNotWorse } from '../learning/not-worse.ts'
import type { Lesson, TrainingOptions } from '../learning/train.ts'
import { trainModel } from '../learning/train.ts'
import type { LikenessResources } from '../likeness/detector.ts'
import type { FieldDecision } from './learnt-lessons.ts'
import { withDecisions } from './learnt-lessons.ts'
import { fieldHeadOf } from './field-head.ts'
import { HEAD_NAMES } from './lessons.ts'

/** A decision to train on, oldest first. */
export type DatedDecision = FieldDecision & {
  readonly id: string
  readonly by: string
  /** Looked at by an administrator and kept: it is doubted no more. */
  readonly isSettled: boolean
}

/** What a night's training made. */
export type Retrained = {
  readonly bytes: Uint8Array
  readonly version: string
  /** The model in use and the new one on the newest held-back tenth. */
  readonly comparison: Comparison
  readonly isNotWorse: boolean
  /** Decisions that nothing was learnt from; an administrator looks at them. */
  readonly doubts: readonly Doubt[]
  /** How many decisions it was trained on; the held-back ones are the newest and not among them. */
  readonly learntCount: number
}

const HELD_BACK = 0.1
/** The newest decisions are what a night has time for. */
const MOST_DECISIONS = 30_000

/** What a night's training starts from. */
export type RetrainSources = {
  readonly lessons: readonly Lesson[]
  /** Oldest first. */
  readonly decisions: readonly DatedDecision[]
  /** The model in use. */
  readonly live: Model
  /** What tells texts that are nearly the same. */
  readonly likeness: LikenessResources
}

/** Trains anew from the shipped lessons and people's decisions, and compares with the model in use. */
export function retrain(sources: RetrainSources, options: TrainingOptions): Retrained {
  const { lessons, decisions, live } = sources
  const newest = decisions.slice(-MOST_DECISIONS)
  options.onProgress?.('looking for doubtful decisions')
  const doubts = findDoubts({ ...sources, decisions: newest }, options)
  const doubtful = new Set(doubts.map(({ id }) => id))
  const sound = newest.filter(({ id }) => !doubtful.has(id))
  const heldCount = Math.ceil(sound.length * HELD_BACK)
  const learnt = sound.slice(0, sound.length - heldCount)
  const held = sound.slice(sound.length - heldCount)
  const bytes = encodeModel(trainModel(withDecisions(lessons, learnt), options))
  options.onProgress?.('comparing with the model in use')
  const made = decodeModel(bytes)
  const comparison = compareOutcomes(outcomesOf(live, held), outcomesOf(made, held))
  return {
    bytes,
    version: made.version,
    comparison,
    isNotWorse: isNotWorse(comparison),
    doubts,
    learntCount: learnt.length,
  }
}

function findDoubts(
  { lessons, decisions, likeness }: RetrainSources,
  options: TrainingOptions,
): Doubt[] {
  const decided = decisions.map(({ id, text, field, by }) => ({ id, text, label: field, by }))
  const settled = new Set(decisions.flatMap(({ id, isSettled }) => (isSettled ? [id] : [])))
  const finder = createContradictionFinder(likeness)
  const contradictions = decided.flatMap((each) => finder.add(each, settled.has(each.id)) ?? [])
  const background = lessons.find(({ name }) => name === HEAD_NAMES.field)?.examples ?? []
  const unlikely = findUnlikely(decided, crossVerdicts(decided, background, options))
  // The first reason found is the one that is shown.
  const byId = new Map([...unlikely, ...contradictions].map((doubt) => [doubt.id, doubt]))
  return [...byId.values()].filter(({ id }) => !settled.has(id))
}

function outcomesOf(model: Model, held: readonly DatedDecision[]) {
  const examples = held.map(({ text, field }) => ({ text, label: field }))
  return predictAll(createClassifier(model), fieldHeadOf(model), examples)
}
