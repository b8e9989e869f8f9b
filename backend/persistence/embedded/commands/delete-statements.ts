import { doc, type Doc } from '../bson/values.ts'
import { requireCollection, type Engine } from '../engine.ts'
import type { Found } from '../query/found.ts'
import type { Transaction } from '../storage/write-queue.ts'
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
  inTransactions,
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
    deadline: request.deadline,
  })
  return Number(spec.get('limit')) === 1 ? deleteFirst(engine, target) : deleteEvery(engine, target)
}

function deleteFirst(engine: Engine, target: Target): Statement {
  return {
    run: (transaction) => {
      const found = findFirst(engine, target)
      if (found === 'slow') return null
      if (found === 'none') return { n: 0 }
      deleteFound(engine, transaction, target, found)
      return { n: 1 }
    },
    runSlowly: async (settle) => {
      for (let attempt = 0; attempt < 10; attempt++) {
        const found = await findFirstSlowly(engine, target)
        if (!found) return { n: 0 }
        if (await deleteRecord(engine, target, found.record, settle)) return { n: 1 }
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
      for (const each of found) deleteFound(engine, transaction, target, each)
      return { n: found.length }
    },
    runSlowly: async () => {
      const records = await findEverySlowly(engine, target)
      const { matched } = await inTransactions(engine, target, records, (transaction, found) => {
        deleteFound(engine, transaction, target, found)
        return true
      })
      return { n: matched }
    },
  }
}

function deleteRecord(
  engine: Engine,
  target: Target,
  record: number,
  settle: Settle,
): Promise<boolean> {
  return engine.queue.run((transaction) => {
    const found = stillMatching(engine, target, record)
    if (!found) return false
    deleteFound(engine, transaction, target, found)
    settle({ n: 1 })
    return true
  })
}

function deleteFound(
  engine: Engine,
  transaction: Transaction,
  { db, name }: Target,
  { record, bytes }: Found,
): void {
  deleteDocument(engine, transaction, requireCollection(engine, db, name), record, bytes)
}
