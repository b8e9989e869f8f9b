import BayesClassifier from 'natural/lib/natural/classifiers/bayes_classifier.js'
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { createClassifier } from '#nlp/learning/classifier'
import { decodeModel } from '#nlp/learning/model-file'
import type { ReaderResources } from '#nlp/reader'
import { createReader } from '#nlp/reader'
import { ROOT } from './product.ts'
import type { Row } from './row.ts'
import { percentile } from './statistics.ts'

/** As many as natural's Bayes can be trained on in reasonable time. */
const BAYES_TEXTS = 400
const BAYES_RUNS = 200
const RUNS = 2_000

type Example = { readonly field: string; readonly text: string }
type Figures = { readonly perSecond: number; readonly p99Ms: number }

/** Texts per second of the classifier alone and of a whole reading, beside natural's Bayes. */
export function benchNlp(): Row[] {
  const examples = loadExamples()
  const texts = examples.map(({ text }) => text)
  const resources = loadResources()
  const model = decodeModel(resources.model)
  const classifier = createClassifier(model)
  const [head] = model.heads
  const reader = createReader(resources)
  const bayes = trainBayes(examples)

  const baseline = measure(texts, BAYES_RUNS, (text) => bayes.classify(text))
  const classify = measure(texts, RUNS, (text) => {
    const scores = classifier.score(text)
    return head && classifier.judge(head, scores)
  })
  const read = measure(texts, RUNS, (text) => reader.read(text))
  const places = measure(texts, RUNS, (text) => reader.findPlaces(text))
  const redact = measure(texts, RUNS, (text) => reader.redact(text))

  const name = `natural Bayes (${BAYES_TEXTS} texts)`
  const characters = Math.round(texts.reduce((sum, text) => sum + text.length, 0) / texts.length)
  const perSecond = (what: string, figures: Figures, isComparable: boolean): Row => ({
    name: `${what}, ${characters} characters`,
    value: figures.perSecond,
    unit: 'texts/s',
    baseline: isComparable ? { name, value: baseline.perSecond } : null,
  })
  return [
    {
      ...perSecond('classify', classify, true),
      bound: `one pass gives field, topic, kind and urgency: ${model.columnCount} labels`,
    },
    {
      name: 'classify, 99th percentile',
      value: classify.p99Ms,
      unit: 'ms',
      baseline: { name, value: baseline.p99Ms },
    },
    perSecond('read (with places, personal data, evidence)', read, true),
    { name: 'read, 99th percentile', value: read.p99Ms, unit: 'ms', baseline: null },
    perSecond('find places', places, false),
    perSecond('redact', redact, false),
  ]
}

function trainBayes(examples: readonly Example[]): BayesClassifier {
  const bayes = new BayesClassifier()
  const step = Math.max(1, Math.floor(examples.length / BAYES_TEXTS))
  examples
    .filter((_, at) => at % step === 0)
    .slice(0, BAYES_TEXTS)
    .forEach(({ text, field }) => {
      bayes.addDocument(text, field)
    })
  bayes.train()
  return bayes
}

function measure(texts: readonly string[], runs: number, use: (text: string) => unknown): Figures {
  const textOf = (run: number): string => texts[(run * 7) % texts.length] ?? ''
  for (let run = 0; run < runs / 4; run++) use(textOf(run))
  const durations: number[] = []
  for (let run = 0; run < runs; run++) {
    const started = performance.now()
    use(textOf(run))
    durations.push(performance.now() - started)
  }
  const total = durations.reduce((sum, duration) => sum + duration, 0)
  return { perSecond: Math.round((runs * 1000) / total), p99Ms: percentile(durations, 0.99) }
}

function loadExamples(): Example[] {
  const folder = join(ROOT, 'nlp/corpus/fields')
  return readdirSync(folder)
    .sort()
    .flatMap((file) =>
      readFileSync(join(folder, file), 'utf8')
        .split('\n')
        .filter((line) => line.includes('\t'))
        .map((line) => ({
          field: basename(file, '.tsv'),
          text: line.slice(line.indexOf('\t') + 1),
        })),
    )
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
