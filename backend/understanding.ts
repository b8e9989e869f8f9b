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
import type { Model } from '#nlp/learning/model'
import { decodeModel } from '#nlp/learning/model-file'
import { createLikenessDetector } from '#nlp/likeness/detector'
import { createReader, type ReaderResources } from '#nlp/reader'
import { fieldHeadOf } from '#nlp/routing/field-head'
import type { Retrained } from '#nlp/routing/retrain'
import type { LikenessDetector, Reader } from '#use-cases/ports'
import type { FieldWords, Learner } from '#use-cases/ports/learning'
import { type ModelFiles, modelFiles } from './model-files.ts'
import { openTransformer, type TransformerOptions } from './transformer/open-transformer.ts'

/** The built worker: beside the shipped model. */
const WORKER = join(SHIPPED_MODEL, '../cli/retrain-worker.js')
const SEED = 1
/** So many texts of each field keep a newly added one from swallowing the others. */
const ANCHORS_PER_FIELD = 12

type Resources = Omit<ReaderResources, 'model' | 'corrections' | 'hasAddedFields'> & {
  readonly model: Model
}

/** The reader that ships with the product, and the side of it that learns. */
export type LearningReader = { readonly reader: Reader; readonly learner: Learner }

/**
 * Model, gazetteer and rules in memory; models trained here are kept in `folder`. Throws where there
 * is to be a transformer and it cannot join in. A training learns from every `trainingStride`th of
 * the shipped examples.
 */
export async function learningReader(
  folder: string,
  transformerOptions: TransformerOptions | null,
  trainingStride: number,
): Promise<LearningReader> {
  // Yields once, so that the database child starts while the model is read.
  await Promise.resolve()
  const resources = loadShippedResources()
  const files = modelFiles(folder)
  const shipped = decodeModel(resources.model)
  const shippedVersion = shipped.version
  const transformer =
    transformerOptions && (await openTransformer(transformerOptions, fieldHeadOf(shipped).labels))
  let current = readWith({ ...resources, model: shipped }, [])

  const learner: Learner = {
    shippedVersion,
    version: () => current.reader.modelVersion,
    learn: (decided) => current.learn(decided),
    async use(version, decisions, fields) {
      const next = current.suits(version, fields) ? current : await makeReader(version, fields)
      if (next === null) return false
      for (const decided of decisions) next.learn(decided)
      current = next
      return true
    },
    async train(decisions, onStep) {
      const version = current.reader.modelVersion
      const retrained = await trainInWorker(
        {
          seed: SEED,
          stride: trainingStride,
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

  async function makeReader(version: string, fields: readonly FieldWords[]) {
    const model = version === shippedVersion ? shipped : await readSound(files, version)
    return model === null ? null : readWith({ ...resources, model }, fields)
  }

  return {
    learner,
    reader: {
      read: transformer
        ? async (text) => {
            const opinion = await transformer.judge(text)
            return current.reader.read(text, opinion)
          }
        : (text) => current.reader.read(text),
      redact: (text, knownNames) => current.reader.redact(text, knownNames),
      reviewDraft: (draft, question) => current.reader.reviewDraft(draft, question),
      findPlaces: (text) => current.reader.findPlaces(text),
    },
  }
}

function readWith(resources: Resources, fields: readonly FieldWords[]) {
  const { model } = resources
  const labels = new Set(fieldHeadOf(model).labels)
  const isNew = ({ field }: FieldWords): boolean => !labels.has(field)
  const added = fields.filter(isNew).map(({ field, keywords }) => ({ label: field, keywords }))
  const reader = createReader({
    ...resources,
    hasAddedFields: added.length > 0,
    corrections: () => ({ added, anchors: anchors() }),
  })
  const contradictions = createContradictionFinder(loadLikenessResources())
  const learnt = new Set<string>()
  let isTouched = false
  const learn: Learner['learn'] = ({ id, text, field, by, isSettled }) => {
    if (learnt.has(id)) return null
    isTouched = true
    const doubt = contradictions.add({ id, text, label: field, by }, isSettled)
    if (doubt !== null) return doubt
    learnt.add(id)
    reader.learn({ text, label: field })
    return null
  }
  /** Whether a reader made for these would be this one, as it still is. */
  const suits = (version: string, wanted: readonly FieldWords[]): boolean =>
    !isTouched && added.length === 0 && version === model.version && !wanted.some(isNew)
  return { reader, learn, suits }
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

/** The model of a version; null where it is not here, or not what it was. */
async function readSound(files: ModelFiles, version: string): Promise<Model | null> {
  const bytes = await files.read(version)
  try {
    const model = bytes === null ? null : decodeModel(bytes)
    return model?.version === version ? model : null
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
