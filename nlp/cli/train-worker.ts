import { parentPort, workerData } from 'node:worker_threads'
import { encodeModel } from '../learning/model-file.ts'
import { LessonError, trainModel } from '../learning/train.ts'
import { shortFormsOf } from '../routing/lessons.ts'
import { readLabelled, UsageError } from './labelled-file.ts'
import { loadTextFacts } from './seeds.ts'

/** What the worker is given: paths of labelled files, and how to read and learn them. */
export type TrainTask = {
  readonly input: string
  readonly dev: string | undefined
  readonly skipBad: boolean
  readonly seed: number
}

/** What it says while it works, and at the end. */
export type TrainMessage =
  | { readonly type: 'step'; readonly step: string }
  | { readonly type: 'refused'; readonly message: string }
  | { readonly type: 'done'; readonly bytes: Uint8Array<ArrayBuffer>; readonly textCount: number }

// Handed over by `trainInWorker` alone.
const { input, dev, skipBad, seed } = workerData as TrainTask

try {
  const examples = readLabelled(input, skipBad)
  const development = dev === undefined ? [] : readLabelled(dev, skipBad)
  const model = trainModel([{ name: 'label', examples, development }], {
    seed,
    shortForms: shortFormsOf(loadTextFacts()),
    onProgress: (step) => {
      say({ type: 'step', step })
    },
  })
  const bytes = encodeModel(model)
  say({ type: 'done', bytes, textCount: examples.length }, [bytes.buffer])
} catch (error) {
  // A class does not survive the way between threads, so what a person can mend goes as a message.
  if (!(error instanceof UsageError || error instanceof LessonError)) throw error
  say({ type: 'refused', message: error.message })
}

function say(message: TrainMessage, moved: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, moved)
}
