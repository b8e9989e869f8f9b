import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { createPrinter } from '../likeness/print.ts'
import { countWords, encodeWordCounts } from '../likeness/word-counts.ts'
import { decodeModel, encodeModel } from '../learning/model-file.ts'
import { trainModel } from '../learning/train.ts'
import { routingLessons, shortFormsOf } from '../routing/lessons.ts'
import {
  loadCorpus,
  loadTaxonomy,
  loadTextFacts,
  SHIPPED_MODEL,
  SHIPPED_WORD_COUNTS,
} from './seeds.ts'

const SEED = 1

const started = performance.now()
const corpus = loadCorpus()
const shortForms = shortFormsOf(loadTextFacts())
const lessons = routingLessons(corpus, loadTaxonomy())
const model = trainModel(lessons, { seed: SEED, shortForms })
const bytes = encodeModel(model)
mkdirSync(dirname(SHIPPED_MODEL), { recursive: true })
writeFileSync(SHIPPED_MODEL, bytes)
const print = createPrinter(shortForms)
const wordCounts = encodeWordCounts(countWords(corpus.fields.map(({ text }) => print(text))))
writeFileSync(SHIPPED_WORD_COUNTS, wordCounts)
for (const { name, heldOut } of model.heads) {
  if (!heldOut) continue
  process.stdout.write(
    `${name}: ${percent(heldOut.accuracy)} right, ${percent(heldOut.topThree)} among three, on ${String(heldOut.count)} held-out texts\n`,
  )
}
const texts = lessons[0]?.examples.length ?? 0
const seconds = ((performance.now() - started) / 1000).toFixed(1)
const megabytes = (bytes.length / 1e6).toFixed(1)
process.stdout.write(
  `Routing model ${decodeModel(bytes).version}: ${String(texts)} texts, ${megabytes} MB, ${seconds} s → ${SHIPPED_MODEL}\n`,
)

function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`
}
