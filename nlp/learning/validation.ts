import type { HeldOut } from './calibration.ts'
import type { HeldOutScore } from './model.ts'
import { createRandom } from './random.ts'
import type { SvmWeights } from './svm.ts'
import { scoreExample, trainSvm } from './svm.ts'
import type { TextProblem } from './text-problem.ts'

/** The cost where nothing says better. */
export const USUAL_COST = 0.3

const COSTS = [0.1, 0.3, 1] as const
const MOST_TEXTS_TO_CHOOSE_ON = 2_000
const MANY_TEXTS = 8_000
const VALIDATION_EPOCHS = 4
/** The fold of weak labels: always learnt from, never held out. */
const WEAK = 255

/** Scores every full-weight text by machines that have not seen it (nor its copy). */
export function crossValidate(problem: TextProblem, cost: number, seed: number): HeldOut {
  const { svm, textOf, textCount } = problem
  const foldCount = textCount > MANY_TEXTS ? 3 : 4
  const foldOf = dealFolds(problem, foldCount, seed)
  const parts = Array.from({ length: foldCount }, (_, fold) => {
    const examples = svm.examples.filter((example) => foldOf[textOf[example] ?? 0] !== fold)
    const weights = trainSvm({ ...svm, examples }, cost, seed + fold + 1, VALIDATION_EPOCHS)
    return scoreTexts(problem, weights, (text) => foldOf[text] === fold)
  })
  return join(parts, svm.labelCount)
}

/** The cost with the most right answers on texts held out from a sample. */
export function chooseCost(problem: TextProblem, seed: number): number {
  const { svm, textOf, textCount } = problem
  const folds = Math.max(4, Math.ceil((textCount * 4) / MOST_TEXTS_TO_CHOOSE_ON))
  const foldOf = dealFolds(problem, folds, seed + 1)
  // A sample: the first fold is held out, three (and the weak texts) are learnt from.
  const examples = svm.examples.filter((example) => {
    const fold = foldOf[textOf[example] ?? 0] ?? 0
    return fold === WEAK || (fold >= 1 && fold <= 3)
  })
  const isHeldOut = (text: number): boolean => foldOf[text] === 0
  if (examples.length === 0 || svm.labelCount < 2) return USUAL_COST
  const tried = COSTS.map((cost) => {
    const weights = trainSvm({ ...svm, examples }, cost, seed, VALIDATION_EPOCHS)
    return { cost, ...measureHeldOut(scoreTexts(problem, weights, isHeldOut)) }
  })
  return mostAccurate(tried).cost
}

/** Trains on the first texts, with the cost that serves the others best, and scores those. */
export function trainOnDevelopment(
  problem: TextProblem,
  trainingTexts: number,
  seed: number,
): { weights: SvmWeights; heldOut: HeldOut } {
  const { svm, textOf } = problem
  const examples = svm.examples.filter((example) => (textOf[example] ?? 0) < trainingTexts)
  const tried = COSTS.map((cost) => {
    const weights = trainSvm({ ...svm, examples }, cost, seed)
    const heldOut = scoreTexts(problem, weights, (text) => text >= trainingTexts)
    return { weights, heldOut, accuracy: measureHeldOut(heldOut).accuracy }
  })
  return mostAccurate(tried)
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

function mostAccurate<T extends { readonly accuracy: number }>(tried: readonly T[]): T {
  return tried.reduce((best, next) => (next.accuracy > best.accuracy ? next : best))
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
