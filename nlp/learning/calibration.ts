/** Turns the scores of one head into confidences that mean what they say. */
export type Calibration = {
  /** Sharpness of the softmax over the scores. */
  readonly sharpness: number
  /** The best label's confidence is logistic(slope · logit(softmax) + intercept). */
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
/** For a head of which only the order of labels is wanted. */
export const UNCALIBRATED: Calibration = { sharpness: 2, slope: 1, intercept: 0, threshold: 0.5 }

/** Fits sharpness, then the best label's confidence, then the threshold, on held-out scores. */
export function fitCalibration(heldOut: HeldOut, wantedPrecision = USUAL_PRECISION): Calibration {
  if (heldOut.labels.length === 0 || heldOut.labelCount < 2) return UNCALIBRATED
  const sharpness = leastLoss(0.2, 30, (value) => softmaxLoss(heldOut, value))
  const best = bestOf(heldOut, sharpness)
  const { slope, intercept } = fitLogistic(best.logits, best.right)
  const confidences = best.logits.map((logit) => logistic(slope * logit + intercept))
  const threshold = fitThreshold(confidences, best.right, wantedPrecision)
  return { sharpness, slope, intercept, threshold }
}

/** Calibrated confidences of all labels, summing to 1; written into `out`. */
export function confidences(
  scores: Float64Array,
  calibration: Calibration,
  out: Float64Array,
): void {
  const best = softmax(scores, 0, scores.length, calibration.sharpness, out)
  const top = out[best] ?? 0
  if (scores.length < 2 || top >= 1) return
  const calibrated = logistic(calibration.slope * logit(top) + calibration.intercept)
  // The order of the labels stays: the best never falls below the runner-up's share.
  const highest = Math.max(calibrated, 1 / scores.length)
  const shrink = (1 - highest) / (1 - top)
  for (let label = 0; label < out.length; label++) {
    out[label] = label === best ? highest : Math.min((out[label] ?? 0) * shrink, highest)
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
  const right = new Uint8Array(labels.length)
  labels.forEach((label, example) => {
    const best = softmax(scores, example * labelCount, labelCount, sharpness, out)
    logits[example] = logit(out[best] ?? 0)
    right[example] = best === label ? 1 : 0
  })
  return { logits, right }
}

/** Two-parameter logistic regression by Newton steps, lightly regularised towards the identity. */
function fitLogistic(
  inputs: Float64Array,
  right: Uint8Array,
): { slope: number; intercept: number } {
  let slope = 1
  let intercept = 0
  for (let round = 0; round < 25; round++) {
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
    slope -= (h11 * g0 - h01 * g1) / determinant
    intercept -= (h00 * g1 - h01 * g0) / determinant
  }
  if (slope > 0.05 && Number.isFinite(intercept)) return { slope, intercept }
  return { slope: 1, intercept: 0 }
}

/** The lowest confidence above which the held-out decisions were right often enough. */
function fitThreshold(
  confidence: Float64Array,
  right: Uint8Array,
  wantedPrecision: number,
): number {
  const order = Array.from(confidence.keys()).sort(
    (a, b) => (confidence[b] ?? 0) - (confidence[a] ?? 0) || a - b,
  )
  let rightCount = 0
  let threshold = 1
  order.forEach((example, taken) => {
    rightCount += right[example] ?? 0
    if (rightCount >= wantedPrecision * (taken + 1)) threshold = confidence[example] ?? 1
  })
  return Math.min(Math.max(threshold, LOWEST_THRESHOLD), HIGHEST_THRESHOLD)
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

function logistic(value: number): number {
  return 1 / (1 + Math.exp(-value))
}

function logit(probability: number): number {
  const inside = Math.min(Math.max(probability, 1e-9), 1 - 1e-9)
  return Math.log(inside / (1 - inside))
}
