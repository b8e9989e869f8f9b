import { CommandError } from '../errors.ts'
import { show } from '../bson/show.ts'
import { isDoc, type Doc, type Value } from '../bson/values.ts'
import { checkPath } from './expression-checks.ts'
import { nameOf } from './operands.ts'
import { checkVariables } from './operator-fields.ts'
import type { PipelineContext } from './types.ts'

type CheckPipeline = (pipeline: readonly Value[], context: PipelineContext) => void

/** Refuses a stage with pipelines of its own when mongod would refuse it, or one of them. */
export function checkJoin(
  name: string,
  operand: Value,
  context: PipelineContext,
  checkPipeline: CheckPipeline,
): void {
  if (name === '$lookup' && isDoc(operand)) checkLookup(operand, context, checkPipeline)
  if (name === '$unionWith' && isDoc(operand))
    checkInner('$unionWith', operand.get('pipeline'), () => context, checkPipeline)
  if (name === '$facet') checkFacet(operand, context, checkPipeline)
}

function checkLookup(spec: Doc, context: PipelineContext, checkPipeline: CheckPipeline): void {
  for (const [field, value] of spec) checkLookupField(field, value)
  const [first] = Array.isArray(spec.get('pipeline')) ? (spec.get('pipeline') as Value[]) : []
  const bringsDocuments = isDoc(first) && first.has('$documents')
  if (!spec.has('as') || (!spec.has('from') && !bringsDocuments))
    throw new CommandError('FailedToParse', "must specify 'as' and 'from' fields for a $lookup")
  const bound = spec.get('let')
  if (bound !== undefined && !spec.has('pipeline'))
    throw new CommandError(
      'FailedToParse',
      "$lookup with a 'let' argument must also specify 'pipeline'",
    )
  if (bound !== undefined) checkVariables(bound)
  const names = isDoc(bound) ? [...bound.keys()] : []
  if (isDoc(bound)) for (const value of bound.values()) context.filters.checkExpression(value)
  checkInner(
    '$lookup',
    spec.get('pipeline'),
    () =>
      context.within(
        new Map([...context.variables, ...names.map((name) => [name, null] as const)]),
      ),
    checkPipeline,
  )
}

function checkLookupField(field: string, value: Value): void {
  const refuse = (wanted: string): CommandError =>
    new CommandError(
      'FailedToParse',
      `$lookup argument '${field}: ${show(value)}' must be ${wanted}, is type ${nameOf(value)}`,
    )
  switch (field) {
    case 'pipeline':
      if (!Array.isArray(value))
        throw new CommandError('TypeMismatch', "'pipeline' option must be specified as an array")
      return
    case 'let':
      if (!isDoc(value)) throw refuse('an object')
      return
    case 'from':
    case 'as':
    case 'localField':
    case 'foreignField':
      if (typeof value !== 'string') throw refuse('a string')
      if (field !== 'from') checkPath(value)
      return
    default:
      throw new CommandError('FailedToParse', `unknown argument to $lookup: ${field}`)
  }
}

function checkInner(
  stage: string,
  pipeline: Value,
  within: () => PipelineContext,
  checkPipeline: CheckPipeline,
): void {
  if (!Array.isArray(pipeline)) return
  for (const each of pipeline) {
    const [name = ''] = isDoc(each) ? each.keys() : []
    if (name === '$out' || name === '$merge') {
      throw new CommandError(
        stage === '$lookup' ? 51047 : 31441,
        `${name} is not allowed within a ${stage}'s sub-pipeline`,
      )
    }
  }
  checkPipeline(pipeline, within())
}

const notInFacets = new Set(['$out', '$merge', '$facet', '$collStats', '$indexStats', '$documents'])

function checkFacet(operand: Value, context: PipelineContext, checkPipeline: CheckPipeline): void {
  if (!isDoc(operand) || operand.size === 0) {
    throw new CommandError(40169, 'the $facet specification must be a non-empty object')
  }
  for (const [name, pipeline] of operand) {
    if (name.includes('.'))
      throw new CommandError(
        16412,
        "FieldPath field names may not contain '.'. Consider using $getField or $setField.",
      )
    checkPath(name)
    if (!Array.isArray(pipeline))
      throw new CommandError(
        40170,
        `arguments to $facet must be arrays, ${name} is type ${nameOf(pipeline)}`,
      )
    for (const stage of pipeline) {
      const [inner = ''] = isDoc(stage) ? stage.keys() : []
      if (notInFacets.has(inner))
        throw new CommandError(40600, `${inner} is not allowed to be used within a $facet stage`)
    }
    checkPipeline(pipeline, context)
  }
}
