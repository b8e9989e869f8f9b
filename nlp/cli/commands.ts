import { readFileSync } from 'node:fs'
import type { Classifier, Verdict } from '../learning/classifier.ts'
import { createClassifier } from '../learning/classifier.ts'
import { compareOutcomes } from '../learning/compare.ts'
import { evaluate, predictAll } from '../learning/evaluate.ts'
import type { LabelledText } from '../learning/labelled-text.ts'
import { createLabelExplainer } from '../learning/explain-label.ts'
import { decodeModel } from '../learning/model-file.ts'
import type { Head } from '../learning/model.ts'
import { isNotWorse } from '../learning/not-worse.ts'
import { createReader } from '../reader.ts'
import type { PlaceMention } from '../reading.ts'
import { gatherEvidence } from '../routing/evidence.ts'
import { writeAnswers } from './answers.ts'
import { evaluateParts } from './evaluate-parts.ts'
import { readLabelled, readTexts, readTextsToJudge, UsageError } from './labelled-file.ts'
import { compareTexts } from './likeness-command.ts'
import { printEvaluation, printParts } from './print-evaluation.ts'
import { loadShippedResources, SHIPPED_MODEL } from './seeds.ts'
import { trainInto } from './train-command.ts'

/** The options of the command line, already parsed. */
export type Options = {
  readonly input?: string | undefined
  readonly dev?: string | undefined
  readonly model?: string | undefined
  readonly output?: string | undefined
  readonly seed?: string | undefined
  readonly json: boolean
  readonly skipBad: boolean
  readonly positionals: readonly string[]
}

/** What `npm run nlp --` can do, by name. */
export const COMMANDS: Readonly<Record<string, (options: Options) => void | Promise<void>>> = {
  train,
  eval: evaluateModel,
  predict,
  compare,
  explain,
  understand,
  likeness,
  parts,
}

const MOST_ALTERNATIVES = 3
const DEFAULT_SEED = 1
/** How long the speed of reading is measured. */
const SPEED_MS = 1_000

async function train(options: Options): Promise<void> {
  await trainInto(required(options, 'model'), {
    input: required(options, 'input'),
    dev: options.dev,
    skipBad: options.skipBad,
    seed: seedOf(options),
  })
}

/** Whole passes over the examples, once the code is compiled, until the clock can tell. */
function measureSpeed(
  classifier: Classifier,
  head: Head,
  examples: readonly LabelledText[],
): number {
  if (examples.length === 0) return 0
  const started = performance.now()
  let read = 0
  while (performance.now() - started < SPEED_MS) {
    predictAll(classifier, head, examples)
    read += examples.length
  }
  return Math.round(read / ((performance.now() - started) / 1000))
}

function evaluateModel(options: Options): void {
  const { classifier, head } = openModel(required(options, 'model'))
  const examples = readLabelled(required(options, 'input'), options.skipBad)
  warnOfUnknown(examples, head)
  const outcomes = predictAll(classifier, head, examples)
  const textsPerSecond = measureSpeed(classifier, head, examples)
  const result = { ...evaluate(outcomes), textsPerSecond }
  process.stdout.write(options.json ? `${JSON.stringify(result)}\n` : printEvaluation(result))
}

/** A label that the model never learnt counts as wrong, which a mistaken file should not hide. */
function warnOfUnknown(examples: readonly LabelledText[], head: Head): void {
  const known = new Set(head.labels)
  const unknown = examples.filter(({ label }) => !known.has(label))
  if (unknown.length === 0) return
  const names = [...new Set(unknown.map(({ label }) => label))].slice(0, 5)
  process.stderr.write(
    `${String(unknown.length)} of ${String(examples.length)} texts have labels that the model does not know (${names.join(', ')} …); they count as wrong.\n`,
  )
}

function predict(options: Options): void {
  const { classifier, head } = openModel(required(options, 'model'))
  const texts = readTextsToJudge(required(options, 'input'), new Set(head.labels))
  const lines = texts.map((text) => {
    const verdict = classifier.judge(head, classifier.score(text))
    return {
      label: verdict.ranked[0]?.label ?? null,
      confidence: rounded(verdict.ranked[0]?.confidence ?? 0),
      alternatives: alternativesOf(verdict),
      abstain: verdict.abstain,
    }
  })
  writeAnswers(options.output, lines)
}

