import type { Evaluation } from '../learning/evaluate.ts'
import type { PartsEvaluation } from './evaluate-parts.ts'

/** An evaluation as a table for people. */
export function printEvaluation(result: Evaluation & { readonly textsPerSecond: number }): string {
  const labels = Object.entries(result.perLabel)
  const width = Math.max(5, ...labels.map(([label]) => label.length))
  const rows = labels.map(
    ([label, { precision, recall, f1, count }]) =>
      `${label.padEnd(width)}  ${percent(precision)}  ${percent(recall)}  ${percent(f1)}  ${String(count).padStart(6)}`,
  )
  return [
    `texts ${String(result.count)}   accuracy ${percent(result.accuracy)}   macro-F1 ${percent(result.macroF1)}   calibration error ${percent(result.ece)}`,
    `decided alone ${percent(result.automatic.coverage)} with ${percent(result.automatic.precision)} right   could be at 95 %: ${percent(result.coverageAt95)}   ${String(result.textsPerSecond)} texts/s`,
    '',
    `${'label'.padEnd(width)}   prec.  recall      F1   texts`,
    ...rows,
    '',
  ].join('\n')
}

/** How often two matters in one text are told from one, in words for people. */
export function printParts({ oneMatter, twoMatters, joined }: PartsEvaluation): string {
  const recall = ({ count, found, right }: PartsEvaluation['joined']) =>
    `split ${percent(found / count)}   into the right fields ${percent(right / count)}   ${String(count)} texts`
  return [
    'Five models, each trained without a fifth of the corpus and read on that fifth.',
    'All texts were written for this project, so texts from elsewhere may be harder.',
    '',
    `one matter     split ${percent(oneMatter.split / oneMatter.count)} (wrongly)   ${String(oneMatter.count)} texts of the corpus`,
    `two matters    ${recall(twoMatters)} (nlp/corpus/two-matters.tsv, read by each model)`,
    `two joined     ${recall(joined)} (two unseen corpus texts set one after the other)`,
    '',
  ].join('\n')
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`.padStart(6)
}
