/** What a citizen wants; the taxonomy's seven kinds under their glossary names. */
export type Kind =
  'report' | 'proposal' | 'question' | 'praise' | 'complaint' | 'denunciation' | 'invalid'

/** How soon somebody must act. */
export type Urgency = 'emergency' | 'high' | 'normal' | 'low'

/** `vi-plain` is Vietnamese typed without diacritics. */
export type Language = 'vi' | 'vi-plain' | 'en' | 'other'

/** A half-open range of UTF-16 offsets in the text that was read. */
export type Span = { readonly start: number; readonly end: number }

/** A stretch of the text that spoke for the chosen field; weights of one reading sum to at most 1. */
export type Evidence = Span & { readonly weight: number }

/** A candidate field with its calibrated confidence (0–1). */
export type RankedField = { readonly field: string; readonly confidence: number }

/**
 * A named administrative unit; `certain` is false where several units answer to the name. An old
 * district can be certain without a code: its province is known, its wards are the candidates.
 */
export type PlaceMention = Span & {
  readonly text: string
  /** Gazetteer code: 2 digits for a province, 5 for a ward or commune; null where no single unit fits. */
  readonly code: string | null
  readonly provinceCode: string | null
  /** The code of the district of before July 2025 that is named, where it is one only. */
  readonly formerDistrictCode: string | null
  readonly certain: boolean
  /** Gazetteer codes that fit, most likely first (at most 8). */
  readonly candidates: readonly string[]
}

/** Personal data in the text, with a mask that keeps the sentence readable. */
export type PersonalDataSpan = Span & { readonly type: string; readonly mask: string }

/** A stretch of a text that speaks of a field of its own. */
export type Part = Span & { readonly field: string; readonly confidence: number }

/** What an officer should look at again in a draft response; the screen has words for each. */
export type DraftHint = {
  readonly code:
    'repeats-question' | 'no-commitment' | 'no-contact' | 'personal-data' | 'generic-refusal'
  /** Where it is in the draft; none where something is missing. */
  readonly spans: readonly Span[]
}

/** Everything understood from one text. */
export type Reading = {
  /** The linear model's; behind a plus, that of the other classifier that took part. */
  readonly modelVersion: string
  readonly language: Language
  readonly kind: Kind
  readonly kindConfidence: number
  /** Best field of the taxonomy, also when `abstain` is true; null only for an empty or unreadable text. */
  readonly field: string | null
  readonly topic: string | null
  readonly confidence: number
  /** Runner-up fields, most likely first (at most 3). */
  readonly alternatives: readonly RankedField[]
  /** True where the confidence is too low to route without a person. */
  readonly abstain: boolean
  readonly evidence: readonly Evidence[]
  readonly urgency: Urgency
  readonly urgencyEvidence: readonly Span[]
  readonly places: readonly PlaceMention[]
  readonly personalData: readonly PersonalDataSpan[]
  /** The matters of a text that surely has several, in reading order; empty otherwise. */
  readonly parts: readonly Part[]
}
