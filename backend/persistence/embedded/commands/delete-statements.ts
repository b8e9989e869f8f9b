import { doc, type Doc } from '../bson/values.ts'
import { requireCollection, type Engine } from '../engine.ts'
import { collationOf } from './collation.ts'
import { deleteDocument } from './document-writes.ts'
import { letVariables } from './read-commands.ts'
import { docOf, type Request } from './request.ts'
import type { Settle, Statement } from './statements.ts'
import {
  findEvery,
  findEverySlowly,
  findFirst,
  findFirstSlowly,
  parseTarget,
  stillMatching,
  tooContended,
  type Target,
} from './target.ts'

/** A statement of the `delete` command. */
export function deleteStatement(
  engine: Engine,
  request: Request,
  place: { db: string; name: string },
  spec: Doc,
): Statement {
  const target = parseTarget(place, docOf(spec, 'q') ?? doc({}), {
    hint: spec.get('hint'),
    compareText: collationOf(spec),
    variables: letVariables(request.body),
  })
  return Number(spec.get('limit')) === 1 ? deleteFirst(engine, target) : deleteEvery(engine, target)
}

function deleteFirst(engine: Engine, target: Target): Statement {
  return {
    run: (transaction) => {
      const found = findFirst(engine, target)
      if (found === 'slow') return null
      if (found === 'none') return { n: 0 }
      deleteDocument(
        engine,
        transaction,
        requireCollection(engine, target.db, target.name),
        found.record,
        found.bytes,
      )
      return { n: 1 }
    },
    runSlowly: async (settle) => {
      for (let attempt = 0; attempt < 10; attempt++) {
        const found = await findFirstSlowly(engine, target)
        if (!found) return { n: 0 }
        if (await deleteRecords(engine, target, [found.record], settle)) return { n: 1 }
      }
      throw tooContended()
    },
  }
}

function deleteEvery(engine: Engine, target: Target): Statement {
  return {
    run: (transaction) => {
      const found = findEvery(engine, target)
      if (!found) return null
      for (const { record, bytes } of found) {
        deleteDocument(
          engine,
          transaction,
          requireCollection(engine, target.db, target.name),
          record,
          bytes,
        )
      }
      return { n: found.length }
    },
    runSlowly: async () => {
      const records = await findEverySlowly(engine, target)
      let n = 0
      for (let from = 0; from < records.length; from += 500) {
        n += await deleteRecords(engine, target, records.slice(from, from + 500))
      }
      return { n }
    },
  }
}

function deleteRecords(
  engine: Engine,
  target: Target,
  records: readonly number[],
  settle?: Settle,
): Promise<number> {
  return engine.queue.run((transaction) => {
    const found = records
      .map((record) => stillMatching(engine, target, record))
      .filter((each) => each !== null)
    for (const { record, bytes } of found) {
      deleteDocument(
        engine,
        transaction,
        requireCollection(engine, target.db, target.name),
        record,
        bytes,
      )
    }
    if (found.length > 0) settle?.({ n: found.length })
    return found.length
  })
}
