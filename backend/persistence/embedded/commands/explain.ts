import { BSONRegExp } from 'bson'
import { CommandError } from '../errors.ts'
import { asText } from '../bson/show.ts'
import { doc, isDoc, type Doc, type Value } from '../bson/values.ts'
import type { Engine } from '../engine.ts'
import { stageParts } from '../aggregation/pipeline.ts'
import { isOperatorDocument } from '../query/filter.ts'
import type { Access, IndexAccess } from '../query/planner.ts'
import { isMultikey } from '../storage/catalog.ts'
import { beginQuery, createPause, type Execution } from './execution.ts'
import { parseFind, refuseFindOptions } from './read-commands.ts'
import { docOf, type Command, type Request, type ServerState } from './request.ts'
import { serverVersion } from './server-commands.ts'

const verbosities: readonly Value[] = ['queryPlanner', 'executionStats', 'allPlansExecution']

/** `explain`: which index a command would use, and what it looks at. */
export const explain: Command = async (request, server) => {
  const inner = docOf(request.body, 'explain')
  if (!inner) throw new CommandError('FailedToParse', 'explain needs a command')
  const verbosity = request.body.get('verbosity') ?? 'allPlansExecution'
  if (!verbosities.includes(verbosity)) {
    throw new CommandError(
      'BadValue',
      `Enumeration value '${asText(verbosity)}' for field 'explain.verbosity' is not a valid value.`,
    )
  }
  return explainCommand(
    { ...request, body: inner, name: inner.keys().next().value ?? '' },
    server,
    verbosity,
  )
}

/** The explanation of one command. */
async function explainCommand(
  request: Request,
  { engine, host }: ServerState,
  verbosity: Value,
): Promise<Doc> {
  if (request.name === 'find') refuseFindOptions(request.body)
  const asked = asFind(request)
  const name = asText(asked.body.get(asked.name))
  const namespace = `${request.db}.${name}`
  const query = parseFind(engine, asked)
  const execution = query ? beginQuery(engine, query) : null
  const isSorted = asked.body.has('sort')
  const winningPlan = execution
    ? (expressPlan(request, asked.body) ?? describePlan(execution.access, isSorted))
    : doc({ stage: 'EOF' })
  const planner = doc({
    namespace,
    parsedQuery: asked.body.get('filter') ?? doc({}),
    indexFilterSet: false,
    winningPlan,
    rejectedPlans: [],
  })
  const reply = doc({ explainVersion: '1', queryPlanner: planner, command: request.body })
  if (verbosity !== 'queryPlanner')
    reply.set('executionStats', await measured(engine, execution, winningPlan, request.deadline))
  reply.set('serverInfo', doc({ host, version: serverVersion }))
  return reply
}

/** Every command that searches, as the find that has the same plan. */
function asFind(request: Request): Request {
  const { body, name } = request
  const found = body.get(name)
  const as = (fields: Record<string, Value>): Request => ({
    ...request,
    name: 'find',
    body: doc({ find: found, hint: body.get('hint'), collation: body.get('collation'), ...fields }),
  })
  switch (name) {
    case 'find':
      return request
    case 'count':
    case 'distinct':
      return as({ filter: body.get('query') })
    case 'findAndModify':
      return as({ filter: body.get('query'), sort: body.get('sort'), limit: 1 })
    case 'update':
    case 'delete': {
      const statements = body.get(name === 'update' ? 'updates' : 'deletes')
      const [first] = Array.isArray(statements) ? statements : []
      return as({ filter: isDoc(first) ? first.get('q') : undefined })
    }
    case 'aggregate':
      return as(aggregateAsFind(body.get('pipeline')))
    default:
      throw new CommandError('CommandNotFound', `Explain failed due to unknown command: ${name}`)
  }
}

function aggregateAsFind(pipeline: Value): Record<string, Value> {
  const result: Record<string, Value> = {}
  for (const stage of Array.isArray(pipeline) ? pipeline : []) {
    const [kind, operand] = stageParts(stage)
    if (kind === '$match' && Object.keys(result).length === 0) result['filter'] = operand
    else if (kind === '$sort' && result['sort'] === undefined) result['sort'] = operand
    else break
  }
  return result
}

