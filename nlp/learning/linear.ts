import { countRows } from './row-counts.ts'
import type { SvmProblem, SvmSettings, SvmWeights } from './svm.ts'
import { trainSvm } from './svm.ts'

/** Added to every count; small, because a row that a label never has says much. */
const SMOOTHING = 0.05

/**
 * The weights that texts are scored with: a support vector machine's, and a share of complement
 * naive Bayes' (Rennie et al., "Tackling the Poor Assumptions of Naive Bayes", 2003). The machine
 * says what separates labels, the counts steady it where it has seen little. Same seed, same bytes.
 */
export function trainLinear(
  problem: SvmProblem,
  settings: SvmSettings,
  seed: number,
  epochs?: number,
): SvmWeights {
  const weights = trainSvm(problem, settings, seed, epochs)
  if (problem.labelCount > 1) addCounts(problem, weights, settings.countsShare)
  return weights
}

function addCounts(problem: SvmProblem, weights: SvmWeights, share: number): void {
  const { labelCount, rowCount } = problem
  const contrasts = complementContrasts(problem)
  const size = rowCount * labelCount
  const wanted = (share * lengthOf(weights, size)) / Math.sqrt(labelCount)
  for (let label = 0; label < labelCount; label++) {
    let squares = 0
    for (let at = label; at < size; at += labelCount) squares += (contrasts[at] ?? 0) ** 2
    if (squares === 0) continue
    const scale = wanted / Math.sqrt(squares)
    for (let at = label; at < size; at += labelCount) {
      weights[at] = (weights[at] ?? 0) + scale * (contrasts[at] ?? 0)
    }
  }
}

/**
 * For each row and label: the logarithm of how much likelier the row is with the label than without;
 * nothing for a row that no example has.
 */
function complementContrasts(problem: SvmProblem): Float32Array {
  const { labelCount, rowCount } = problem
  const { withLabel, overall, ofLabel, total } = countRows(problem, (value) => value)
  const added = SMOOTHING * rowCount
  for (let place = 0; place < withLabel.length; place++) {
    const label = place % labelCount
    const everywhere = overall[(place - label) / labelCount] ?? 0
    if (everywhere === 0) continue
    const inside = withLabel[place] ?? 0
    const outside = everywhere - inside
    withLabel[place] = Math.log(
      (inside + SMOOTHING) /
        ((ofLabel[label] ?? 0) + added) /
        ((Math.max(outside, 0) + SMOOTHING) / (total - (ofLabel[label] ?? 0) + added)),
    )
  }
  return withLabel
}

function lengthOf(weights: SvmWeights, size: number): number {
  let squares = 0
  for (let at = 0; at < size; at++) squares += (weights[at] ?? 0) ** 2
  return Math.sqrt(squares)
}
