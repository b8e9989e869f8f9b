import { isDoc, type Value } from '../bson/values.ts'
import { findNamespace, type Engine } from '../engine.ts'

/** A collection and the pipeline over it. */
export interface Source {
  readonly name: string
  readonly pipeline: readonly Value[]
}

/** A view's own definition, or null for what is not a view. */
export function viewOf(engine: Engine, db: string, name: string): Source | null {
  const options = findNamespace(engine, db, name)?.options
  const on = options?.get('viewOn')
  const pipeline = options?.get('pipeline')
  return typeof on === 'string'
    ? { name: on, pipeline: Array.isArray(pipeline) ? pipeline : [] }
    : null
}

/** What a pipeline over a view comes to: the stages of views on views, then its own. */
export function resolveView(
  engine: Engine,
  db: string,
  name: string,
  pipeline: readonly Value[],
): Source {
  const view = viewOf(engine, db, name)
  // The numbers of a collection are not a view's to tell.
  const [stage] = pipeline
  const asksStatistics = isDoc(stage) && (stage.has('$collStats') || stage.has('$indexStats'))
  if (!view || asksStatistics) return { name, pipeline }
  return resolveView(engine, db, view.name, [...view.pipeline, ...pipeline])
}

/** The collections and views that a pipeline over one of them reads. */
export function readsOf({ name, pipeline }: Source): readonly string[] {
  return [name, ...pipeline.flatMap(joinedBy)]
}

function joinedBy(stage: Value): readonly string[] {
  const [[kind, operand] = ['', undefined]] = isDoc(stage) ? stage : []
  if (kind === '$unionWith' && typeof operand === 'string') return [operand]
  if (!isDoc(operand)) return []
  if (kind === '$facet') return [...operand.values()].flatMap(joinedIn)
  if (kind !== '$lookup' && kind !== '$unionWith') return []
  const other = operand.get(kind === '$lookup' ? 'from' : 'coll')
  return [...(typeof other === 'string' ? [other] : []), ...joinedIn(operand.get('pipeline'))]
}

function joinedIn(pipeline: Value): readonly string[] {
  return Array.isArray(pipeline) ? pipeline.flatMap(joinedBy) : []
}
