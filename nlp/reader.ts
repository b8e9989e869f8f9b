import { createDraftReviewer, type DraftQuestion } from './drafts/review-draft.ts'
import { detectLanguage } from './language.ts'
import type { RankedLabel, Scores, WordWeight } from './learning/classifier.ts'
import { createClassifier, READ_LIMIT } from './learning/classifier.ts'
import type { Corrections, CorrectionSources } from './learning/corrections.ts'
import { createCorrections } from './learning/corrections.ts'
import { createLabelExplainer, wordWeightsOf } from './learning/explain-label.ts'
import type { LabelledText } from './learning/labelled-text.ts'
import { decodeModel } from './learning/model-file.ts'
import type { Model } from './learning/model.ts'
import type { Opinion } from './learning/opinion.ts'
import { createPartFinder } from './parts/find-parts.ts'
import { createPersonalDataFinder } from './personal-data/find-personal-data.ts'
import { createPlaceFinder } from './places/find-places.ts'
import type { DraftHint, Kind, PlaceMention, RankedField, Reading, Urgency } from './reading.ts'
import type { Gazetteer, PersonalDataRules, Taxonomy, TextFacts } from './resources.ts'
import { gatherEvidence } from './routing/evidence.ts'
import { fieldHeadOf } from './routing/field-head.ts'
import { judgeKind } from './routing/kind.ts'
import { HEAD_NAMES, topicLabel } from './routing/lessons.ts'
import { bestTopic } from './routing/topic-head.ts'
import { judgeUrgency } from './routing/urgency.ts'
import { createWordReader } from './text/words.ts'

/** Everything the reader knows, handed in: it reads no files itself. */
export type ReaderResources = {
  /** A model made by `build-model`, as bytes or read already. */
  readonly model: Uint8Array | Model
  readonly taxonomy: Taxonomy
  readonly gazetteer: Gazetteer
  readonly personalDataRules: PersonalDataRules
  readonly textFacts: TextFacts
  /** Fields that the model was not trained on, and texts to hold on to while it learns; made when needed. */
  readonly corrections?: () => CorrectionSources
  /** Whether there are such fields. */
  readonly hasAddedFields?: boolean
}

/** Reads what citizens write. All offsets are UTF-16 offsets of the text given. */
export type Reader = {
  readonly modelVersion: string
  /** The opinion of another classifier joins the linear model's in choosing the field. */
  readonly read: (text: string, opinion?: Opinion | null) => Reading
  /** Masks personal data and the names given; service numbers stay, the sentence stays readable. */
  readonly redact: (text: string, knownNames?: readonly string[]) => string
  readonly findPlaces: (text: string) => PlaceMention[]
  /** What to look at again in a draft response to a citizen. */
  readonly reviewDraft: (draft: string, question: DraftQuestion) => DraftHint[]
  /** Learns at once, on top of the model, that a person said this text is of this field. */
  readonly learn: (decided: LabelledText) => void
}

/** What people taught on top of the model, and why a text scores as it does with that. */
type Learnt = {
  readonly corrections: Corrections
  readonly explain: ReturnType<typeof createLabelExplainer>
}

const UNSAID_FIELD = 'other'
const MOST_ALTERNATIVES = 3

