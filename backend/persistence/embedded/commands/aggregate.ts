import { CommandError, withContext } from '../errors.ts'
import { openGroup } from '../aggregation/group-stages.ts'
import {
  checkPipeline,
  checkPipelineConstants,
  runPipeline,
  stageParts,
} from '../aggregation/pipeline.ts'
import type { PipelineContext } from '../aggregation/types.ts'
import {
  doc,
  isDoc,
  isNumber,
  RawDocument,
  toDouble,
  type Doc,
  type Value,
} from '../bson/values.ts'
import { show } from '../bson/show.ts'
import type { CompareText } from '../bson/compare.ts'
import { inContext, type NextBatch } from '../cursors.ts'
import { filterContext, findCollection, type Engine } from '../engine.ts'
import { parseFilter } from '../query/filter.ts'
import { documentOf } from '../query/found.ts'
import { collationOf } from './collation.ts'
import { collectionStatistics, indexStatistics } from './statistics.ts'
import { batches, beginQuery, createPause, forEachFound, type Query } from './execution.ts'
import { listBatches } from './list-batch.ts'
import { batchSizeOf, firstBatch, letVariables } from './read-commands.ts'
import { resolveView } from './views.ts'
import { mergeInto, replaceCollection } from './output-stages.ts'
import { arrayOf, checkedName, docOf, looseFlagOf, type Command, type Request } from './request.ts'

const defaultBatchSize = 101
const executing = 'PlanExecutor error during aggregation'
const memoryLimit = 100 * 1024 * 1024

/** `aggregate`: a pipeline over a collection. */
export const aggregate: Command = async (request, { engine }) => {
  const { body, db } = request
  const pipeline = arrayOf(body, 'pipeline')
  const run = newRun(engine, request)
  checkPipeline(pipeline, run.context)
  const cursor = docOf(body, 'cursor')
  if (!cursor && body.get('explain') !== true) {
    throw new CommandError(
      'FailedToParse',
      "The 'cursor' option is required, except for aggregate with the explain argument",
    )
  }
  checkPipelineConstants(pipeline, run.context)
  const asked = body.get('aggregate')
  const name = typeof asked === 'string' ? checkedName(db, asked) : null
  const namespace = `${db}.${name ?? '$cmd.aggregate'}`
  const batchSize = batchSizeOf(body, defaultBatchSize)
  const source = name === null ? { name, pipeline } : sourceOf(run, name, pipeline)
  const streamed = source.name === null ? null : streamedBatches(run, source.name, source.pipeline)
  const next = streamed ?? listBatches(await outputs(run, source.name, source.pipeline))
  return firstBatch(engine.cursors, namespace, inContext(next, executing), batchSize)
}

/** Everything that the parts of one aggregation share. */
interface Run {
  readonly engine: Engine
  readonly request: Request
  readonly variables: ReadonlyMap<string, Value>
  readonly compareText: CompareText | undefined
  readonly context: PipelineContext
}

function newRun(engine: Engine, request: Request): Run {
  const compareText = collationOf(request.body)
  const run = (variables: ReadonlyMap<string, Value>): Run => {
    const pause = createPause(request.deadline)
    const context: PipelineContext = {
      filters: filterContext(variables, compareText),
      variables,
      within: (inner) => run(inner).context,
      aggregate: (name, pipeline, inner) => {
        const source = resolveView(engine, request.db, name, pipeline)
        return documentsOf(run(inner), source.name, source.pipeline)
      },
      run: (pipeline, documents) => runPipeline(pipeline, documents, context),
      pause: async () => {
        if (pause.isDue()) await pause.take()
      },
    }
    return { engine, request, variables, compareText, context }
  }
  return run(letVariables(request.body))
}

/** What a pipeline reads: a collection, or a view's collection by the view's stages before its own. */
function sourceOf({ engine, request, compareText }: Run, name: string, stages: readonly Value[]) {
  const source = resolveView(engine, request.db, name, stages)
  if (source.name === name || !compareText) return source
  throw new CommandError('OptionNotSupportedOnView', "Cannot override a view's default collation")
}

