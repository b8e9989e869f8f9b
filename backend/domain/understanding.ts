import type { DraftHintCode, Kind, Urgency } from '#contracts/vocabulary'

/** Half-open range of UTF-16 offsets in a text. */
export type Span = { readonly start: number; readonly end: number }

/** An administrative unit named in a text. */
export type PlaceMention = Span & {
  readonly text: string
  readonly code: string | null
  readonly provinceCode: string | null
  readonly certain: boolean
  readonly candidates: readonly string[]
}

/** What to look at again in a draft response, and where; no place where something is missing. */
export type DraftHint = { readonly code: DraftHintCode; readonly spans: readonly Span[] }

/** What was understood from a citizen's words; kept with the case so that it can be explained later. */
export type Understanding = {
  readonly modelVersion: string
  readonly language: 'vi' | 'vi-plain' | 'en' | 'other'
  readonly kind: Kind
  readonly field: string | null
  readonly topic: string | null
  readonly confidence: number
  readonly alternatives: readonly { readonly field: string; readonly confidence: number }[]
  /** True where a person must choose. */
  readonly abstain: boolean
  readonly evidence: readonly (Span & { readonly weight: number })[]
  readonly urgency: Urgency
  readonly places: readonly PlaceMention[]
  readonly personalData: readonly (Span & { readonly type: string })[]
  /** The matters of a text that has several; cases read before this was known have none. */
  readonly parts?: readonly (Span & { readonly field: string; readonly confidence: number })[]
}