/** Makes a reader; throws ModelFileError where the model is foreign, cut short or damaged. */
export function createReader(resources: ReaderResources): Reader {
  const given = resources.model
  const model = given instanceof Uint8Array ? decodeModel(given) : given
  const classifier = createClassifier(model)
  const findPlaces = createPlaceFinder(resources.gazetteer)
  const personalData = createPersonalDataFinder(resources.personalDataRules)
  const readWords = createWordReader()
  const heads = new Map(model.heads.map((head) => [head.name, head]))
  const topicUrgency = urgencyByTopic(resources.taxonomy)
  const fieldHead = fieldHeadOf(model)

  const findParts = createPartFinder(
    (text) => classifier.judge(fieldHead, classifier.score(text, [fieldHead])).ranked,
  )
  let learnt: Learnt | null = null

  function startLearning(): Learnt {
    const corrections = createCorrections(model, fieldHead, resources.corrections?.())
    learnt = { corrections, explain: createLabelExplainer(model, fieldHead, corrections) }
    return learnt
  }
  if (resources.hasAddedFields) startLearning()

  /** What was learnt since the model was made, where that changes anything. */
  function layer(): Learnt | null {
    return learnt === null || learnt.corrections.isEmpty() ? null : learnt
  }

  /** Word by word, why the field: from the model alone, or with what was learnt since. */
  function explainField(text: string, label: string): WordWeight[] {
    const onTop = layer()
    if (onTop === null) return classifier.explain(text, fieldHead, label, null)
    return wordWeightsOf(onTop.explain(text, label).contributions)
  }

  function judge(name: string, scores: Scores) {
    const head = heads.get(name)
    return head ? classifier.judge(head, scores) : null
  }

  function read(text: string, opinion: Opinion | null = null): Reading {
    const words = readWords(text.slice(0, READ_LIMIT))
    const language = detectLanguage(words)
    const isPlainText = language !== 'vi'
    const scores = classifier.score(text)
    const corrections = layer()?.corrections
    const field = corrections
      ? corrections.judge(corrections.correct(text, scores), opinion)
      : classifier.judge(fieldHead, scores, opinion)
    const kind = judgeKind(words, isPlainText, bestKind(judge(HEAD_NAMES.kind, scores)))
    const [best] = field.ranked
    const isReadable = words.length > 0 && scores.knownShare > 0 && best !== undefined
    const topic = isReadable ? bestTopic(model, scores, best.label) : null
    const weights = isReadable ? explainField(text, best.label) : []
    const urgency = judgeUrgency(words, {
      kind: kind.kind,
      isPlainText,
      topicUrgency:
        field.abstain || topic === null
          ? null
          : (topicUrgency.get(topicLabel(best?.label ?? '', topic)) ?? null),
      learnt: bestUrgency(judge(HEAD_NAMES.urgency, scores)),
    })
    return {
      modelVersion: opinion === null ? model.version : `${model.version}+${opinion.version}`,
      language,
      kind: isReadable ? kind.kind : 'invalid',
      kindConfidence: kind.confidence,
      field: isReadable ? best.label : null,
      topic,
      confidence: isReadable ? best.confidence : 0,
      alternatives: isReadable ? toAlternatives(field.ranked) : [],
      // "Other" means that too little was said: a person asks back.
      abstain: !isReadable || field.abstain || best.label === UNSAID_FIELD,
      evidence: gatherEvidence(text, weights),
      urgency: urgency.urgency,
      urgencyEvidence: urgency.evidence,
      places: findPlaces(text),
      personalData: personalData.find(text),
      parts: isReadable && kind.kind !== 'invalid' ? findParts(text, words, isPlainText) : [],
    }
  }

  return {
    modelVersion: model.version,
    read,
    redact: (text, knownNames = []) => personalData.redact(text, knownNames),
    findPlaces,
    reviewDraft: createDraftReviewer(personalData),
    learn: (decided) => {
      const { corrections } = learnt ?? startLearning()
      corrections.learn(decided)
    },
  }
}

function toAlternatives(ranked: readonly RankedLabel[]): RankedField[] {
  return ranked
    .slice(1, MOST_ALTERNATIVES + 1)
    .map(({ label, confidence }) => ({ field: label, confidence }))
}

// The labels of these heads are the closed lists they were trained from.
function bestKind(verdict: { ranked: readonly RankedLabel[] } | null) {
  const best = verdict?.ranked[0]
  return best ? { kind: best.label as Kind, confidence: best.confidence } : null
}

function bestUrgency(verdict: { ranked: readonly RankedLabel[] } | null) {
  const best = verdict?.ranked[0]
  return best ? { urgency: best.label as Urgency, confidence: best.confidence } : null
}

function urgencyByTopic(taxonomy: Taxonomy): ReadonlyMap<string, Urgency> {
  return new Map(
    taxonomy.fields.flatMap((field) =>
      field.subtopics.map(
        (topic) => [topicLabel(field.id, topic.id), topic.urgency as Urgency] as const,
      ),
    ),
  )
}