/** The documents that are left of a view's after some stages. */
export function documentsOfView(
  engine: Engine,
  request: Request,
  name: string,
  stages: readonly Value[],
): Promise<Doc[]> {
  const run = newRun(engine, request)
  checkPipeline(stages, run.context)
  const source = sourceOf(run, name, stages)
  return documentsOf(run, source.name, source.pipeline)
}

/** Refuses a pipeline that cannot be a view's. */
export function checkViewPipeline(
  engine: Engine,
  request: Request,
  stages: readonly Value[],
): void {
  checkPipeline(stages, newRun(engine, request).context)
}

/** A pipeline that only finds and sorts is answered like a find, without holding all of it. */
function streamedBatches(run: Run, name: string, pipeline: readonly Value[]): NextBatch | null {
  const { query, rest } = pushDown(run, name, pipeline)
  if (rest.length > 0 || !query) return null
  return batches(
    beginQuery(run.engine, query).results,
    (found) => new RawDocument(found.bytes),
    run.request.deadline,
  )
}

async function outputs(run: Run, name: string | null, pipeline: readonly Value[]): Promise<Doc[]> {
  const last = pipeline.at(-1)
  const [kind, operand] = last === undefined ? ['', undefined] : stageParts(last)
  const isWrite = kind === '$out' || kind === '$merge'
  if (isWrite) refuseLinearizable(kind, run.request.body)
  if (name === null) refuseWithoutCollection(pipeline)
  try {
    if (!isWrite) return await documentsOf(run, name, pipeline)
    await write(run, name, pipeline, kind, operand)
    return []
  } catch (error) {
    throw withContext(error, executing)
  }
}

async function write(
  run: Run,
  name: string | null,
  pipeline: readonly Value[],
  kind: string,
  operand: Value,
): Promise<void> {
  const documents = await documentsOf(run, name, pipeline.slice(0, -1))
  const { engine, context } = run
  const { db, body } = run.request
  const options = { bypassValidation: looseFlagOf(body, 'bypassDocumentValidation') }
  if (kind === '$out') await replaceCollection(engine, db, operand, { documents, options })
  else await mergeInto(engine, db, operand, { documents, options, context })
}

const withoutCollection = new Set(['$documents', '$listSessions', '$listLocalSessions'])

function refuseWithoutCollection([first]: readonly Value[]): void {
  const name = first === undefined ? null : stageParts(first)[0]
  if (name !== null && withoutCollection.has(name)) return
  throw new CommandError(
    'InvalidNamespace',
    name === null
      ? '{aggregate: 1} is not valid for an empty pipeline.'
      : `{aggregate: 1} is not valid for '${name}'; a collection is required.`,
  )
}

function refuseLinearizable(stage: string, body: Doc): void {
  if (docOf(body, 'readConcern')?.get('level') === 'linearizable')
    throw new CommandError(
      'InvalidOptions',
      `${stage} cannot be used with a 'linearizable' read concern level`,
    )
}

async function documentsOf(
  run: Run,
  name: string | null,
  pipeline: readonly Value[],
): Promise<Doc[]> {
  const [first, ...others] = pipeline
  const [kind, operand] = first === undefined ? ['', undefined] : stageParts(first)
  if (kind === '$documents') {
    return runPipeline(others, givenDocuments(operand, run), run.context)
  }
  if (kind === '$collStats' || kind === '$indexStats') {
    return runPipeline(others, statisticsOf(run, name ?? '', kind, operand), run.context)
  }
  if (kind === '$listSessions' || kind === '$listLocalSessions') {
    return runPipeline(others, sessionsOf(run.request), run.context)
  }
  const { query, rest } = pushDown(run, name ?? '', pipeline)
  if (!query) return runPipeline(rest, [], run.context)
  return runPipeline(...(await firstDocuments(run, query, rest)), run.context)
}

