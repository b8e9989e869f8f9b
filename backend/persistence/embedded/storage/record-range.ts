import type { Transaction as Snapshot } from 'lmdb'
import { uint32 } from './catalog.ts'
import { recordKey, recordLength } from './records.ts'
import type { Store } from './store.ts'

/** A document as it is stored, with the number of its record. */
export interface StoredDocument {
  readonly record: number
  readonly bytes: Buffer
}

/**
 * Up to `limit` documents of a collection from record `from` on, in the order of their records;
 * of a snapshot, or as of now.
 */
export function readRecords(
  store: Store,
  collectionId: number,
  from: number,
  limit: number,
  snapshot?: Snapshot,
): StoredDocument[] {
  const range = store.documents.getRange({
    start: recordKey(collectionId, from),
    end: uint32(collectionId + 1),
    ...(Number.isFinite(limit) ? { limit } : {}),
    ...(snapshot ? { transaction: snapshot } : {}),
  })
  return Array.from(range, ({ key, value }) => ({
    record: key.readUIntBE(4, recordLength),
    bytes: value,
  }))
}
