/** Turns the scores of one head into confidences that mean what they say. */
export type Calibration = {
  /** Sharpness of the softmax over the scores. */
  readonly sharpness: number
  /**
   * How much it counts that the best score stands out of all of them, beside its lead over the next:
   * in a text of none of the labels one may lead, but none stands out.
   */
  readonly strength: number
  /** The best label's confidence is logistic(slope · (logit(softmax) + strength · standing) + intercept). */
  readonly slope: number
  readonly intercept: number
  /** Below this confidence a person should decide. */
  readonly threshold: number
}

/** Scores of held-out examples, example by example. */
export type HeldOut = {
  readonly scores: Float64Array
  readonly labels: Int32Array
  readonly labelCount: number
}

/** How often an automatic decision must be right, unless the lesson says otherwise. */
const USUAL_PRECISION = 0.95
const LOWEST_THRESHOLD = 0.4
const HIGHEST_THRESHOLD = 0.9
/** The strongest is taken that costs next to no automatic decisions, none where each of them does. */
const STRENGTHS = [3, 2, 1] as const
const MOST_COVERAGE_LOST = 0.005
const NEWTON_ROUNDS = 40
const LARGEST_STEP = 0.3
/** What words that were never met take off a confidence, in log odds, when all of them are such. */
const UNKNOWN_COST = 6
/** For a head of which only the order of labels is wanted. */
export const UNCALIBRATED: Calibration = {
  sharpness: 2,
  strength: 0,
  slope: 1,
  intercept: 0,
  threshold: 0.5,
}

/**
 * Fits sharpness and strength, then the best label's confidence, then the threshold, on held-out
 * scores.
 */
export function fitCalibration(heldOut: HeldOut, wantedPrecision = USUAL_PRECISION): Calibration {
  if (heldOut.labels.length === 0 || heldOut.labelCount < 2) return UNCALIBRATED
  const sharpness = leastLoss(0.2, 30, (value) => softmaxLoss(heldOut, value))
  const best = bestOf(heldOut, sharpness)
  const { strength, inputs, shift } = chooseStrength(best, wantedPrecision)
  const fitted = fitLogistic(inputs, best.right)
  const confidences = inputs.map((input) => logistic(fitted.slope * input + fitted.intercept))
  const { lowest } = decideMost(confidences, best.right, wantedPrecision)
  const threshold = Math.min(Math.max(lowest, LOWEST_THRESHOLD), HIGHEST_THRESHOLD)
  const intercept = fitted.intercept - fitted.slope * shift
  return { sharpness, strength, slope: fitted.slope, intercept, threshold }
}

/**
 * Calibrated confidences of all labels, summing to 1; written into `out`. Words that were never met
 * make the best label less sure.
 */
export function confidences(
  scores: Float64Array,
  calibration: Calibration,
  knownShare: number,
  out: Float64Array,
): void {
  const { sharpness, strength, slope, intercept } = calibration
  const best = softmax(scores, 0, scores.length, sharpness, out)
  const top = out[best] ?? 0
  if (scores.length < 2) return
  const input = logit(top) + strength * standing(scores, 0, scores.length, best)
  const calibrated = logistic(slope * input + intercept - UNKNOWN_COST * (1 - knownShare))
  // The order of the labels stays: the best never falls below the runner-up's share.
  const highest = Math.max(calibrated, 1 / scores.length)
  const left = 1 - highest
  const others = out.length - 1
  for (let label = 0; label < out.length; label++) {
    // Where nothing is left to the others that could be scaled, all have the same.
    const share = top < 1 ? (left * (out[label] ?? 0)) / (1 - top) : left / others
    out[label] = label === best ? highest : Math.min(share, highest)
  }
}

function softmax(
  scores: Float64Array,
  from: number,
  count: number,
  sharpness: number,
  out: Float64Array,
): number {
  let best = 0
  for (let label = 1; label < count; label++) {
    if ((scores[from + label] ?? 0) > (scores[from + best] ?? 0)) best = label
  }
  const highest = scores[from + best] ?? 0
  let total = 0
  for (let label = 0; label < count; label++) {
    const value = Math.exp(sharpness * ((scores[from + label] ?? 0) - highest))
    out[label] = value
    total += value
  }
  for (let label = 0; label < count; label++) out[label] = (out[label] ?? 0) / total
  return best
}

function softmaxLoss({ scores, labels, labelCount }: HeldOut, sharpness: number): number {
  const out = new Float64Array(labelCount)
  let loss = 0
  labels.forEach((label, example) => {
    softmax(scores, example * labelCount, labelCount, sharpness, out)
    loss -= Math.log(Math.max(out[label] ?? 0, 1e-9))
  })
  return loss
}

