import type { HeldOut } from './calibration.ts'
import { trainLinear } from './linear.ts'
import type { HeldOutScore } from './model.ts'
import { createRandom } from './random.ts'
import type { SvmSettings, SvmWeights } from './svm.ts'
import { scoreExample } from './svm.ts'
import type { TextProblem } from './text-problem.ts'

/** The settings where nothing says better. */
export const USUAL_SETTINGS: SvmSettings = { cost: 0.3, contrast: 0, countsShare: 0.2 }

const COSTS = [0.1, 1] as const
const CONTRASTS = [0.25, 0.5] as const
/** Reading an n-gram of an example costs about as much as so many labels' multiplications. */
const READING_COST = 4
/** Up to so much work a round, settings are tried on all texts; beyond, on a sample. */
const QUICK_WORK = 40_000_000
const SAMPLE_WORK = 120_000_000
/** From so many on, nothing is searched for and confidences are fitted on one held-out part. */
const HUGE_WORK = 1_000_000_000
const MANY_TEXTS = 8_000
const VALIDATION_EPOCHS = 4
/** The fold of weak labels: always learnt from, never held out. */
const WEAK = 255

/** Scores every full-weight text by machines that have not seen it (nor its copy). */
export function crossValidate(problem: TextProblem, settings: SvmSettings, seed: number): HeldOut {
  const { svm, textOf, textCount } = problem
  const foldCount = textCount > MANY_TEXTS ? 3 : 4
  const foldOf = dealFolds(problem, foldCount, seed)
  const parts = Array.from({ length: foldCount }, (_, fold) => {
    const examples = svm.examples.filter((example) => foldOf[textOf[example] ?? 0] !== fold)
    const weights = trainLinear({ ...svm, examples }, settings, seed + fold + 1, VALIDATION_EPOCHS)
    return scoreTexts(problem, weights, (text) => foldOf[text] === fold)
  })
  return join(parts, svm.labelCount)
}

/** The settings that serve held-out texts best, and how these were scored with them. */
export function chooseSettings(
  problem: TextProblem,
  seed: number,
  onProgress: (step: string) => void,
): { settings: SvmSettings; heldOut: HeldOut | null } {
  const { svm } = problem
  if (problem.textCount === 0 || svm.labelCount < 2)
    return { settings: USUAL_SETTINGS, heldOut: null }
  // What is learnt quickly is tried on all texts in turn, for a truer choice.
  if (workOf(problem) <= QUICK_WORK) {
    return search((settings) => {
      const heldOut = crossValidate(problem, settings, seed)
      return { settings, heldOut, merit: meritOf(heldOut) }
    }, onProgress)
  }
  const { examples, isHeldOut } = drawSample(problem, seed)
  if (examples.length === 0) return { settings: USUAL_SETTINGS, heldOut: null }
  if (workOf(problem) > HUGE_WORK) {
    const weights = trainLinear({ ...svm, examples }, USUAL_SETTINGS, seed, VALIDATION_EPOCHS)
    return { settings: USUAL_SETTINGS, heldOut: scoreTexts(problem, weights, isHeldOut) }
  }
  const { settings } = search((settings) => {
    const weights = trainLinear({ ...svm, examples }, settings, seed, VALIDATION_EPOCHS)
    return { settings, merit: meritOf(scoreTexts(problem, weights, isHeldOut)) }
  }, onProgress)
  return { settings, heldOut: null }
}

/** One fold of a sample is held out, the others (and the weak texts) are learnt from. */
function drawSample(problem: TextProblem, seed: number) {
  const { svm, textOf } = problem
  const work = workOf(problem)
  const folds = work > HUGE_WORK ? 4 : Math.max(4, Math.ceil((4 * work) / SAMPLE_WORK))
  const foldOf = dealFolds(problem, folds, seed + 1)
  const examples = svm.examples.filter((example) => {
    const fold = foldOf[textOf[example] ?? 0] ?? 0
    return fold === WEAK || (fold >= 1 && fold <= 3)
  })
  return { examples, isHeldOut: (text: number): boolean => foldOf[text] === 0 }
}

/** What one round of learning costs, in multiplications. */
function workOf({ svm }: TextProblem): number {
  return svm.matrix.rows.length * (svm.labelCount + READING_COST)
}

