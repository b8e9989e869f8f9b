import { CommandError } from '../errors.ts'
import { decodeDocument } from '../bson/decode.ts'
import { doc, isDoc, type Doc, type Value } from '../bson/values.ts'
import { ensureCollection } from '../collections.ts'
import type { Engine } from '../engine.ts'
import { collationOf } from './collation.ts'
import { deleteStatement } from './delete-statements.ts'
import { insertDocument, type WriteOptions } from './document-writes.ts'
import {
  modifyEvery,
  modifyEverySlowly,
  modifyFirst,
  modifyFirstSlowly,
  parseModification,
  updateOf,
  type Modification,
  type Modified,
} from './modify.ts'
import {
  collectionName,
  docOf,
  encodedDocuments,
  looseFlagOf,
  type Command,
  type Request,
} from './request.ts'
import { checkStatement } from './known-fields.ts'
import { letVariables } from './read-commands.ts'
import { runStatements, type Statement, type StatementResult, type Tally } from './statements.ts'
import { parseTarget } from './target.ts'

const maxStatements = 100_000

/** `insert`: new documents, each stored whole or not at all. */
export const insert: Command = (request, { engine }) => {
  const place = { db: request.db, name: collectionName(request) }
  const statements = listed(request, 'documents').map((input) =>
    insertStatement(engine, request, place, input),
  )
  return runStatements(engine, request, statements, ({ n, errors }) =>
    doc({ n, ...writeErrors(errors) }),
  )
}

/** A statement of the `insert` command. */
export function insertStatement(
  engine: Engine,
  request: Request,
  { db, name }: { db: string; name: string },
  input: Buffer | Doc,
): Statement {
  const options = writeOptions(request)
  return {
    run: (transaction) => {
      insertDocument(
        engine,
        transaction,
        ensureCollection(engine, transaction, db, name),
        input,
        options,
      )
      return { n: 1 }
    },
  }
}

/** `update`: changes to documents by filter. */
export const update: Command = (request, { engine }) => {
  const place = { db: request.db, name: collectionName(request) }
  const specs = listed(request, 'updates').map(decoded)
  for (const spec of specs) checkStatement('update.updates', spec)
  const statements = specs.map((spec) =>
    lazily(() => updateStatement(engine, request, place, spec)),
  )
  return runStatements(engine, request, statements, presentUpdate)
}

function presentUpdate({ n, modified, upserted, errors }: Tally): Doc {
  return doc({
    n,
    nModified: modified,
    ...(upserted.length > 0 ? { upserted: [...upserted] } : {}),
    ...writeErrors(errors),
  })
}

/** `delete`: removes documents by filter. */
export const remove: Command = (request, { engine }) => {
  const place = { db: request.db, name: collectionName(request) }
  const specs = listed(request, 'deletes').map(decoded)
  for (const spec of specs) checkStatement('delete.deletes', spec)
  const statements = specs.map((spec) =>
    lazily(() => deleteStatement(engine, request, place, spec)),
  )
  return runStatements(engine, request, statements, ({ n, errors }) =>
    doc({ n, ...writeErrors(errors) }),
  )
}

/** A statement that is parsed when its turn comes: an ordered command stops at the first wrong one. */
export function lazily(parse: () => Statement): Statement {
  let parsed: Statement | null = null
  const get = (): Statement => (parsed ??= parse())
  return {
    run: (transaction) => get().run(transaction),
    runSlowly: (settle) => get().runSlowly?.(settle) ?? Promise.resolve({ n: 0 }),
  }
}

function listed(request: Request, name: string): readonly (Buffer | Doc)[] {
  const statements = encodedDocuments(request, name)
  if (statements.length >= 1 && statements.length <= maxStatements) return statements
  throw new CommandError(
    'InvalidLength',
    `Write batch sizes must be between 1 and ${String(maxStatements)}. Got ${String(statements.length)} operations.`,
  )
}

function decoded(input: Buffer | Doc): Doc {
  return Buffer.isBuffer(input) ? decodeDocument(input) : input
}

function writeErrors(errors: readonly Doc[]): Record<string, Value> {
  return errors.length > 0 ? { writeErrors: [...errors] } : {}
}

/** How the command wants its documents checked. */
export function writeOptions({ body }: Request): WriteOptions {
  return {
    bypassValidation: looseFlagOf(body, 'bypassDocumentValidation'),
    keepsEmptyTimestamps: looseFlagOf(body, 'bypassEmptyTsReplacement'),
  }
}

/** A statement of the `update` command. */
export function updateStatement(
  engine: Engine,
  request: Request,
  place: { db: string; name: string },
  spec: Doc,
): Statement {
  const modification = modificationOf(request, place, spec)
  if (spec.get('multi') === true) return updateMany(engine, modification)
  return {
    run: (transaction) => {
      const modified = modifyFirst(engine, transaction, modification)
      return modified ? resultOf(modified) : null
    },
    runSlowly: (settle) =>
      modifyFirstSlowly(engine, modification, (_, modified) => {
        const result = resultOf(modified)
        settle(result)
        return result
      }),
  }
}

function modificationOf(
  request: Request,
  place: { db: string; name: string },
  spec: Doc,
): Modification {
  const compareText = collationOf(spec)
  if (spec.get('multi') === true && docOf(spec, 'sort'))
    throw new CommandError('FailedToParse', 'Cannot specify sort with multi=true')
  const constants = docOf(spec, 'c') ?? letVariables(request.body)
  const target = parseTarget(place, docOf(spec, 'q') ?? doc({}), {
    hint: spec.get('hint'),
    sort: docOf(spec, 'sort'),
    compareText,
    variables: constants,
    deadline: request.deadline,
  })
  const value = updateOf(spec.get('u'))
  const isUpsert = spec.get('upsert') === true
  const modification = parseModification(target, value, {
    arrayFilters: spec.get('arrayFilters'),
    isUpsert,
    variables: constants,
    compareText,
    options: writeOptions(request),
  })
  if (spec.get('c') !== undefined && isDoc(value))
    throw new CommandError(51198, 'Constant values may only be specified for pipeline updates')
  if (spec.get('multi') === true && modification.update.isReplacement && isDoc(value)) {
    throw new CommandError(
      'FailedToParse',
      'multi update is not supported for replacement-style update',
    )
  }
  return modification
}

function updateMany(engine: Engine, modification: Modification): Statement {
  return {
    run: (transaction) => {
      const all = modifyEvery(engine, transaction, modification)
      if (!all) return null
      const [first] = all
      if (first?.before === null) return resultOf(first)
      return { n: all.length, modified: all.filter((each) => each.isChanged).length }
    },
    runSlowly: async () => {
      const { matched, modified, upserted } = await modifyEverySlowly(engine, modification)
      return upserted ? resultOf(upserted) : { n: matched, modified }
    },
  }
}

function resultOf(modified: Modified | 'none'): StatementResult {
  if (modified === 'none') return { n: 0 }
  if (modified.before === null) return { n: 1, upsertedId: modified.after.get('_id') }
  return { n: 1, modified: modified.isChanged ? 1 : 0 }
}
