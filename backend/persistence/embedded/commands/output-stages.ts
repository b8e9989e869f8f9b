import { CommandError } from '../errors.ts'
import { runUpdatePipeline } from '../aggregation/pipeline.ts'
import type { PipelineContext } from '../aggregation/types.ts'
import { asText } from '../bson/show.ts'
import { equalValues } from '../bson/compare.ts'
import { doc, isDoc, type Doc, type Value } from '../bson/values.ts'
import {
  createCollection,
  dropCollection,
  ensureCollection,
  renameCollection,
} from '../collections.ts'
import { filterContext, findCollection, type Engine } from '../engine.ts'
import { valueAt } from '../query/paths.ts'
import { documentOf } from '../query/found.ts'
import { buildIndex } from './index-building.ts'
import { insertDocument, replaceDocument, type WriteOptions } from './document-writes.ts'
import { checkedName } from './request.ts'
import { findEvery, parseTarget } from './target.ts'

/** What a pipeline writes, and how. */
export interface Output {
  readonly documents: readonly Doc[]
  readonly options: WriteOptions
}

/** Where `$out` and `$merge` write to. */
function destination(db: string, target: Value): { db: string; name: string } {
  if (typeof target === 'string') return { db, name: checkedName(db, target) }
  const name = isDoc(target) ? target.get('coll') : undefined
  const other = isDoc(target) ? target.get('db') : undefined
  if (typeof name !== 'string')
    throw new CommandError('FailedToParse', 'the output of a pipeline must name a collection')
  const place = typeof other === 'string' ? other : db
  return { db: place, name: checkedName(place, name) }
}

/** `$out`: the documents become the whole collection, at once. */
export async function replaceCollection(
  engine: Engine,
  db: string,
  operand: Value,
  { documents, options }: Output,
): Promise<void> {
  const place = destination(db, operand)
  const old = findCollection(engine, place.db, place.name)
  const temporary = `tmp.agg_out.${String(Date.now())}.${String(Math.random()).slice(2)}`
  const made = await engine.queue.run((transaction) =>
    createCollection(engine, transaction, {
      db: place.db,
      name: temporary,
      options: old?.options ?? doc({}),
    }),
  )
  for (const index of old?.indexes ?? [])
    if (index.name !== '_id_') await buildIndex(engine, made, index.spec)
  for (let from = 0; from < documents.length; from += 500) {
    await engine.queue.run((transaction) => {
      for (const document of documents.slice(from, from + 500))
        insertDocument(engine, transaction, made, document, options)
    })
  }
  await engine.queue.run((transaction) => {
    const current = findCollection(engine, place.db, place.name)
    if (current) dropCollection(engine, transaction, current)
    renameCollection(engine, transaction, made, place)
  })
}

/** What `$merge` writes, and how its pipelines are evaluated. */
export interface MergeInput extends Output {
  readonly context: PipelineContext
}

/** `$merge`: each document is joined with the one that is there. */
export async function mergeInto(
  engine: Engine,
  db: string,
  operand: Value,
  { documents, options, context }: MergeInput,
): Promise<void> {
  const spec = isDoc(operand) && operand.has('into') ? operand : doc({ into: operand })
  const place = destination(db, spec.get('into'))
  const on = spec.get('on') ?? '_id'
  const fields = (Array.isArray(on) ? on : [on]).map((field) => asText(field))
  checkMergeKey(engine, place, fields)
  for (let from = 0; from < documents.length; from += 200) {
    await engine.queue.run((transaction) => {
      const collection = ensureCollection(engine, transaction, place.db, place.name)
      for (const document of documents.slice(from, from + 200)) {
        const filter: Doc = new Map(
          fields.map((field) => [field, valueAt(document, field.split('.')) ?? null]),
        )
        const [found] = findEvery(engine, parseTarget(place, filter, {})) ?? []
        // Where a match is an error, inserting all the same has the index say so.
        if (!found || spec.get('whenMatched') === 'fail') {
          mergeMissing(spec, () =>
            insertDocument(engine, transaction, collection, document, options),
          )
          continue
        }
        const before = documentOf(found)
        const after = merged(spec, before, document, context)
        replaceDocument(
          engine,
          transaction,
          collection,
          { record: found.record, bytes: found.bytes, before, after },
          options,
        )
      }
    })
  }
}

function checkMergeKey(
  engine: Engine,
  place: { db: string; name: string },
  fields: readonly string[],
): void {
  if (fields.length === 1 && fields[0] === '_id') return
  const indexes = findCollection(engine, place.db, place.name)?.indexes ?? []
  const isUnique = indexes.some(
    (index) =>
      index.unique &&
      index.fields.length === fields.length &&
      fields.every((field) => index.fields.includes(field)),
  )
  if (!isUnique)
    throw new CommandError(51183, 'Cannot find index to verify that join fields will be unique')
}

function mergeMissing(spec: Doc, insert: () => void): void {
  const action = spec.get('whenNotMatched') ?? 'insert'
  if (action === 'insert') insert()
  else if (action === 'fail')
    throw new CommandError(
      13113,
      '$merge could not find a matching document in the target collection for at least one document in the source collection',
    )
}

function merged(spec: Doc, before: Doc, document: Doc, context: PipelineContext): Doc {
  const action = spec.get('whenMatched') ?? 'merge'
  if (Array.isArray(action)) {
    const bound = spec.get('let')
    const own = isDoc(bound)
      ? [...bound].map(
          ([name, value]) => [name, context.filters.evaluate(value, document)] as const,
        )
      : []
    const variables = new Map<string, Value>([...context.variables, ['new', document], ...own])
    const after = runUpdatePipeline(action, before, {
      ...context,
      variables,
      filters: filterContext(variables, context.filters.compareText),
    })
    return keepingId(before, after)
  }
  if (action !== 'keepExisting' && document.has('_id')) keepingId(before, document)
  const fresh = [...document].filter(([name]) => name !== '_id')
  if (action === 'merge') return new Map([...before, ...fresh])
  if (action === 'replace') return new Map([['_id', before.get('_id')], ...fresh])
  return before
}

function keepingId(before: Doc, after: Doc): Doc {
  const [id, next] = [before.get('_id'), after.get('_id')]
  if (next !== undefined && !equalValues(id, next)) {
    throw new CommandError(
      'ImmutableField',
      "$merge failed to update the matching document, did you attempt to modify the _id or the shard key? :: caused by :: Performing an update on the path '_id' would modify the immutable field '_id'",
    )
  }
  return new Map([['_id', id], ...[...after].filter(([name]) => name !== '_id')])
}
