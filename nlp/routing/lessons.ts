import { isPlainSyllable } from '../language.ts'
import { finerLabel } from '../learning/finer-head.ts'
import type { LabelledText } from '../learning/labelled-text.ts'
import type { Lesson } from '../learning/train.ts'
import type { Taxonomy, TextFacts } from '../resources.ts'
import type { Kind } from '../reading.ts'

/**
 * A wrongly routed case comes back with a reason in a day; one that waits for a person waits too. The
 * corpus is also harder than what people mostly send, so this is the lower end of what they see.
 */
const ROUTING_PRECISION = 0.9

/** What `chooseSettings` finds for the corpus; looking for it anew would triple the build's time. */
const FIELD_SETTINGS = { cost: 0.05, contrast: 0.25, countsShare: 0.8 } as const
const KIND_SETTINGS = { cost: 1, contrast: 0.5, countsShare: 0.2 } as const
/** Topics have few texts each: contrasts between them are noise. */
const TOPIC_SETTINGS = { cost: 0.1, contrast: 0, countsShare: 0.8 } as const

/** A text of the routing corpus. */
export type CorpusText = { readonly field: string; readonly topic: string; readonly text: string }

/** All that the shipped model learns from. */
export type RoutingCorpus = {
  readonly fields: readonly CorpusText[]
  /** Words and phrases that tell of a topic, beside those of the taxonomy. */
  readonly lexicon: readonly CorpusText[]
  readonly kinds: readonly LabelledText[]
  /** Phrases that tell of a kind. */
  readonly kindPhrases: readonly LabelledText[]
  readonly urgencies: readonly LabelledText[]
}

/** The model's decisions, by the names of its heads. */
export const HEAD_NAMES = {
  field: 'field',
  topic: 'topic',
  kind: 'kind',
  urgency: 'urgency',
} as const

/** The taxonomy's kinds under their glossary names. */
const KIND_OF_PETITION: Readonly<Record<string, Kind>> = {
  phan_anh: 'report',
  kien_nghi: 'proposal',
  khieu_nai: 'complaint',
  to_cao: 'denunciation',
  hoi_dap: 'question',
  khen: 'praise',
  khong_hop_le: 'invalid',
}

/** Listed as misspellings, but words of their own: to block, a gap, a hip. */
const REAL_WORDS = new Set(['bít', 'hổng', 'hông'])
const KEYWORD_WEIGHT = 0.9
const NAME_WEIGHT = 0.4
const WITHOUT_TOPIC = 'other'

/** The lessons of the routing model: the corpus, and the taxonomy's own words as weak labels. */
export function routingLessons(corpus: RoutingCorpus, taxonomy: Taxonomy): Lesson[] {
  const known = new Set(
    taxonomy.fields.flatMap((field) =>
      topicIds(field.subtopics).map((id) => topicLabel(field.id, id)),
    ),
  )
  for (const { field, topic } of [...corpus.fields, ...corpus.lexicon]) {
    if (!known.has(topicLabel(field, topic))) {
      throw new Error(
        `The corpus names the topic "${topicLabel(field, topic)}", which the taxonomy has not.`,
      )
    }
  }
  const words = corpus.lexicon.map((each) => ({ ...each, weight: KEYWORD_WEIGHT }))
  const weak = [...words, ...keywordTexts(taxonomy)]
  const texts = [...corpus.fields.map((each) => ({ ...each, weight: 1 })), ...weak]
  const cues = taxonomy.petitionKinds.flatMap(({ id, cues: words }) =>
    words.map((text) => ({ text, label: KIND_OF_PETITION[id] ?? 'report', weight: NAME_WEIGHT })),
  )
  const phrases = corpus.kindPhrases.map((each) => ({ ...each, weight: KEYWORD_WEIGHT }))
  const lessons: Lesson[] = [
    {
      name: HEAD_NAMES.field,
      examples: texts.map(({ field, topic, text, weight }) => ({
        text,
        weight,
        label: field,
        finer: topic,
      })),
      wantedPrecision: ROUTING_PRECISION,
      settings: FIELD_SETTINGS,
      finer: { name: HEAD_NAMES.topic, settings: TOPIC_SETTINGS },
    },
    {
      name: HEAD_NAMES.kind,
      examples: [...corpus.kinds, ...phrases, ...cues],
      settings: KIND_SETTINGS,
    },
    { name: HEAD_NAMES.urgency, examples: corpus.urgencies },
  ]
  return lessons.filter((lesson) => lesson.examples.length > 0)
}

/** Every so manieth example of each lesson: trained on in a fraction of the time. */
export function thinnedLessons(lessons: readonly Lesson[], stride: number): Lesson[] {
  return lessons.map((lesson) => {
    return { ...lesson, examples: lesson.examples.filter((_, at) => at % stride === 0) }
  })
}

/** How a topic is called among all topics. */
export function topicLabel(field: string, topic: string): string {
  return finerLabel(field, topic)
}

/**
 * Short forms that mean one thing only, lower-cased. Ambiguous ones stay as written, and so do those
 * that are a word typed without diacritics: "hem" is "hẻm" more often than "không".
 */
export function shortFormsOf(facts: TextFacts): Record<string, string> {
  const meanings = new Map<string, Set<string>>()
  for (const [shorts, long] of [
    ...Object.entries(facts.teencode),
    ...Object.entries(facts.govAbbr),
  ]) {
    if (long === '') continue
    for (const short of shorts.toLowerCase().split('|')) {
      const known = meanings.get(short) ?? new Set()
      meanings.set(short, known.add(long.toLowerCase()))
    }
  }
  return Object.fromEntries(
    [...meanings].flatMap(([short, longs]) => {
      const [long = ''] = longs
      const isClear = longs.size === 1 && !/[|(/]/.test(long)
      return isClear && !isWord(short) ? [[short, long]] : []
    }),
  )
}

function isWord(short: string): boolean {
  return REAL_WORDS.has(short) || (short.length > 1 && isPlainSyllable(short))
}

function topicIds(topics: Taxonomy['fields'][number]['subtopics']): string[] {
  return topics.length > 0 ? topics.map((topic) => topic.id) : [WITHOUT_TOPIC]
}

function keywordTexts(taxonomy: Taxonomy): (CorpusText & { weight: number })[] {
  return taxonomy.fields.flatMap((field) =>
    field.subtopics.flatMap((topic) => [
      { field: field.id, topic: topic.id, text: topic.name, weight: NAME_WEIGHT },
      ...topic.keywords.map((text) => ({
        field: field.id,
        topic: topic.id,
        text,
        weight: KEYWORD_WEIGHT,
      })),
    ]),
  )
}
