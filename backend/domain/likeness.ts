import type { LikenessReason } from '#contracts/vocabulary'
import type { Case } from './case.ts'

/** A case as far as it matters for finding others about the same incident. */
export type Sighting = {
  /** What the text's words were turned into; only the detector can read it. */
  readonly print: Uint8Array
  readonly field: string | null
  readonly topic: string | null
  readonly unitCode: string | null
  readonly provinceCode: string | null
  readonly lat: number | null
  readonly lng: number | null
  /** Milliseconds since 1970. */
  readonly at: number | null
}

/** A case's print, with the keys that others find it by. */
export type CasePrint = {
  readonly code: string
  readonly version: number
  readonly format: number
  /** Not read back. */
  readonly keys: readonly string[]
  readonly sighting: Sighting
  /** The print of its public question; null unless it is on the public list. */
  readonly answerPrint: Uint8Array | null
}

/** Prints that share a key, received in a stretch of time; at any time where `since` is null. */
export type PrintSearch = {
  readonly keys: readonly string[]
  readonly since: Date | null
  readonly until: Date
  /** The newest so many. */
  readonly limit: number
}

/** How likely two cases are about one incident, 0 to 1, and what speaks for it. */
export type Likeness = { readonly score: number; readonly reasons: readonly LikenessReason[] }

/** Where, when and about what a case is, with the print of its words. */
export function sightingOf(current: Case, print: Uint8Array): Sighting {
  const { place } = current
  return {
    print,
    field: current.field,
    topic: current.topic,
    unitCode: place?.unitCode ?? null,
    provinceCode: place?.provinceCode ?? null,
    lat: place?.lat ?? null,
    lng: place?.lng ?? null,
    at: current.receivedAt.getTime(),
  }
}