/** The documents that a query finds; a `$group` right after it takes them one by one. */
async function firstDocuments(
  run: Run,
  query: Query,
  rest: readonly Value[],
): Promise<[readonly Value[], Doc[]]> {
  const { engine, request, context } = run
  const [kind, operand] = rest[0] === undefined ? ['', undefined] : stageParts(rest[0])
  if (kind === '$group') {
    const grouping = openGroup(operand, context)
    await forEachFound(engine, query, request.deadline, (found) => {
      grouping.add(documentOf(found))
    })
    return [rest.slice(1), grouping.finish()]
  }
  const documents: Doc[] = []
  let bytes = 0
  await forEachFound(engine, query, request.deadline, (found) => {
    bytes += found.bytes.length
    if (bytes > memoryLimit) throw tooLarge()
    documents.push(documentOf(found))
  })
  return [rest, documents]
}

function givenDocuments(operand: Value, { context }: Run): Doc[] {
  const list = context.filters.evaluate(operand, doc({}))
  if (!Array.isArray(list)) throw new CommandError(5858203, 'an array is expected')
  return list.map((each) => {
    if (isDoc(each)) return each
    throw new CommandError(40228, `$documents array elements must be objects, found: ${show(each)}`)
  })
}

function tooLarge(): CommandError {
  return new CommandError(
    'QueryExceededMemoryLimitNoDiskUseAllowed',
    'the pipeline needs more than 104857600 bytes at once; filter or group earlier',
  )
}

function sessionsOf({ body }: Request): Doc[] {
  const lsid = body.get('lsid')
  return isDoc(lsid) ? [doc({ _id: lsid, lastUse: new Date() })] : []
}

function statisticsOf({ engine, request }: Run, name: string, kind: string, operand: Value): Doc[] {
  const collection = findCollection(engine, request.db, name)
  if (kind === '$indexStats') {
    if (!isDoc(operand) || operand.size > 0) {
      throw new CommandError(
        28803,
        `The $indexStats stage specification must be an empty object. Found specification: $indexStats: ${show(operand)}`,
      )
    }
    return collection ? indexStatistics(collection) : []
  }
  if (!collection)
    throw new CommandError('NamespaceNotFound', `Collection [${request.db}.${name}] not found.`)
  return [collectionStatistics(collection, isDoc(operand) ? operand : doc({}))]
}

/** Turns the beginning of a pipeline into a query, which indexes can answer. */
function pushDown(
  run: Run,
  name: string,
  pipeline: readonly Value[],
): { query: Query | null; rest: readonly Value[] } {
  const collection = findCollection(run.engine, run.request.db, name)
  let filter: Doc = new Map()
  let sort: Doc | null = null
  let skip = 0
  let limit = 0
  let used = 0
  for (const stage of pipeline) {
    const [kind, operand] = stageParts(stage)
    if (kind === '$match' && used === 0 && isDoc(operand)) filter = operand
    else if (
      kind === '$sort' &&
      !sort &&
      skip === 0 &&
      limit === 0 &&
      isDoc(operand) &&
      operand.size > 0
    )
      sort = operand
    else if (kind === '$skip' && skip === 0 && limit === 0 && isWhole(operand, 0))
      skip = toDouble(operand)
    else if (kind === '$limit' && limit === 0 && isWhole(operand, 1)) limit = toDouble(operand)
    else break
    used += 1
  }
  const parsed = parseFilter(filter, run.context.filters)
  const hint = run.request.body.get('hint')
  const query = collection
    ? { collection, filter: parsed, sort, skip, limit, hint, compareText: run.compareText }
    : null
  return { query, rest: pipeline.slice(used) }
}

function isWhole(value: Value, least: number): value is number {
  return isNumber(value) && Number.isInteger(toDouble(value)) && toDouble(value) >= least
}