async function measured(
  engine: Engine,
  execution: Execution | null,
  plan: Doc,
  deadline: number,
): Promise<Doc> {
  const startedAt = performance.now()
  let returned = 0
  const pause = createPause(deadline)
  let failure: CommandError | null = null
  try {
    while (execution && !execution.results.isDone()) {
      returned += execution.results.read(1000).length
      if (pause.isDue()) await pause.take()
    }
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    failure = error
  }
  return doc({
    executionSuccess: failure === null,
    ...(failure ? { errorMessage: failure.message, errorCode: failure.code } : {}),
    nReturned: returned,
    executionTimeMillis: Math.round(performance.now() - startedAt),
    totalKeysExamined: execution?.search.keysExamined ?? 0,
    totalDocsExamined: execution?.search.docsExamined ?? 0,
    executionStages: new Map([...plan, ['nReturned', returned]]),
  })
}

/** The plan of a command that asks for one `_id` and nothing more: mongod does not plan it at all. */
function expressPlan(request: Request, body: Doc): Doc | null {
  const filter = docOf(body, 'filter')
  const id = filter?.size === 1 ? filter.get('_id') : undefined
  const value = isDoc(id) && id.size === 1 && id.has('$eq') ? id.get('$eq') : id
  const isPoint =
    value !== undefined && !Array.isArray(value) && !isPattern(value) && !isOperatorDocument(value)
  const isPlain = ['hint', 'collation', 'skip'].every((option) => isNothing(body.get(option)))
  if (!isPoint || !isPlain || request.name === 'count' || request.name === 'distinct') return null
  const index = { keyPattern: '{ _id: 1 }', indexName: '_id_' }
  const stages = expressStages(request)
  if (stages === null) return null
  const projection = docOf(body, 'projection')
  const isComputed = [...(projection ?? [])].some(
    ([path, each]) => path.endsWith('.$') || typeof each === 'string' || isDoc(each),
  )
  if (isComputed) {
    const inputStage = doc({ stage: 'IDHACK' })
    return doc({ stage: 'PROJECTION_DEFAULT', transformBy: projection, inputStage })
  }
  return doc({ isCached: false, stage: stages, ...index, ...(projection ? { projection } : {}) })
}

function expressStages({ name, body }: Request): string | null {
  if (name === 'findAndModify')
    return body.get('remove') === true ? 'EXPRESS_DELETE' : 'EXPRESS_UPDATE'
  if (name !== 'update' && name !== 'delete') return 'EXPRESS_IXSCAN'
  const statements = body.get(name === 'update' ? 'updates' : 'deletes')
  const [first] = Array.isArray(statements) ? statements : []
  const isMany = isDoc(first) && (first.get('multi') === true || first.get('limit') === 0)
  return isMany ? null : name === 'update' ? 'EXPRESS_UPDATE' : 'EXPRESS_DELETE'
}

function isNothing(option: Value): boolean {
  return option === undefined || option === null || option === 0
}

function isPattern(value: Value): boolean {
  return value instanceof BSONRegExp
}

function describePlan(access: Access, wantsOrder: boolean): Doc {
  const isSorted = !wantsOrder || (access.kind === 'index' && access.sorted)
  const source = describeAccess(access)
  return isSorted ? source : doc({ stage: 'SORT', inputStage: source })
}

function describeAccess(access: Access): Doc {
  if (access.kind === 'scan')
    return doc({ stage: 'COLLSCAN', direction: access.reverse ? 'backward' : 'forward' })
  if (access.kind === 'union') {
    return doc({
      stage: 'FETCH',
      inputStage: doc({ stage: 'OR', inputStages: access.parts.map(describeIndex) }),
    })
  }
  const source = describeIndex(access)
  const inputStage = access.isMerged ? doc({ stage: 'SORT_MERGE', inputStages: [source] }) : source
  return doc({ stage: 'FETCH', inputStage })
}

function describeIndex({ index, ranges, bounds, reverse }: IndexAccess): Doc {
  return doc({
    stage: 'IXSCAN',
    keyPattern: index.spec.get('key') ?? doc({}),
    indexName: index.name,
    isMultiKey: isMultikey(index),
    isUnique: index.unique,
    isSparse: index.sparse,
    isPartial: index.partial !== null,
    direction: reverse ? 'backward' : 'forward',
    boundFields: index.fields.slice(0, bounds.length),
    rangeCount: ranges.length,
  })
}
