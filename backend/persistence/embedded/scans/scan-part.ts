import { encodeDocument } from '../bson/encode.ts'
import type { Doc } from '../bson/values.ts'
import type { WalkPlace } from '../query/document-walk.ts'
import type { FilterOrigin } from '../query/filter-types.ts'

/** What the thread is asked: to look on through a collection for a moment. Documents are BSON. */
export interface ScanTask {
  readonly task: number
  /** The same for every part of one scan. */
  readonly scan: number
  readonly filter: Uint8Array
  readonly variables: Uint8Array
  readonly place: WalkPlace
}

/** What it found. */
export interface ScanPart {
  readonly task: number
  /** How far it came. */
  readonly place: WalkPlace
  readonly examined: number
  /** The records that match, and where the document of each ends in `bytes`. */
  readonly records: readonly number[]
  readonly ends: readonly number[]
  readonly bytes: Uint8Array
  /** The filter fails on the document that comes next. Who looks for himself meets the error. */
  readonly isStuck: boolean
}

/** A filter as another thread can read it. */
export function portableFilter({ filter, variables }: FilterOrigin): {
  filter: Uint8Array
  variables: Uint8Array
} {
  // A message carries the whole memory behind its bytes, so they get a piece of their own.
  const bytes = (document: Doc): Uint8Array => new Uint8Array(encodeDocument(document))
  return { filter: bytes(filter), variables: bytes(new Map(variables)) }
}
