import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { RetrainMessage, RetrainTask } from '#nlp/cli/retrain-worker'
import {
  loadCorpus,
  loadLikenessResources,
  loadShippedResources,
  SHIPPED_MODEL,
} from '#nlp/cli/seeds'
import { createContradictionFinder } from '#nlp/learning/doubts'
import { decodeModel } from '#nlp/learning/model-file'
import { createLikenessDetector } from '#nlp/likeness/detector'
import { createReader, type ReaderResources } from '#nlp/reader'
import type { Retrained } from '#nlp/routing/retrain'
import type { LikenessDetector, Reader } from '#use-cases/ports'
import type { FieldWords, Learner } from '#use-cases/ports/learning'
import { type ModelFiles, modelFiles } from './model-files.ts'

/** The built worker: beside the shipped model. */
const WORKER = join(SHIPPED_MODEL, '../cli/retrain-worker.js')
const SEED = 1
/** So many texts of each field keep a newly added one from swallowing the others. */
const ANCHORS_PER_FIELD = 12

type Resources = Omit<ReaderResources, 'corrections' | 'hasAddedFields'>

/** The reader that ships with the product, and the side of it that learns. */
export type LearningReader = { readonly reader: Reader; readonly learner: Learner }

/** Model, gazetteer and rules in memory; models trained here are kept in `folder`. */
export async function learningReader(folder: string): Promise<LearningReader> {
  // Yields once, so that the database child starts while the model is read.
  await Promise.resolve()
  const resources = loadShippedResources()
  const files = modelFiles(folder)
  let current = readWith(resources, [])
  const shippedVersion = current.reader.modelVersion

  const learner: Learner = {
    shippedVersion,
    version: () => current.reader.modelVersion,
    learn: (decided) => current.learn(decided),
    async use(version, decisions, fields) {
      const bytes = await bytesOf(version)
      if (bytes === null) return false
      const next = readWith({ ...resources, model: bytes }, fields)
      for (const decided of decisions) next.learn(decided)
      current = next
      return true
    },
    async train(decisions, onStep) {
      const version = current.reader.modelVersion
      const retrained = await trainInWorker(
        {
          seed: SEED,
          livePath: version === shippedVersion ? SHIPPED_MODEL : files.pathOf(version),
          decisions: decisions.map(({ id, text, field, topic, by, verdict }) => {
            return { id, text, field, topic, by, isSettled: verdict === 'keep' }
          }),
        },
        onStep,
      )
      await files.save(retrained.version, retrained.bytes)
      return toTrained(retrained)
    },
    keepOnly: async (versions) => files.keepOnly(versions),
  }

  async function bytesOf(version: string): Promise<Uint8Array | null> {
    return version === shippedVersion ? resources.model : readSound(files, version)
  }

  return {
    learner,
    reader: {
      read: (text) => current.reader.read(text),
      redact: (text, knownNames) => current.reader.redact(text, knownNames),
      reviewDraft: (draft, question) => current.reader.reviewDraft(draft, question),
      findPlaces: (text) => current.reader.findPlaces(text),
    },
  }
}

function readWith(resources: Resources, fields: readonly FieldWords[]) {
  const model = decodeModel(resources.model)
  const labels = new Set(model.heads.find(({ name }) => name === 'field')?.labels)
  const added = fields
    .filter(({ field }) => !labels.has(field))
    .map(({ field, keywords }) => ({ label: field, keywords }))
  const reader = createReader({
    ...resources,
    hasAddedFields: added.length > 0,
    corrections: () => ({ added, anchors: anchors() }),
  })
  const contradictions = createContradictionFinder(model)
  const learnt = new Set<string>()
  const learn: Learner['learn'] = ({ id, text, field, by, isSettled }) => {
    if (learnt.has(id)) return null
    const doubt = contradictions.add({ id, text, label: field, by }, isSettled)
    if (doubt !== null) return doubt
    learnt.add(id)
    reader.learn({ text, label: field })
    return null
  }
  return { reader, learn }
}

/** Some texts of every field, as the corpus has them. */
function anchors() {
  const seen = new Map<string, number>()
  return loadCorpus().fields.flatMap(({ field, text }) => {
    const count = (seen.get(field) ?? 0) + 1
    seen.set(field, count)
    return count <= ANCHORS_PER_FIELD ? [{ label: field, text }] : []
  })
}

/** The bytes of a version; null where they are not here, or not what they were. */
async function readSound(files: ModelFiles, version: string): Promise<Uint8Array | null> {
  const bytes = await files.read(version)
  try {
    return bytes !== null && decodeModel(bytes).version === version ? bytes : null
  } catch {
    // A damaged file is as good as none: the shipped model takes over.
    return null
  }
}

async function trainInWorker(
  task: RetrainTask,
  onStep: (step: string) => void,
): Promise<Retrained> {
  const worker = new Worker(WORKER, { workerData: task })
  return new Promise((resolve, reject) => {
    worker.on('message', (message: RetrainMessage) => {
      if (message.type === 'step') onStep(message.step)
      else resolve(message.retrained)
    })
    worker.on('error', reject)
    worker.on('exit', (code) => {
      reject(new Error(`The training ended early (${String(code)}).`))
    })
  })
}

function toTrained({ version, comparison, isNotWorse, learntCount, doubts }: Retrained) {
  const { count, rightA, rightB, p } = comparison
  return {
    version,
    comparison: { count, rightBefore: rightA, rightAfter: rightB, p },
    isNotWorse,
    learntCount,
    doubts,
  }
}

/** The detector of duplicates that ships with the product. */
export function shippedLikeness(): LikenessDetector {
  return createLikenessDetector(loadLikenessResources())
}
