import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { LabelledText } from '../learning/labelled-text.ts'
import type { LikenessResources } from '../likeness/detector.ts'
import type { ReaderResources } from '../reader.ts'
import type { Gazetteer, PersonalDataRules, Taxonomy } from '../resources.ts'
import type { RoutingCorpus } from '../routing/lessons.ts'
import { shortFormsOf } from '../routing/lessons.ts'
import { parseLabelled, UsageError } from './labelled-file.ts'

/** Where the package begins: the folder that has package.json, above dist or the sources. */
const ROOT = packageRoot(fileURLToPath(import.meta.url))
/** Where the shipped model lies. */
export const SHIPPED_MODEL = join(ROOT, 'dist/nlp/model.bin')
/** Where the word counts of the corpus lie, which say how telling a word is. */
export const SHIPPED_WORD_COUNTS = join(ROOT, 'dist/nlp/word-counts.bin')
const SEEDS = join(ROOT, 'seeds/vietnam')
const LEXICON = join(ROOT, 'nlp/lexicon.tsv')
const KIND_PHRASES = join(ROOT, 'nlp/kind-phrases.tsv')
const CORPUS = join(ROOT, 'nlp/corpus')

/** An example that a rule must find so many times. */
export type RuleTest = {
  readonly text: string
  readonly rule: string
  readonly expectedMatches: number
}

/** The seeds and the model that the product ships. */
export function loadShippedResources(): ReaderResources & { readonly model: Uint8Array } {
  return {
    model: readFileSync(SHIPPED_MODEL),
    taxonomy: loadTaxonomy(),
    gazetteer: loadGazetteer(),
    personalDataRules: loadPersonalDataRules(),
    textFacts: loadTextFacts(),
  }
}

/** What the likeness detector of the product is made from. */
export function loadLikenessResources(path: string = SHIPPED_WORD_COUNTS): LikenessResources {
  return { wordCounts: readFileSync(path), shortForms: shortFormsOf(loadTextFacts()) }
}

/** The taxonomy of fields and topics. */
export function loadTaxonomy(): Taxonomy {
  return loadSeed('taxonomy.json') as Taxonomy
}

/** Short forms and other facts about Vietnamese as it is typed. */
export function loadTextFacts(): ReaderResources['textFacts'] {
  return loadSeed('vi_text_facts.json') as ReaderResources['textFacts']
}

/** The routing corpus under nlp/corpus; a bad line stops the build with its place. */
export function loadCorpus(): RoutingCorpus {
  const fields = readdirSync(join(CORPUS, 'fields'))
    .filter((name) => name.endsWith('.tsv'))
    .sort()
    .flatMap((name) =>
      readCorpusFile(join(CORPUS, 'fields', name)).map(({ label, text }) => ({
        field: basename(name, '.tsv'),
        topic: label,
        text,
      })),
    )
  return {
    fields,
    lexicon: loadLexicon(),
    kinds: readCorpusFile(join(CORPUS, 'kinds.tsv')),
    kindPhrases: readPhrases(KIND_PHRASES),
    urgencies: readCorpusFile(join(CORPUS, 'urgency.tsv')),
  }
}

/** Texts of two matters, which nothing is trained on: their fields, in reading order. */
export function loadTwoMatters(): { readonly text: string; readonly fields: readonly string[] }[] {
  return readCorpusFile(join(CORPUS, 'two-matters.tsv')).map(({ label, text }) => ({
    text: text.replace(' || ', ' '),
    fields: label.split('+'),
  }))
}

/** The rules for personal data, with the tests that come with them. */
export function loadPersonalDataRules(): PersonalDataRules & {
  readonly tests: readonly RuleTest[]
} {
  return loadSeed('pii_rules.json') as PersonalDataRules & { tests: RuleTest[] }
}

/** The administrative units, of today and of before July 2025. */
export function loadGazetteer(): Gazetteer {
  const load = (name: string): unknown => loadSeed(`gazetteer/${name}.json`)
  return {
    provinces: load('provinces') as Gazetteer['provinces'],
    wards: load('wards') as Gazetteer['wards'],
    legacyProvinces: load('legacy_provinces') as Gazetteer['legacyProvinces'],
    legacyDistricts: load('legacy_districts') as Gazetteer['legacyDistricts'],
    legacyWards: load('legacy_wards') as Gazetteer['legacyWards'],
  }
}

function loadLexicon(): RoutingCorpus['lexicon'] {
  return readPhrases(LEXICON).map(({ label, text }) => {
    const [field = '', topic = ''] = label.split('/')
    return { field, topic, text }
  })
}

/** Lines of `label<TAB>phrase, phrase, …`. */
function readPhrases(path: string): LabelledText[] {
  return readCorpusFile(path).flatMap(({ label, text }) =>
    text.split(', ').map((phrase) => ({ label, text: phrase })),
  )
}

/** Our own data file: its shape is fixed by the repository. */
function loadSeed(name: string): unknown {
  return JSON.parse(readFileSync(join(SEEDS, name), 'utf8'))
}

function readCorpusFile(path: string) {
  const { examples, badLines } = parseLabelled(readFileSync(path))
  const [bad] = badLines
  if (bad) throw new UsageError(`${path}:${String(bad.line)}: ${bad.reason}`)
  return examples
}

function packageRoot(file: string): string {
  const parts = file.split(/[\\/]nlp[\\/]cli[\\/]/)
  const base = parts.slice(0, -1).join('/nlp/cli/')
  return basename(base) === 'dist' ? join(base, '..') : base
}
