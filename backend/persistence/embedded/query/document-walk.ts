import { setImmediate as nextTurn } from 'node:timers/promises'
import { uint32 } from '../storage/catalog.ts'
import { recordKey, recordLength } from '../storage/records.ts'
import type { Table } from '../storage/store.ts'
import type { Found } from './found.ts'
import type { Walk } from './index-walks.ts'

/** How far a walk over all documents of a collection has come. */
export interface WalkPlace {
  readonly collection: number
  readonly reverse: boolean
  /** The last record that was read; null before the first. */
  readonly after: number | null
  readonly isDone: boolean
}

/** Goes on from a place somewhere else, if that is ready; the promise's null: it cannot be had. */
export type LookOn = (place: WalkPlace) => Promise<SiftedPart | null> | 'not yet'

/** What was found elsewhere, and how far that came. */
export interface SiftedPart {
  readonly place: WalkPlace
  readonly found: Found[]
  readonly examined: number
  /** False where the filter has to be asked here, because it fails on what comes next. */
  readonly canGoOn: boolean
}

/** A walk over documents that somebody else may go on with, who asks the filter too. */
export interface DocumentWalk extends Walk {
  /** What was found elsewhere and matches; null when the next documents are to be read here. */
  readonly sifted: (limit: number) => { found: Found[]; examined: number } | null
  /** True when there is nothing to do here until what was asked for elsewhere comes. */
  readonly isWaiting: () => boolean
  /** Lets others have their turn. */
  readonly rest: () => Promise<void>
}

/** Walks over all documents of a collection; after a while elsewhere, if there is such a place. */
export function walkDocuments(
  documents: Table,
  start: Pick<WalkPlace, 'collection' | 'reverse'>,
  lookOn: LookOn | null,
): DocumentWalk {
  let place: WalkPlace = { ...start, after: null, isDone: false }
  let elsewhere = lookOn
  let isAway = false
  let sifted: Found[] = []
  let examined = 0
  const ask = async (look: LookOn): Promise<void> => {
    const asked = look(place)
    if (asked === 'not yet') return nextTurn()
    isAway = true
    const part = await asked
    if (part) {
      place = part.place
      sifted = part.found
      examined += part.examined
    }
    if (part?.canGoOn) return
    isAway = false
    elsewhere = null
  }
  return {
    usesKeys: false,
    isDone: () => place.isDone && sifted.length === 0,
    next: (limit) => {
      const read = readDocuments(documents, place, limit)
      place = read.place
      return read.found
    },
    sifted: (limit) => {
      if (!isAway && sifted.length === 0 && examined === 0) return null
      const part = { found: sifted.splice(0, limit), examined }
      examined = 0
      return part
    },
    isWaiting: () => isAway && sifted.length === 0 && !place.isDone,
    rest: async () => {
      if (elsewhere && sifted.length === 0 && !place.isDone) await ask(elsewhere)
      else await nextTurn()
    },
  }
}

/** The documents that come next from a place, at most so many, and the place after them. */
export function readDocuments(
  documents: Table,
  place: WalkPlace,
  limit: number,
): { found: Found[]; place: WalkPlace } {
  const { collection, reverse, after } = place
  const [low, high] = [uint32(collection), uint32(collection + 1)]
  const first = reverse ? high : low
  const range = documents.getRange({
    start: after === null ? first : recordKey(collection, after),
    end: reverse ? low : high,
    exclusiveStart: after !== null,
    reverse,
    limit,
  })
  const found: Found[] = []
  for (const { key, value } of range)
    found.push({ record: key.readUIntBE(4, recordLength), bytes: value, document: null })
  const last = found.at(-1)?.record ?? after
  return { found, place: { ...place, after: last, isDone: found.length < limit } }
}
