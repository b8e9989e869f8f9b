import { BSONRegExp, ObjectId } from 'bson'
import { CommandError } from '../errors.ts'
import { decodeDocument } from '../bson/decode.ts'
import { encodeDocument } from '../bson/encode.ts'
import { hasEmptyTimestamp, withTimestamps } from '../bson/timestamps.ts'
import { bsonType, doc, isDoc, type Doc, type Value } from '../bson/values.ts'
import { filterContext, type Engine } from '../engine.ts'
import { validationDetails } from '../query/validation-details.ts'
import { recordKey } from '../storage/records.ts'
import type { Collection } from '../storage/catalog.ts'
import type { Transaction } from '../storage/write-queue.ts'

const maxDocumentBytes = 16 * 1024 * 1024

/** How a write treats the collection's validator, and timestamps that say nothing. */
export interface WriteOptions {
  readonly bypassValidation: boolean
  readonly keepsEmptyTimestamps?: boolean
}

/** Stores a new document and answers with its `_id`. */
export function insertDocument(
  engine: Engine,
  transaction: Transaction,
  collection: Collection,
  input: Buffer | Doc,
  options: WriteOptions,
): Value {
  const decoded = Buffer.isBuffer(input) ? decodeDocument(input) : input
  const { document, isSame } = prepared(decoded, options)
  const bytes = isSame && Buffer.isBuffer(input) ? input : encodeDocument(document)
  checkSize(bytes, 'insert')
  validate(collection, document, options)
  engine.records.insert(transaction, collection, document, bytes)
  return document.get('_id')
}

/** Stores the next state of a document; answers whether anything changed. */
export function replaceDocument(
  engine: Engine,
  transaction: Transaction,
  collection: Collection,
  change: { record: number; bytes: Buffer; before: Doc; after: Doc },
  options: WriteOptions,
): boolean {
  if (change.after === change.before) return false
  const bytes = encodeDocument(change.after)
  if (bytes.equals(change.bytes)) return false
  checkSize(bytes, 'update')
  if (!isExempt(collection, change.before)) validate(collection, change.after, options)
  engine.records.replace(transaction, collection, {
    record: change.record,
    before: change.before,
    after: change.after,
    bytes,
    oldSize: change.bytes.length,
  })
  return true
}

/** Removes a document. */
export function deleteDocument(
  engine: Engine,
  transaction: Transaction,
  collection: Collection,
  record: number,
  bytes: Buffer,
): void {
  engine.records.remove(transaction, collection, record, decodeDocument(bytes), bytes.length)
}

/** The stored bytes of a record, or undefined when it is gone. */
export function readRecord(
  engine: Engine,
  collection: Collection,
  record: number,
): Buffer | undefined {
  return engine.store.documents.get(recordKey(collection.id, record))
}

/** A document with its `_id` in front, and whether it already was as it will be stored. */
function prepared(
  input: Doc,
  { keepsEmptyTimestamps }: WriteOptions,
): { document: Doc; isSame: boolean } {
  const id = input.get('_id')
  checkId(id)
  const [first] = input.keys()
  if (first === '_id' && (keepsEmptyTimestamps || !hasEmptyTimestamp(input)))
    return { document: input, isSame: true }
  const stamped = keepsEmptyTimestamps ? input : withTimestamps(input)
  const document: Doc = new Map([['_id', id ?? (input.has('_id') ? null : new ObjectId())]])
  for (const [name, value] of stamped) {
    if (name !== '_id') document.set(name, value)
  }
  return { document, isSame: false }
}

function checkId(id: Value): void {
  if (Array.isArray(id) || id instanceof BSONRegExp) {
    throw new CommandError(53, `The '_id' value cannot be of type ${bsonType(id)[1]}`)
  }
  if (id instanceof Map) {
    const dollar = [...id.keys()].find(
      (name) => name.startsWith('$') && !['$ref', '$id', '$db'].includes(name),
    )
    if (dollar)
      throw new CommandError(
        'DollarPrefixedFieldName',
        `_id fields may not contain '$'-prefixed fields: ${dollar} is not valid for storage.`,
      )
  }
}

function checkSize(bytes: Buffer, verb: 'insert' | 'update'): void {
  if (bytes.length <= maxDocumentBytes) return
  const size = String(bytes.length)
  if (verb === 'insert') {
    throw new CommandError(
      'BadValue',
      `object to insert too large. size in bytes: ${size}, max size: ${String(maxDocumentBytes)}`,
    )
  }
  // What still fits into a message is refused as a document, what does not as a message.
  throw bytes.length <= maxDocumentBytes + 16_384
    ? new CommandError(
        17419,
        `Resulting document after update is larger than ${String(maxDocumentBytes)}`,
      )
    : new CommandError(
        'BSONObjectTooLarge',
        `BSONObj size: ${size} (0x${bytes.length.toString(16).toUpperCase()}) is invalid. Size must be between 0 and 16793600(16MB)`,
      )
}

/** With the moderate level, documents that were invalid before may stay so. */
function isExempt({ validator, options }: Collection, before: Doc): boolean {
  return options.get('validationLevel') === 'moderate' && validator?.matches(before) === false
}

function validate(collection: Collection, document: Doc, { bypassValidation }: WriteOptions): void {
  const { validator, options } = collection
  if (
    !validator ||
    bypassValidation ||
    options.get('validationLevel') === 'off' ||
    options.get('validationAction') === 'warn'
  )
    return
  if (validator.matches(document)) return
  const rules = options.get('validator')
  throw new CommandError('DocumentValidationFailure', 'Document failed validation', {
    errInfo: doc({
      failingDocumentId: document.get('_id'),
      details: isDoc(rules) ? validationDetails(rules, document, filterContext()) : doc({}),
    }),
  })
}