/** Tries the usual settings, then other contrasts, then other costs with the best of these. */
function search<T extends { readonly settings: SvmSettings; readonly merit: number }>(
  attempt: (settings: SvmSettings) => T,
  onProgress: (step: string) => void,
): T {
  const total = 1 + CONTRASTS.length + COSTS.length
  let tried = 0
  const next = (settings: SvmSettings): T => {
    onProgress(`trying settings, ${String(++tried)} of ${String(total)}`)
    return attempt(settings)
  }
  const contrasts = CONTRASTS.map((contrast) => next({ ...USUAL_SETTINGS, contrast }))
  const best = mostMerit([next(USUAL_SETTINGS), ...contrasts])
  const costs = COSTS.map((cost) => next({ ...best.settings, cost }))
  return mostMerit([best, ...costs])
}

/** Trains on the first texts, with the settings that serve the others best, and scores those. */
export function trainOnDevelopment(
  problem: TextProblem,
  trainingTexts: number,
  seed: number,
  onProgress: (step: string) => void,
): { weights: SvmWeights; heldOut: HeldOut } {
  const { svm, textOf } = problem
  const examples = svm.examples.filter((example) => (textOf[example] ?? 0) < trainingTexts)
  return search((settings) => {
    const weights = trainLinear({ ...svm, examples }, settings, seed)
    const heldOut = scoreTexts(problem, weights, (text) => text >= trainingTexts)
    return { settings, weights, heldOut, merit: meritOf(heldOut) }
  }, onProgress)
}

/** How often the best label, and the best three, were right on held-out texts. */
export function measureHeldOut({ scores, labels, labelCount }: HeldOut): HeldOutScore {
  let right = 0
  let amongThree = 0
  labels.forEach((label, text) => {
    const own = scores[text * labelCount + label] ?? 0
    let better = 0
    for (let other = 0; other < labelCount; other++) {
      if ((scores[text * labelCount + other] ?? 0) > own) better++
    }
    if (better === 0) right++
    if (better < 3) amongThree++
  })
  const count = Math.max(labels.length, 1)
  return { count: labels.length, accuracy: right / count, topThree: amongThree / count }
}

function mostMerit<T extends { readonly merit: number }>(tried: readonly T[]): T {
  return tried.reduce((best, next) => (next.merit > best.merit ? next : best))
}

/** Right answers count, and so do the labels that are rare: accuracy plus macro-F1. */
function meritOf({ scores, labels, labelCount }: HeldOut): number {
  const right = new Float64Array(labelCount)
  const wrong = new Float64Array(labelCount)
  labels.forEach((label, text) => {
    let best = 0
    for (let other = 1; other < labelCount; other++) {
      const isBetter =
        (scores[text * labelCount + other] ?? 0) > (scores[text * labelCount + best] ?? 0)
      if (isBetter) best = other
    }
    if (best === label) right[label] = (right[label] ?? 0) + 1
    else for (const each of [best, label]) wrong[each] = (wrong[each] ?? 0) + 1
  })
  const f1s = Array.from(right, (hits, label) =>
    hits === 0 ? 0 : (2 * hits) / (2 * hits + (wrong[label] ?? 0)),
  )
  const accuracy = right.reduce((sum, hits) => sum + hits, 0) / Math.max(labels.length, 1)
  return accuracy + f1s.reduce((sum, f1) => sum + f1, 0) / labelCount
}

function scoreTexts(
  { svm, originals, textCount }: TextProblem,
  weights: SvmWeights,
  isWanted: (text: number) => boolean,
): HeldOut {
  const scores: number[] = []
  const labels: number[] = []
  const row = new Float64Array(svm.labelCount)
  for (let text = 0; text < textCount; text++) {
    if (!isWanted(text)) continue
    const example = originals[text] ?? 0
    scoreExample(svm, weights, example, row)
    for (const score of row) scores.push(score)
    labels.push(svm.labels[example] ?? 0)
  }
  return join([{ scores, labels }], svm.labelCount)
}

function join(
  parts: readonly { scores: ArrayLike<number>; labels: ArrayLike<number> }[],
  labelCount: number,
): HeldOut {
  return {
    scores: Float64Array.from(parts.flatMap(({ scores }) => Array.from(scores))),
    labels: Int32Array.from(parts.flatMap(({ labels }) => Array.from(labels))),
    labelCount,
  }
}

/** Deals the full-weight texts into folds; the weak ones are always learnt from. */
function dealFolds(problem: TextProblem, foldCount: number, seed: number): Uint8Array {
  const random = createRandom(seed ^ 0x5f3759df)
  return Uint8Array.from(problem.originals, (example) => {
    const fold = Math.floor(random() * foldCount)
    return (problem.svm.weights[example] ?? 1) < 1 ? WEAK : fold
  })
}
