import { CommandError } from '../errors.ts'
import { doc, isDoc, type Doc } from '../bson/values.ts'
import type { Engine } from '../engine.ts'
import { checkViewPipeline } from './aggregate.ts'
import { arrayOf, checkedName, collectionName, textOf, type Request } from './request.ts'
import { readsOf, viewOf, type Source } from './views.ts'

/** What the catalogue keeps of a view, once it is sure that the view can be read. */
export function viewOptions(engine: Engine, request: Request): Doc {
  const { db, body } = request
  const pipeline = body.has('pipeline') ? arrayOf(body, 'pipeline') : []
  const on = textOf(body, 'viewOn')
  if (on === '') throw new CommandError('BadValue', "'viewOn' cannot be empty")
  const name = checkedName(db, on)
  const writing = pipeline.filter(isDoc).find((stage) => stage.has('$out') || stage.has('$merge'))
  if (writing) {
    const [stage = ''] = writing.keys()
    throw new CommandError(
      'OptionNotSupportedOnView',
      `The aggregation stage ${stage} in a view definition is not allowed`,
    )
  }
  checkViewPipeline(engine, request, pipeline)
  refuseCycle(engine, request, { name, pipeline })
  return doc({ viewOn: name, pipeline: [...pipeline] })
}

/** A view that shows itself, by way of others or joined with others, would never end. */
function refuseCycle(engine: Engine, request: Request, view: Source): void {
  const own = collectionName(request)
  const seen = new Set<string>()
  const open = [...readsOf(view)]
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (name === own)
      throw new CommandError('GraphContainsCycle', `View cycle detected: ${request.db}.${own}`)
    if (seen.has(name)) continue
    seen.add(name)
    const other = viewOf(engine, request.db, name)
    if (other) open.push(...readsOf(other))
  }
}
