import { CommandError } from '../errors.ts'
import { doc, isDoc, type Doc, type Value } from '../bson/values.ts'
import { evaluate, scopeOf } from './expressions.ts'
import type { PipelineContext, Stage } from './types.ts'

/** Stages that read other collections or run pipelines of their own. */
export const joinStages: ReadonlyMap<string, Stage> = new Map<string, Stage>([
  ['$lookup', lookup],
  ['$unionWith', unionWith],
  ['$facet', facet],
])

async function lookup(documents: Doc[], operand: Value, context: PipelineContext): Promise<Doc[]> {
  if (!isDoc(operand))
    throw new CommandError('FailedToParse', 'the $lookup specification must be an object')
  const as = operand.get('as')
  const from = operand.get('from') ?? (startsWithDocuments(operand) ? '' : undefined)
  if (typeof as !== 'string' || typeof from !== 'string') {
    throw new CommandError('FailedToParse', "must specify 'as' and 'from' fields for a $lookup")
  }
  const joined: Doc[] = []
  for (const document of documents) {
    const found = await context.aggregate(
      from,
      lookupPipeline(document, operand),
      lookupVariables(document, operand, context),
    )
    joined.push(setNested(document, as.split('.'), found))
  }
  return joined
}

function lookupPipeline(document: Doc, spec: Doc): Value[] {
  const pipeline = spec.get('pipeline')
  const own = Array.isArray(pipeline) ? pipeline : []
  const foreignField = spec.get('foreignField')
  const localField = spec.get('localField')
  if (typeof foreignField !== 'string' || typeof localField !== 'string') return own
  const local = evaluate(`$${localField}`, scopeOf(document))
  const condition = Array.isArray(local) ? doc({ $in: local }) : doc({ $eq: local ?? null })
  return [doc({ $match: new Map([[foreignField, condition]]) }), ...own]
}

function lookupVariables(
  document: Doc,
  spec: Doc,
  context: PipelineContext,
): ReadonlyMap<string, Value> {
  const bound = spec.get('let')
  if (!isDoc(bound)) return context.variables
  const scope = scopeOf(document, context.variables, context.filters.compareText)
  return new Map([
    ...context.variables,
    ...[...bound].map(([name, value]) => [name, evaluate(value, scope)] as const),
  ])
}

function setNested(document: Doc, steps: readonly string[], value: Value): Doc {
  const [name = '', ...rest] = steps
  const inner = document.get(name)
  const next = rest.length === 0 ? value : setNested(isDoc(inner) ? inner : doc({}), rest, value)
  return new Map(document).set(name, next)
}

async function unionWith(
  documents: Doc[],
  operand: Value,
  context: PipelineContext,
): Promise<Doc[]> {
  const name = isDoc(operand) ? operand.get('coll') : operand
  const pipeline = isDoc(operand) ? operand.get('pipeline') : undefined
  if (typeof name !== 'string')
    throw new CommandError('FailedToParse', '$unionWith must name a collection')
  const others = await context.aggregate(
    name,
    Array.isArray(pipeline) ? pipeline : [],
    context.variables,
  )
  return [...documents, ...others]
}

async function facet(documents: Doc[], operand: Value, context: PipelineContext): Promise<Doc[]> {
  const result: Doc = doc({})
  // Its specification has been checked.
  for (const [name, pipeline] of isDoc(operand) ? operand : doc({})) {
    if (Array.isArray(pipeline)) result.set(name, await context.run(pipeline, [...documents]))
  }
  return [result]
}

// A pipeline that brings its own documents reads no collection.
function startsWithDocuments(spec: Doc): boolean {
  const pipeline = spec.get('pipeline')
  const [first] = Array.isArray(pipeline) ? pipeline : []
  return isDoc(first) && first.has('$documents')
}
