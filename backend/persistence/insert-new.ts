import type { Collection } from 'mongoose'
import { isDuplicateKey } from './guard.ts'

/** Inserts a document; false where its id is taken. */
export async function insertNew(
  collection: Collection,
  document: { readonly _id: string; readonly [field: string]: unknown },
): Promise<boolean> {
  try {
    await collection.insertOne(document as never)
    return true
  } catch (error) {
    if (isDuplicateKey(error)) return false
    throw error
  }
}
