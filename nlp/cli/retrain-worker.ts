import { readFileSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { decodeModel } from '../learning/model-file.ts'
import { routingLessons, shortFormsOf, thinnedLessons } from '../routing/lessons.ts'
import type { DatedDecision, Retrained } from '../routing/retrain.ts'
import { retrain } from '../routing/retrain.ts'
import { loadCorpus, loadLikenessResources, loadTaxonomy, loadTextFacts } from './seeds.ts'

/** What the worker is given. */
export type RetrainTask = {
  readonly decisions: readonly DatedDecision[]
  readonly livePath: string
  readonly seed: number
  /** Of the shipped examples, every so manieth is learnt from. */
  readonly stride: number
}

/** What it says while it works, and at the end. */
export type RetrainMessage =
  | { readonly type: 'step'; readonly step: string }
  | { readonly type: 'done'; readonly retrained: Retrained }

// Handed over by `retrainInWorker` alone.
const { decisions, livePath, seed, stride } = workerData as RetrainTask
const say = (message: RetrainMessage): void => parentPort?.postMessage(message)

const retrained = retrain(
  {
    lessons: thinnedLessons(routingLessons(loadCorpus(), loadTaxonomy()), stride),
    decisions,
    live: decodeModel(readFileSync(livePath)),
    likeness: loadLikenessResources(),
  },
  {
    seed,
    shortForms: shortFormsOf(loadTextFacts()),
    onProgress: (step) => {
      say({ type: 'step', step })
    },
  },
)
say({ type: 'done', retrained })
