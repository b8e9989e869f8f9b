import { doc, type Doc } from '../bson/values.ts'
import type { NextBatch } from '../cursors.ts'
import type { Engine } from '../engine.ts'
import { firstBatch } from './read-commands.ts'
import { docOf, numberOf, type Request } from './request.ts'

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
  const size = numberOf(
    docOf(request.body, 'cursor') ?? doc({}),
    'batchSize',
    Number.MAX_SAFE_INTEGER,
  )
  return firstBatch(engine.cursors, namespace, next, size)
}
