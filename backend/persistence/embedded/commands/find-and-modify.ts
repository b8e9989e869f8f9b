import { CommandError, withContext } from '../errors.ts'
import { doc, isDoc, type Doc, type Value } from '../bson/values.ts'
import { filterContext, requireCollection, type Engine } from '../engine.ts'
import { parseProjection, type Project } from '../query/projection.ts'
import { sortOrder } from '../query/sort-order.ts'
import { documentOf } from '../query/found.ts'
import type { Transaction } from '../storage/write-queue.ts'
import { collationOf } from './collation.ts'
import { deleteDocument } from './document-writes.ts'
import {
  modifyFirst,
  modifyFirstSlowly,
  parseModification,
  updateOf,
  type Modification,
  type Modified,
} from './modify.ts'
import { letVariables } from './read-commands.ts'
import { collectionName, docOf, looseFlagOf, type Command, type Request } from './request.ts'
import { rememberedProgress, rememberProgress, retryableWrite } from './retryable.ts'
import {
  findFirst,
  findFirstSlowly,
  parseTarget,
  stillMatching,
  tooContended,
  type Target,
} from './target.ts'
import { writeOptions } from './write-commands.ts'

type Remember = (reply: Doc) => Doc

/** `findAndModify`: one document changed or removed, and its state before or after in the reply. */
export const findAndModify: Command = async (request, { engine }) => {
  const { body } = request
  const place = { db: request.db, name: collectionName(request) }
  const isRemove = looseFlagOf(body, 'remove')
  const isUpsert = looseFlagOf(body, 'upsert')
  const isNew = looseFlagOf(body, 'new')
  if (isRemove === body.has('update')) {
    throw new CommandError(
      'FailedToParse',
      isRemove
        ? 'Cannot specify both an update and remove=true'
        : 'Either an update or remove=true must be specified',
    )
  }
  if (isRemove && (isUpsert || isNew)) {
    throw new CommandError(
      'FailedToParse',
      isUpsert
        ? 'Cannot specify both upsert=true and remove=true '
        : "Cannot specify both new=true and remove=true; 'remove' always returns the deleted document",
    )
  }
  if (isRemove && body.has('arrayFilters'))
    throw new CommandError('FailedToParse', 'Cannot specify arrayFilters and remove=true')
  if (isNew && [...(docOf(body, 'fields')?.keys() ?? [])].some((path) => path.endsWith('.$'))) {
    throw new CommandError(
      'BadValue',
      'cannot use a positional projection and return the new document',
    )
  }
  const sort = docOf(body, 'sort')
  if (sort) sortOrder(sort)
  const write = retryableWrite(request)
  const remembered = write ? rememberedProgress(engine, write) : null
  if (remembered) return remembered.reply
  const compareText = collationOf(body)
  const variables = letVariables(body)
  const target = parseTarget(place, docOf(body, 'query') ?? doc({}), {
    sort,
    hint: body.get('hint'),
    compareText,
    variables,
    deadline: request.deadline,
  })
  const pick = projectionOf(request, target)
  const remember: Remember = (reply) => {
    if (write) rememberProgress(engine, write, { done: 1, reply, isFinished: true })
    return reply
  }
  if (isRemove) return executed(removeOne(engine, target, pick, remember))
  const how = {
    arrayFilters: body.get('arrayFilters'),
    isUpsert,
    variables,
    compareText,
    options: writeOptions(request),
  }
  const modification = parseModification(target, updateOf(body.get('update')), how)
  return executed(modifyOne(engine, modification, isNew, pick, remember))
}

async function executed(reply: Promise<Doc>): Promise<Doc> {
  try {
    return await reply
  } catch (error) {
    throw withContext(error, 'Plan executor error during findAndModify')
  }
}

function projectionOf({ body }: Request, target: Target): Project {
  const spec = docOf(body, 'fields')
  if (!spec || spec.size === 0) return (document) => document
  return parseProjection(spec, {
    filters: filterContext(letVariables(body), target.compareText),
    filter: target.filter,
  })
}

async function modifyOne(
  engine: Engine,
  modification: Modification,
  wantsNew: boolean,
  pick: Project,
  remember: Remember,
): Promise<Doc> {
  const finish = (_: Transaction, modified: Modified | 'none'): Doc =>
    remember(modifiedReply(modified, wantsNew, pick))
  const quick = await engine.queue.run((transaction) => {
    const modified = modifyFirst(engine, transaction, modification)
    return modified ? finish(transaction, modified) : null
  })
  return quick ?? modifyFirstSlowly(engine, modification, finish)
}

function modifiedReply(modified: Modified | 'none', wantsNew: boolean, pick: Project): Doc {
  if (modified === 'none')
    return doc({ lastErrorObject: doc({ n: 0, updatedExisting: false }), value: null })
  const { before, after } = modified
  const chosen = wantsNew ? after : before
  const outcome = before
    ? doc({ n: 1, updatedExisting: true })
    : doc({ n: 1, updatedExisting: false, upserted: after.get('_id') })
  return doc({ lastErrorObject: outcome, value: chosen ? pick(chosen) : null })
}

async function removeOne(
  engine: Engine,
  target: Target,
  pick: Project,
  remember: Remember,
): Promise<Doc> {
  const quick = await engine.queue.run((transaction) => {
    const found = findFirst(engine, target)
    if (found === 'slow') return null
    if (found === 'none') return remember(removedReply(null))
    deleteDocument(
      engine,
      transaction,
      requireCollection(engine, target.db, target.name),
      found.record,
      found.bytes,
    )
    return remember(removedReply(pick(documentOf(found))))
  })
  return quick ?? removeSlowly(engine, target, pick, remember)
}

async function removeSlowly(
  engine: Engine,
  target: Target,
  pick: Project,
  remember: Remember,
): Promise<Doc> {
  for (let attempt = 0; attempt < 10; attempt++) {
    const found = await findFirstSlowly(engine, target)
    const reply = await engine.queue.run((transaction) => {
      if (!found) return remember(removedReply(null))
      const current = stillMatching(engine, target, found.record)
      if (!current) return null
      deleteDocument(
        engine,
        transaction,
        requireCollection(engine, target.db, target.name),
        current.record,
        current.bytes,
      )
      return remember(removedReply(pick(documentOf(current))))
    })
    if (reply) return reply
  }
  throw tooContended()
}

function removedReply(removed: Doc | null): Doc {
  const value: Value = isDoc(removed) ? removed : null
  return doc({ lastErrorObject: doc({ n: removed ? 1 : 0 }), value })
}
