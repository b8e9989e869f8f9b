import { doc, isDoc, isNumber, toDouble, type Doc, type Value } from '../bson/values.ts'
import { aggregate, documentsOfView } from './aggregate.ts'
import { gatherValues, refuseFindOptions } from './read-commands.ts'
import { docOf, looseFlagOf, numberOf, textOf, type Command, type Request } from './request.ts'
import { viewOf } from './views.ts'

/** A command that reads a collection by `read`, and a view by `readView`. */
export function viewOr(read: Command, readView: Command): Command {
  return (request, server) => {
    const name = request.body.get(request.name)
    const isView = typeof name === 'string' && viewOf(server.engine, request.db, name) !== null
    return (isView ? readView : read)(request, server)
  }
}

// What a find says that an aggregation says in the same way.
const shared = ['hint', 'let', 'collation', 'maxTimeMS', 'comment', 'readConcern', 'lsid', '$db']

/** `find` in a view: an aggregation of the same meaning. */
export const findInView: Command = (request, server) => {
  const { body } = request
  refuseFindOptions(body)
  const projection = docOf(body, 'projection')
  const size = body.get('batchSize')
  const isCut = looseFlagOf(body, 'singleBatch') && isNumber(size)
  const pipeline = [
    ...searchStages(request, 'filter'),
    ...stages(
      { $limit: isCut ? toDouble(size) : undefined },
      { $project: projection && projection.size > 0 ? projection : undefined },
    ),
  ]
  const asked: Doc = new Map([
    ['aggregate', textOf(body, 'find')],
    ['pipeline', pipeline],
    ['cursor', doc({ batchSize: size })],
    ...[...body].filter(([name]) => shared.includes(name)),
  ] as [string, Value][])
  return aggregate({ ...request, name: 'aggregate', body: asked }, server)
}

/** `count` in a view. */
export const countInView: Command = async (request, { engine }) => {
  const stages = [...searchStages(request, 'query'), doc({ $count: 'n' })]
  const [counted] = await documentsOfView(engine, request, textOf(request.body, 'count'), stages)
  return doc({ n: counted?.get('n') ?? 0 })
}

/** `distinct` in a view. */
export const distinctInView: Command = async (request, { engine }) => {
  const values = gatherValues(textOf(request.body, 'key'))
  const stages = searchStages(request, 'query')
  const name = textOf(request.body, 'distinct')
  for (const document of await documentsOfView(engine, request, name, stages)) values.add(document)
  return doc({ values: values.all() })
}

function searchStages({ body }: Request, filterField: string): Doc[] {
  const filter = docOf(body, filterField)
  const sort = docOf(body, 'sort')
  const skip = numberOf(body, 'skip', 0)
  const limit = Math.abs(numberOf(body, 'limit', 0))
  return stages(
    { $match: filter && filter.size > 0 ? filter : undefined },
    { $sort: isDoc(sort) && sort.size > 0 ? sort : undefined },
    { $skip: skip === 0 ? undefined : skip },
    { $limit: limit === 0 ? undefined : limit },
  )
}

/** The stages that have something to do. */
function stages(...wanted: readonly Record<string, Value>[]): Doc[] {
  return wanted.map(doc).filter((stage) => stage.size > 0)
}
