import { decodeDocument, decodeFields } from '../bson/decode.ts'
import type { Doc } from '../bson/values.ts'

/** A document that was found, and where it is. */
export interface Found {
  readonly record: number
  readonly bytes: Buffer
  /** Decoded already if somebody had to see the whole of it. */
  document: Doc | null
}

/** The decoded form of a found document. */
export function documentOf(found: Found): Doc {
  found.document ??= decodeDocument(found.bytes)
  return found.document
}

/** The fields of these names, which cost less than the whole; null: all of them. */
export function fieldsOf(found: Found, names: ReadonlySet<string> | null): Doc {
  if (found.document || names === null) return documentOf(found)
  return decodeFields(found.bytes, names)
}
