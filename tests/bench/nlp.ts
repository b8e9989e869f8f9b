import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { detectLanguage } from '#nlp/language'
import { createClassifier } from '#nlp/learning/classifier'
import { decodeModel } from '#nlp/learning/model-file'
import { createPartFinder } from '#nlp/parts/find-parts'
import type { ReaderResources } from '#nlp/reader'
import { createReader } from '#nlp/reader'
import { fieldHeadOf } from '#nlp/routing/field-head'
import { createWordReader } from '#nlp/text/words'
import { type FastTextView, trainFastText } from './fasttext.ts'
import { askHelper } from './helper.ts'
import { BAYES_TEXTS, type Example, loadExamples, trainBayes } from './nlp-corpus.ts'
import type { Trainer, TrainingFigures } from './nlp-training-helper.ts'
import { ROOT } from './product.ts'
import type { Row } from './row.ts'
import { percentile } from './statistics.ts'

const BAYES = `natural Bayes (${BAYES_TEXTS} texts)`
const BAYES_RUNS = 200
const RUNS = 5_000
const ROUNDS = 5
const VIEWS: readonly FastTextView[] = ['words', 'words and characters']
const LENGTHS = [
  { about: 60, from: 48, to: 72 },
  { about: 126, from: 110, to: 142 },
] as const
const TRAINER = new URL('./nlp-training-helper.js', import.meta.url)

/** Per second of the thread's own time, so that what else the machine does counts little. */
type Figures = { readonly perSecond: number; readonly p99Ms: number }
type Runner = {
  readonly name: string
  readonly runs: number
  readonly use: (text: string) => unknown
}
type Measured = Figures & { readonly name: string }

/**
 * Texts per second and slowest hundredth of the classifier, of each part of a reading and of the
 * whole, beside natural's Bayes and fastText on the same texts; what training takes.
 */
export async function benchNlp(): Promise<Row[]> {
  const examples = loadExamples()
  return [...(await speedRows(examples)), ...(await trainingRows(examples.length))]
}

async function speedRows(examples: readonly Example[]): Promise<Row[]> {
  const texts = examples.map(({ text }) => text)
  const resources = loadResources()
  const model = decodeModel(resources.model)
  const classifier = createClassifier(model)
  const fieldHead = fieldHeadOf(model)
  const reader = createReader({ ...resources, model })
  const readWords = createWordReader()
  const findParts = createPartFinder(
    (text) => classifier.judge(fieldHead, classifier.score(text, [fieldHead])).ranked,
  )

  const classify = (text: string): unknown =>
    classifier.judge(fieldHead, classifier.score(text, [fieldHead]))
  const classifyWhole = (text: string): unknown =>
    classifier.judge(fieldHead, classifier.score(text))
  const bayes = { name: BAYES, runs: BAYES_RUNS, use: trainBayes(examples) }
  const fastText = await Promise.all(
    VIEWS.map(async (view) => ({
      name: `fastText, ${view}`,
      runs: RUNS,
      use: await trainFastText(examples, view),
    })),
  )
  const parts: Readonly<Record<string, (text: string) => unknown>> = {
    'tell the language': (text) => detectLanguage(readWords(text)),
    'find places': (text) => reader.findPlaces(text),
    'find personal data, redact': (text) => reader.redact(text),
    'tell two matters apart': (text) => findParts(text, readWords(text), false),
  }
  const whole = `field, topic, kind and urgency in one pass: ${model.columnCount} labels`
  const classifying = LENGTHS.flatMap(({ about, from, to }) => {
    const some = texts.filter(({ length }) => length >= from && length <= to)
    const [own, all, ...others] = measureInTurn(some, [
      { name: 'ours', runs: RUNS, use: classify },
      { name: 'ours, whole', runs: RUNS, use: classifyWhole },
      bayes,
      ...fastText,
    ])
    return [
      ...others.flatMap((other) => rowsOf(`tell the field, ${about} characters`, own, other)),
      ...rowsOf(`classify whole, ${about} characters`, all, null),
    ]
  })
  const [reading, besideReading] = measureInTurn(texts, [
    { name: 'ours', runs: RUNS, use: (text) => reader.read(text) },
    bayes,
  ])
  return [
    ...classifying.map((row) => (row.baseline === null ? { ...row, bound: whole } : row)),
    ...rowsOf('read (with places, personal data, evidence)', reading, besideReading),
    ...Object.entries(parts).flatMap(([what, use]) =>
      measureInTurn(texts, [{ name: what, runs: RUNS, use }]).flatMap((part) =>
        rowsOf(what, part, null),
      ),
    ),
  ]
}

