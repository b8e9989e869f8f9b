import { answerKeys, sightingKeys } from './keys.ts'
import { findNearCopies, type NearCopy } from './near-copies.ts'
import { packPrint, PRINT_FORMAT, unpackPrint } from './pack.ts'
import { createPrinter } from './print.ts'
import { type Likeness, likenessOf, type Sighting, textLikeness, wording } from './score.ts'
import { decodeWordCounts, weightsFrom } from './word-counts.ts'

/** A sighting as it is stored: its print as bytes. */
export type StoredSighting = Omit<Sighting, 'print'> & { readonly print: Uint8Array }

/**
 * Finds reports about one incident and questions alike; knows no database and keeps nothing. Bytes
 * that are no print are like nothing.
 */
export type LikenessDetector = {
  /** Stored prints of another format have to be made anew. */
  readonly format: number
  readonly print: (text: string, address?: string | null) => Uint8Array
  /** Keys to store a report under, and to look for others with. */
  readonly sightingKeys: (sighting: StoredSighting) => string[]
  readonly answerKeys: (print: Uint8Array, field: string | null) => string[]
  readonly likeness: (a: StoredSighting, b: StoredSighting) => Likeness
  /** How likely two texts are about one incident, 0 to 1, where nothing else is known. */
  readonly textLikeness: (a: string, b: string) => number
  /** How alike the words of two texts are, 0 to 1. */
  readonly wording: (a: Uint8Array, b: Uint8Array) => number
  readonly findNearCopies: (texts: readonly string[], least: number) => NearCopy[]
}

/** Everything the detector knows, handed in. */
export type LikenessResources = {
  /** The bytes of counts made by `build-model`. */
  readonly wordCounts: Uint8Array
  readonly shortForms: Readonly<Record<string, string>>
}

/** Makes a detector. */
export function createLikenessDetector(resources: LikenessResources): LikenessDetector {
  const weightOf = weightsFrom(decodeWordCounts(resources.wordCounts))
  const print = createPrinter(resources.shortForms)
  return {
    format: PRINT_FORMAT,
    print: (text, address) => packPrint(print(text, address)),
    sightingKeys: (sighting) => sightingKeys(unpacked(sighting), weightOf),
    answerKeys: (bytes, field) => answerKeys(unpackPrint(bytes), field, weightOf),
    likeness: (a, b) => likenessOf(unpacked(a), unpacked(b), weightOf),
    textLikeness: (a, b) => textLikeness(print(a), print(b), weightOf),
    wording: (a, b) => wording(unpackPrint(a), unpackPrint(b), weightOf),
    findNearCopies: (texts, least) =>
      findNearCopies(
        texts.map((text) => print(text)),
        weightOf,
        least,
      ),
  }
}

function unpacked(stored: StoredSighting): Sighting {
  return { ...stored, print: unpackPrint(stored.print) }
}