function bestOf({ scores, labels, labelCount }: HeldOut, sharpness: number) {
  const out = new Float64Array(labelCount)
  const logits = new Float64Array(labels.length)
  const standings = new Float64Array(labels.length)
  const right = new Uint8Array(labels.length)
  labels.forEach((label, example) => {
    const best = softmax(scores, example * labelCount, labelCount, sharpness, out)
    logits[example] = logit(out[best] ?? 0)
    standings[example] = standing(scores, example * labelCount, labelCount, best)
    right[example] = best === label ? 1 : 0
  })
  return { logits, standings, right }
}

/**
 * Held-out texts are all of some label, so what helps against texts of none cannot be fitted on them.
 * Left-out labels say: the more the standing counts, the better; these texts say what that costs.
 */
function chooseStrength(
  { logits, standings, right }: ReturnType<typeof bestOf>,
  wantedPrecision: number,
): { strength: number; inputs: Float64Array; shift: number } {
  const mean = standings.reduce((sum, each) => sum + each, 0) / standings.length
  const inputsWith = (strength: number): Float64Array =>
    logits.map((input, at) => input + strength * ((standings[at] ?? 0) - mean))
  const usual = decideMost(logits, right, wantedPrecision).count
  const least = usual - MOST_COVERAGE_LOST * right.length
  for (const strength of STRENGTHS) {
    const inputs = inputsWith(strength)
    const { count } = decideMost(inputs, right, wantedPrecision)
    if (count >= least) return { strength, inputs, shift: strength * mean }
  }
  return { strength: 0, inputs: logits, shift: 0 }
}

/** How many standard deviations of all scores the best one is above their mean. */
function standing(scores: Float64Array, from: number, count: number, best: number): number {
  let sum = 0
  let squares = 0
  for (let at = from; at < from + count; at++) {
    const score = scores[at] ?? 0
    sum += score
    squares += score * score
  }
  const mean = sum / count
  const variance = squares / count - mean * mean
  return variance > 0 ? ((scores[from + best] ?? 0) - mean) / Math.sqrt(variance) : 0
}

/** Two-parameter logistic regression by Newton steps, lightly regularised towards the identity. */
function fitLogistic(
  inputs: Float64Array,
  right: Uint8Array,
): { slope: number; intercept: number } {
  let slope = 1
  let intercept = 0
  for (let round = 0; round < NEWTON_ROUNDS; round++) {
    let [g0, g1, h00, h01, h11] = [slope - 1, intercept, 1, 0, 1]
    inputs.forEach((input, at) => {
      const guess = logistic(slope * input + intercept)
      const error = guess - (right[at] ?? 0)
      const weight = guess * (1 - guess)
      g0 += error * input
      g1 += error
      h00 += weight * input * input
      h01 += weight * input
      h11 += weight
    })
    const determinant = h00 * h11 - h01 * h01
    // Full steps overshoot where most inputs are far out.
    slope -= within((h11 * g0 - h01 * g1) / determinant, LARGEST_STEP)
    intercept -= within((h00 * g1 - h01 * g0) / determinant, LARGEST_STEP)
  }
  if (slope > 0.05 && Number.isFinite(intercept)) return { slope, intercept }
  return { slope: 1, intercept: 0 }
}

/** How many of the surest may be decided with so many of them right, and how sure the last is. */
function decideMost(
  sureness: Float64Array,
  right: Uint8Array,
  wantedPrecision: number,
): { count: number; lowest: number } {
  const order = Array.from(sureness.keys()).sort(
    (a, b) => (sureness[b] ?? 0) - (sureness[a] ?? 0) || a - b,
  )
  let rightCount = 0
  let count = 0
  let lowest = 1
  order.forEach((example, taken) => {
    rightCount += right[example] ?? 0
    if (rightCount < wantedPrecision * (taken + 1)) return
    count = taken + 1
    lowest = sureness[example] ?? 1
  })
  return { count, lowest }
}

/** Golden-section search on a logarithmic scale. */
function leastLoss(low: number, high: number, loss: (value: number) => number): number {
  const golden = (Math.sqrt(5) - 1) / 2
  let from = Math.log(low)
  let to = Math.log(high)
  for (let round = 0; round < 20; round++) {
    const left = to - golden * (to - from)
    const right = from + golden * (to - from)
    if (loss(Math.exp(left)) < loss(Math.exp(right))) to = right
    else from = left
  }
  return Math.exp((from + to) / 2)
}

function within(value: number, largest: number): number {
  return Math.min(Math.max(value, -largest), largest)
}

function logistic(value: number): number {
  return 1 / (1 + Math.exp(-value))
}

function logit(probability: number): number {
  const inside = Math.min(Math.max(probability, 1e-9), 1 - 1e-9)
  return Math.log(inside / (1 - inside))
}