function compare(options: Options): void {
  const [first, second] = options.positionals
  if (first === undefined || second === undefined) throw new UsageError('compare wants two models.')
  const examples = readLabelled(required(options, 'input'), options.skipBad)
  const [a, b] = [first, second].map((path) => {
    const { classifier, head } = openModel(path)
    return predictAll(classifier, head, examples)
  })
  const result = compareOutcomes(a ?? [], b ?? [])
  const notWorse = isNotWorse(result)
  const sentence =
    `Right: ${String(result.rightA)} and ${String(result.rightB)} of ${String(result.count)}; ` +
    `only the first ${String(result.onlyA)}, only the second ${String(result.onlyB)}; ` +
    `McNemar p = ${result.p.toFixed(4)}: the second is ${notWorse ? 'not ' : ''}worse\n`
  process.stdout.write(options.json ? `${JSON.stringify({ ...result, notWorse })}\n` : sentence)
}

function explain(options: Options): void {
  const { classifier, head } = openModel(options.model ?? SHIPPED_MODEL)
  const explainLabel = createLabelExplainer(classifier.model, head)
  const texts = readTextsToJudge(required(options, 'input'), new Set(head.labels))
  const lines = texts.map((text) => {
    const { ranked } = classifier.judge(head, classifier.score(text))
    const [best, runnerUp] = ranked
    if (!best) return { label: null, runnerUp: null, evidence: [], against: [], scores: [] }
    const spans = (label: string, rival: string | null) =>
      gatherEvidence(text, classifier.explain(text, head, label, rival)).map((span) => ({
        ...span,
        weight: rounded(span.weight),
        text: text.slice(span.start, span.end),
      }))
    return {
      label: best.label,
      runnerUp: runnerUp?.label ?? null,
      evidence: spans(best.label, runnerUp?.label ?? null),
      against: runnerUp ? spans(runnerUp.label, best.label) : [],
      // In full precision: bias and contributions add up to the score.
      scores: ranked.slice(0, 2).map(({ label }) => {
        const { score, bias, contributions } = explainLabel(text, label)
        const named = contributions.map((each) => ({
          ...each,
          text: text.slice(each.start, each.end),
        }))
        return { label, score, bias, contributions: named }
      }),
    }
  })
  writeAnswers(options.output, lines)
}

function understand(options: Options): void {
  const reader = createReader({
    ...loadShippedResources(),
    ...(options.model === undefined ? {} : { model: readModel(options.model) }),
  })
  const lines = readTexts(required(options, 'input')).map((text) => {
    const reading = reader.read(text)
    return {
      ...reading,
      places: reading.places.map(shownPlace),
      personalData: reading.personalData.map(({ type, start, end }) => ({ type, start, end })),
    }
  })
  writeAnswers(options.output, lines)
}

function shownPlace(place: PlaceMention) {
  const { code, formerDistrictCode, provinceCode, text, certain, candidates, start, end } = place
  // The gazetteer's code of what is named: a district has one, though today it has no office.
  const named = code ?? formerDistrictCode
  return { code: named, provinceCode, text, certain, candidates, start, end }
}

function likeness(options: Options): void {
  compareTexts(required(options, 'input'), options.output)
}

/** How well two matters in one text are told from one, on texts kept out of training. */
function parts(options: Options): void {
  const result = evaluateParts()
  process.stdout.write(options.json ? `${JSON.stringify(result)}\n` : printParts(result))
}

function openModel(path: string): { classifier: Classifier; head: Head } {
  const model = decodeModel(readModel(path))
  const [head] = model.heads
  if (!head) throw new UsageError(`${path} has learnt no labels.`)
  return { classifier: createClassifier(model), head }
}

function readModel(path: string): Uint8Array {
  try {
    return readFileSync(path)
  } catch {
    throw new UsageError(`Cannot read the model ${path}. Train one, or build the shipped one.`)
  }
}

function alternativesOf(verdict: Verdict): { label: string; confidence: number }[] {
  return verdict.ranked
    .slice(1, MOST_ALTERNATIVES + 1)
    .map(({ label, confidence }) => ({ label, confidence: rounded(confidence) }))
}

function required(options: Options, name: 'input' | 'model'): string {
  const value = options[name]
  if (value === undefined) throw new UsageError(`--${name} is missing.`)
  return value
}

function seedOf(options: Options): number {
  const seed = Number(options.seed ?? DEFAULT_SEED)
  if (!Number.isSafeInteger(seed)) throw new UsageError('--seed wants a whole number.')
  return seed
}

function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6
}
