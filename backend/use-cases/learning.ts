import { DomainError } from '#domain/errors'
import type { KeptExample, ModelVersion } from '#domain/learning'
import type { Ports } from './ports.ts'
import type { FieldWords } from './ports/learning.ts'

/** What learning needs of the outside. */
export type LearningPorts = Pick<
  Ports,
  'now' | 'settings' | 'trainingExamples' | 'modelVersions' | 'learner'
>

/** As many decisions are learnt from on top of a model when it comes into use. */
const MOST_ON_TOP = 2_000
/** Several times the minute after which this is looked at again. */
const LATELY_MS = 5 * 60_000
const VERSIONS_SHOWN = 20
const DOUBTS_SHOWN = 100
/** So many models can be rolled back to, beside the shipped one. */
const VERSIONS_KEPT = 7

/** Reads with the version that is live, and knows today's fields; does nothing where that is so. */
export function createRefresh(ports: LearningPorts): (isForced?: boolean) => Promise<void> {
  let known = JSON.stringify([ports.learner.shippedVersion, []])
  return async (isForced = false) => {
    const live = await liveVersion(ports)
    const fields = ports.settings().fields.map(wordsOf)
    // The shipped model knows the shipped fields; only others make it learn something.
    const wanted = JSON.stringify([live.version, fields])
    if (wanted === known && !isForced) {
      await learnFromOthers(ports)
      return
    }
    const sound = await ports.trainingExamples.findSound(live.learntUpTo, MOST_ON_TOP)
    const isUsed = await ports.learner.use(live.version, sound, fields)
    if (!isUsed) await ports.learner.use(ports.learner.shippedVersion, sound, fields)
    known = wanted
  }
}

/** What other processes heard of lately; what was learnt already is not learnt again. */
async function learnFromOthers({ trainingExamples, learner, now }: LearningPorts): Promise<void> {
  const since = new Date(now().getTime() - LATELY_MS)
  for (const each of await trainingExamples.findSound(since, MOST_ON_TOP)) learner.learn(each)
}

/** The version that should be in use: the last one chosen, or the shipped one. */
async function liveVersion({ modelVersions, learner, now }: LearningPorts): Promise<ModelVersion> {
  const live = await modelVersions.findLive()
  // A newer program brings a newer shipped model, which replaces an older shipped one.
  if (live !== null && live.learntUpTo !== null) return live
  const shipped: ModelVersion = {
    version: learner.shippedVersion,
    at: now(),
    learntUpTo: null,
    exampleCount: 0,
    basedOn: learner.shippedVersion,
    comparison: null,
    liveSince: now(),
  }
  await modelVersions.add(shipped)
  return shipped
}

/** Trains on everything people decided; the new model goes live only if it is not worse. */
export async function trainAnew(
  ports: LearningPorts,
  onStep: (step: string) => void,
): Promise<ModelVersion | null> {
  const { trainingExamples, modelVersions, learner, now } = ports
  const sound = await trainingExamples.findSound(null, Infinity)
  if (sound.length === 0) return null
  const trained = await learner.train(sound, onStep)
  for (const { id, ...doubt } of trained.doubts) await trainingExamples.markDoubt(id, doubt)
  const learntUpTo = lastLearnt(sound, trained)
  const made: ModelVersion = {
    version: trained.version,
    at: now(),
    learntUpTo,
    exampleCount: trained.learntCount,
    basedOn: learner.shippedVersion,
    comparison: trained.comparison,
    liveSince: trained.isNotWorse ? now() : null,
  }
  await modelVersions.add(made)
  // The same examples made the same model before: it is there, and may have been rolled back.
  if (trained.isNotWorse) await modelVersions.makeLive(made.version, now())
  const versions = await modelVersions.list(VERSIONS_KEPT)
  await learner.keepOnly([learner.version(), ...versions.map(({ version }) => version)])
  return made
}

/** When the newest example of the training was decided; the held-back ones are later. */
function lastLearnt(
  sound: readonly KeptExample[],
  { learntCount, doubts }: { learntCount: number; doubts: readonly { id: string }[] },
): Date {
  const doubted = new Set(doubts.map(({ id }) => id))
  const learnt = sound.filter(({ id }) => !doubted.has(id))
  return learnt[learntCount - 1]?.at ?? new Date(0)
}

/** Learn from a doubted example after all, or never. */
export async function settleDoubt(
  id: string,
  verdict: 'keep' | 'drop',
  ports: LearningPorts,
): Promise<void> {
  const isSettled = await ports.trainingExamples.settle(id, verdict)
  if (!isSettled) throw new DomainError('not-found', 'example-unknown')
  const kept = verdict === 'keep' ? await ports.trainingExamples.find(id) : null
  if (kept !== null) ports.learner.learn({ ...kept, isSettled: true })
}

/** Reads with another version from now on: rolled back, or forward again. */
export async function chooseVersion(version: string, ports: LearningPorts): Promise<void> {
  const known = await ports.modelVersions.find(version)
  if (known === null) throw new DomainError('invalid', 'model-unknown', {}, '/version')
  const sound = await ports.trainingExamples.findSound(known.learntUpTo, MOST_ON_TOP)
  const fields = ports.settings().fields.map(wordsOf)
  const isUsed = await ports.learner.use(version, sound, fields)
  if (!isUsed) throw new DomainError('invalid', 'model-unknown', {}, '/version')
  await ports.modelVersions.makeLive(version, ports.now())
}

/** Everything an administrator sees of learning at a glance. */
export async function viewLearning({ trainingExamples, modelVersions, learner }: LearningPorts) {
  const [exampleCount, doubtfulCount, versions] = await Promise.all([
    trainingExamples.count(),
    trainingExamples.countDoubtful(),
    modelVersions.list(VERSIONS_SHOWN),
  ])
  return { version: learner.version(), exampleCount, doubtfulCount, versions }
}

function wordsOf({
  id,
  name,
  topics,
  keywords = [],
}: ReturnType<Ports['settings']>['fields'][number]): FieldWords {
  const names = [name, ...topics.map((topic) => topic.name)]
  return { field: id, keywords: [...keywords, ...names.flatMap(({ vi, en }) => [vi, en])] }
}

/** The newest doubted examples, each with the one it contradicts. */
export async function viewDoubts({ trainingExamples }: LearningPorts) {
  const doubtful = await trainingExamples.findDoubtful(DOUBTS_SHOWN)
  return Promise.all(
    doubtful.map(async (doubted) => {
      const other = doubted.doubt?.against ?? null
      return { doubted, against: other === null ? null : await trainingExamples.find(other) }
    }),
  )
}