function rowsOf(what: string, { perSecond, p99Ms }: Figures, beside: Measured | null): Row[] {
  const than = (figure: keyof Figures) => beside && { name: beside.name, value: beside[figure] }
  return [
    { name: what, value: perSecond, unit: 'texts/s', baseline: than('perSecond') },
    {
      name: `${what}, 99th percentile`,
      value: p99Ms,
      unit: 'ms',
      baseline: than('p99Ms'),
    },
  ]
}

/** Each trainer in a process of its own, so that its memory is its own. */
async function trainingRows(count: number): Promise<Row[]> {
  const ask = async (trainer: Trainer) => askHelper<TrainingFigures>(TRAINER, trainer)
  const ours = await ask('ours')
  const others = {
    'fastText, words and characters': await ask('fastText'),
    [BAYES]: await ask('natural Bayes'),
  }
  const texts = `${count.toLocaleString('en')} texts`
  return Object.entries(others).flatMap(([name, figures]): Row[] => [
    {
      name: `train on ${texts}`,
      value: ours.seconds,
      unit: 's',
      baseline: { name, value: figures.seconds },
    },
    {
      name: `train on ${texts}, most memory held`,
      value: ours.peakMb,
      unit: 'MB',
      baseline: { name, value: figures.peakMb },
    },
  ])
}

/**
 * Each runner's best round; they take turns, so that what else the machine does falls on all alike.
 * The first round warms up: a process that reads for a day has its first second once.
 */
function measureInTurn<const T extends readonly Runner[]>(
  texts: readonly string[],
  runners: T,
): { readonly [K in keyof T]: Measured } {
  const best = runners.map(({ name }): Measured => ({ name, perSecond: 0, p99Ms: Infinity }))
  for (let round = 0; round <= ROUNDS; round++) {
    runners.forEach(({ name, runs, use }, at) => {
      const { perSecond, p99Ms } = measure(texts, runs, use)
      const before = best[at]
      if (round === 0 || !before) return
      best[at] = {
        name,
        perSecond: Math.max(perSecond, before.perSecond),
        p99Ms: Math.min(p99Ms, before.p99Ms),
      }
    })
  }
  // One for each runner, in order.
  return best as { readonly [K in keyof T]: Measured }
}

function measure(texts: readonly string[], runs: number, use: (text: string) => unknown): Figures {
  const textOf = (run: number): string => texts[(run * 7) % texts.length] ?? ''
  const durations: number[] = []
  const usedBefore = process.cpuUsage()
  for (let run = 0; run < runs; run++) {
    const started = performance.now()
    use(textOf(run))
    durations.push(performance.now() - started)
  }
  const { user, system } = process.cpuUsage(usedBefore)
  return {
    perSecond: Math.round((runs * 1_000_000) / (user + system)),
    p99Ms: percentile(durations, 0.99),
  }
}

/** Our own data files: their shapes are fixed by the repository. */
function loadResources(): ReaderResources & { readonly model: Uint8Array } {
  const seed = (name: string): unknown =>
    JSON.parse(readFileSync(join(ROOT, 'seeds/vietnam', `${name}.json`), 'utf8'))
  return {
    model: readFileSync(join(ROOT, 'dist/nlp/model.bin')),
    taxonomy: seed('taxonomy'),
    gazetteer: {
      provinces: seed('gazetteer/provinces'),
      wards: seed('gazetteer/wards'),
      legacyProvinces: seed('gazetteer/legacy_provinces'),
      legacyDistricts: seed('gazetteer/legacy_districts'),
      legacyWards: seed('gazetteer/legacy_wards'),
    },
    personalDataRules: seed('pii_rules'),
    textFacts: seed('vi_text_facts'),
  } as ReaderResources & { readonly model: Uint8Array }
}
