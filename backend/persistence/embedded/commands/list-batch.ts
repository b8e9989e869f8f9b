import { CommandError } from '../errors.ts'
import { encodeDocument } from '../bson/encode.ts'
import { doc, RawDocument, type Doc } from '../bson/values.ts'
import type { NextBatch } from '../cursors.ts'
import type { Engine } from '../engine.ts'
import { maxBatchBytes } from './execution.ts'
import { batchSizeOf, firstBatch } from './read-commands.ts'
import type { Request } from './request.ts'

/** A short list as the reply of a command whose answer is a cursor. */
export function listBatch(
  engine: Engine,
  request: Request,
  namespace: string,
  rows: readonly Doc[],
): Doc | Promise<Doc> {
  let at = 0
  const next: NextBatch = (count) => {
    const documents = rows.slice(at, at + count)
    at += documents.length
    return Promise.resolve({ documents, isDone: at >= rows.length })
  }
  const size = batchSizeOf(request.body)
  return firstBatch(engine.cursors, namespace, next, size)
}

/** Documents that are all there, in batches that fit into a reply. */
export function listBatches(documents: readonly Doc[]): NextBatch {
  let at = 0
  return (count) => {
    const part: RawDocument[] = []
    let bytes = 0
    while (at < documents.length && part.length < count && bytes < maxBatchBytes) {
      const encoded = new RawDocument(encodeDocument(documents[at] ?? doc({})))
      if (encoded.bytes.length > maxBatchBytes + 16_384) {
        throw new CommandError(
          'BSONObjectTooLarge',
          'BSONObj size is invalid: a document of the result is larger than 16 MB',
        )
      }
      bytes += encoded.bytes.length
      part.push(encoded)
      at += 1
    }
    return Promise.resolve({ documents: part, isDone: at >= documents.length })
  }
}
