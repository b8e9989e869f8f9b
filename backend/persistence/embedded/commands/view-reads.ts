import { doc, isDoc, isNumber, toDouble, type Doc, type Value } from '../bson/values.ts'
import { aggregate, documentsOfView } from './aggregate.ts'
import { gatherValues, refuseFindOptions } from './read-commands.ts'
import { docOf, numberOf, textOf, type Command, type Request } from './request.ts'
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
  const cut = body.get('singleBatch') === true && isNumber(size) ? { $limit: toDouble(size) } : {}
  const pipeline = [
    ...searchStages(request, 'filter'),
    ...Object.entries(cut).map(([name, value]) => doc({ [name]: value })),
    ...(projection && projection.size > 0 ? [doc({ $project: projection })] : []),
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
  return [
    doc({ $match: filter && filter.size > 0 ? filter : undefined }),
    doc({ $sort: isDoc(sort) && sort.size > 0 ? sort : undefined }),
    doc({ $skip: skip === 0 ? undefined : skip }),
    doc({ $limit: limit === 0 ? undefined : limit }),
  ].filter((stage) => stage.size > 0)
}
