import { encodeModel } from '#nlp/learning/model-file'
import { trainModel } from '#nlp/learning/train'
import { trainFastText } from './fasttext.ts'
import { helpParent } from './helper.ts'
import { type Example, loadExamples, trainBayes } from './nlp-corpus.ts'

/** Who is to learn the corpus' fields. */
export type Trainer = 'ours' | 'fastText' | 'natural Bayes'

/** What learning took; the memory is the most that the process ever held. */
export type TrainingFigures = { readonly seconds: number; readonly peakMb: number }

const TRAINERS: Readonly<Record<Trainer, (examples: readonly Example[]) => unknown>> = {
  ours: trainOurs,
  fastText: async (examples) => trainFastText(examples, 'words and characters'),
  'natural Bayes': trainBayes,
}

// Given by the one who starts this script, of the very same build.
helpParent(async (given) => measureTraining(given as Trainer))

async function measureTraining(trainer: Trainer): Promise<TrainingFigures> {
  const examples = loadExamples()
  const started = performance.now()
  await TRAINERS[trainer](examples)
  const seconds = (performance.now() - started) / 1000
  return { seconds, peakMb: process.resourceUsage().maxRSS / 1024 }
}

function trainOurs(examples: readonly Example[]): Uint8Array {
  const lesson = {
    name: 'field',
    examples: examples.map(({ field, text }) => ({ label: field, text })),
  }
  return encodeModel(trainModel([lesson], { seed: 1 }))
}
