import { BSONRegExp } from 'bson'
import { CommandError } from '../errors.ts'
import { equalValues } from '../bson/compare.ts'
import { asText } from '../bson/show.ts'
import { doc, isDoc, type Doc, type Value } from '../bson/values.ts'
import type { Engine } from '../engine.ts'
import { stageParts } from '../aggregation/pipeline.ts'
import { isOperatorDocument } from '../query/filter.ts'
import { beginQuery, createPause, type Execution } from './execution.ts'
import { describePlan } from './explained-plan.ts'
import { distinctKey, parseFind, refuseFindOptions } from './read-commands.ts'
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
  const winningPlan = execution
    ? (expressPlan(request, asked.body) ?? describePlan(execution.access, asked.body))
    : doc({ stage: 'EOF' })
  const counts = request.name === 'count'
  const planner = doc({
    namespace,
    parsedQuery: asked.body.get('filter') ?? doc({}),
    indexFilterSet: false,
    winningPlan: counts ? countOf(winningPlan) : winningPlan,
    rejectedPlans: [],
  })
  const reply = doc({ explainVersion: '1', queryPlanner: planner, command: request.body })
  if (verbosity !== 'queryPlanner')
    reply.set(
      'executionStats',
      await measured(engine, execution, { plan: winningPlan, counts }, request.deadline),
    )
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
      return as({ filter: body.get('query'), skip: body.get('skip'), limit: body.get('limit') })
    case 'distinct':
      distinctKey(body)
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

function countOf(plan: Doc): Doc {
  return doc({ stage: 'COUNT', inputStage: plan })
}

async function measured(
  engine: Engine,
  execution: Execution | null,
  { plan, counts }: { plan: Doc; counts: boolean },
  deadline: number,
): Promise<Doc> {
  const startedAt = performance.now()
  let returned = 0
  const pause = createPause(deadline, execution?.results)
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
    // A count returns nothing but its number.
    nReturned: counts ? 0 : returned,
    executionTimeMillis: Math.round(performance.now() - startedAt),
    totalKeysExamined: execution?.search.keysExamined ?? 0,
    totalDocsExamined: execution?.search.docsExamined ?? 0,
    executionStages: counts
      ? new Map([...countOf(plan), ['nReturned', 0], ['nCounted', returned]])
      : new Map([...plan, ['nReturned', returned]]),
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
  const isMany = isDoc(first) && (first.get('multi') === true || equalValues(first.get('limit'), 0))
  return isMany ? null : name === 'update' ? 'EXPRESS_UPDATE' : 'EXPRESS_DELETE'
}

function isNothing(option: Value): boolean {
  return option === undefined || option === null || equalValues(option, 0)
}

function isPattern(value: Value): boolean {
  return value instanceof BSONRegExp
}
