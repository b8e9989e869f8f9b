import { CommandError } from '../errors.ts'
import { asText, show } from '../bson/show.ts'
import { equalValues } from '../bson/compare.ts'
import { bsonType, isDoc, type Doc, type Value } from '../bson/values.ts'
import type { Filter, FilterContext } from '../query/filter-types.ts'
import type { OperatorContext } from './operator-context.ts'
import { updateOperators } from './operators.ts'
import { checkArrayFilters, parseArrayFilters } from './array-filters.ts'
import { changeAt, isPlaceholder } from './path-change.ts'
import { pairsThatMayMeet, refuseConflicts, refuseMeeting } from './path-conflicts.ts'
import { checkRename, dollarPrefixed, rename } from './rename.ts'

/** A parsed update: from a document to its next state. */
export interface Update {
  readonly apply: (document: Doc, how: ApplyOptions) => Doc
  /** True when a path has `$`, so that the filter's match has to be located. */
  readonly positionalPath: string | null
  readonly isReplacement: boolean
}

/** What applying an update depends on. */
export interface ApplyOptions {
  readonly isInsert: boolean
  readonly position: number | null
}

/** What an update may refer to. */
export interface UpdateContext {
  readonly filters: FilterContext
  readonly arrayFilters: Value
  readonly now: Date
  /** Refuses a pipeline that could never be applied. */
  readonly checkPipeline: (pipeline: readonly Value[]) => void
  /** Applies an aggregation pipeline to one document. */
  readonly runPipeline: (pipeline: readonly Value[], document: Doc) => Doc
}

/** Parses a replacement, an update document or an update pipeline. */
export function parseUpdate(update: Value, context: UpdateContext): Update {
  if (Array.isArray(update)) return pipelineUpdate(update, context)
  if (!isDoc(update))
    throw new CommandError('FailedToParse', 'Update argument must be either an object or an array')
  const first = update.keys().next().value
  if (!first?.startsWith('$')) return replacement(update, context)
  return operatorUpdate(update, context)
}

function pipelineUpdate(pipeline: readonly Value[], context: UpdateContext): Update {
  refuseArrayFilters(context, 'pipeline-style')
  context.checkPipeline(pipeline)
  const allowed = ['$addFields', '$set', '$project', '$unset', '$replaceRoot', '$replaceWith']
  for (const stage of pipeline) {
    const name = isDoc(stage) ? (stage.keys().next().value ?? '') : ''
    if (!allowed.includes(name)) {
      throw new CommandError('InvalidOptions', `${name} is not allowed to be used within an update`)
    }
  }
  return {
    isReplacement: false,
    positionalPath: null,
    apply: (document) => keepId(document, context.runPipeline(pipeline, document)),
  }
}

function refuseArrayFilters({ arrayFilters }: UpdateContext, kind: string): void {
  if (Array.isArray(arrayFilters) && arrayFilters.length > 0)
    throw new CommandError('FailedToParse', `arrayFilters may not be specified for ${kind} updates`)
}

function replacement(update: Doc, context: UpdateContext): Update {
  refuseArrayFilters(context, 'replacement-style')
  for (const name of update.keys()) {
    if (name.startsWith('$')) throw dollarPrefixed(name, name)
  }
  return {
    isReplacement: true,
    positionalPath: null,
    apply: (document) => keepId(document, update),
  }
}

/** The new state with the old `_id` in front; another `_id` is refused. */
function keepId(before: Doc, after: Doc): Doc {
  const id = before.get('_id')
  const next = after.get('_id')
  if (id === undefined) return after
  if (next !== undefined && !equalValues(id, next)) {
    throw new CommandError(
      'ImmutableField',
      "After applying the update, the (immutable) field '_id' was found to have been altered to _id: " +
        show(next),
    )
  }
  return new Map([['_id', id], ...[...after].filter(([name]) => name !== '_id')])
}

interface Step {
  readonly operator: string
  readonly path: string
  readonly steps: readonly string[]
  readonly operand: Value
}

function operatorUpdate(update: Doc, context: UpdateContext): Update {
  const steps = [...update].flatMap(([operator, fields]) => parseOperator(operator, fields))
  const arrayFilters = parseArrayFilters(context.arrayFilters, context.filters)
  checkArrayFilters(arrayFilters, steps, update)
  refuseConflicts(steps.flatMap(pathsOf))
  steps.sort((a, b) => comparePaths(a.steps, b.steps))
  const mayMeet = pairsThatMayMeet(steps.map((step) => step.steps))
  // Operands are checked once, before any document is touched.
  for (const step of steps) makeChange(step, operatorContext(step, new Map(), context))
  const positional = steps.find((step) => step.steps.includes('$'))
  return {
    isReplacement: false,
    positionalPath: positional
      ? positional.steps.slice(0, positional.steps.indexOf('$')).join('.')
      : null,
    apply: (document, how) => {
      const placeholders = { position: how.position, arrayFilters }
      refuseMeeting(document, mayMeet, placeholders)
      return steps.reduce((current, step) => {
        if (step.operator === '$setOnInsert' && !how.isInsert) return current
        const next = applyStep(current, step, { document, context, placeholders })
        return checkId(document, next, step, how)
      }, document)
    },
  }
}

interface Application {
  readonly document: Doc
  readonly context: UpdateContext
  readonly placeholders: {
    readonly position: number | null
    readonly arrayFilters: ReadonlyMap<string, Filter>
  }
}

function applyStep(
  current: Doc,
  step: Step,
  { document, context, placeholders }: Application,
): Doc {
  const { path, steps } = step
  if (step.operator === '$rename') return rename(current, step, placeholders)
  const operator = updateOperators.get(step.operator)
  const change = makeChange(step, operatorContext(step, document, context))
  return changeAt(current, {
    path,
    steps,
    change,
    creates: operator?.creates ?? false,
    mayBeBlocked: operator?.mayBeBlocked ?? false,
    placeholders,
  })
}

function makeChange(step: Step, context: OperatorContext) {
  return (
    updateOperators.get(step.operator)?.make(step.operand, context) ?? ((current: Value) => current)
  )
}

function operatorContext(step: Step, document: Doc, context: UpdateContext): OperatorContext {
  return { path: step.path, filters: context.filters, document, now: context.now }
}

function parseOperator(operator: string, fields: Value): Step[] {
  if (!updateOperators.has(operator) && operator !== '$rename') {
    throw new CommandError(
      'FailedToParse',
      `Unknown modifier: ${operator}. Expected a valid update modifier or pipeline-style update specified as an array`,
    )
  }
  if (!isDoc(fields)) {
    throw new CommandError(
      'FailedToParse',
      `Modifiers operate on fields but we found type ${bsonType(fields)[1]} instead. For example: {$mod: {<field>: ...}} not {${operator}: ${show(fields)}}`,
    )
  }
  return [...fields].map(([path, operand]) => {
    const steps = path.split('.')
    if (path === '') throw new CommandError(56, 'An empty update path is not valid.')
    if (steps.includes('')) {
      throw new CommandError(
        56,
        `The update path '${path}' contains an empty field name, which is not allowed.`,
      )
    }
    if (steps.filter((name) => name === '$').length > 1) {
      throw new CommandError(
        'BadValue',
        `Too many positional (i.e. '$') elements found in path '${path}'`,
      )
    }
    if (steps[0] && isPlaceholder(steps[0])) {
      throw new CommandError(
        'BadValue',
        `Cannot have ${steps[0] === '$' ? 'positional' : 'array filter identifier'} (i.e. '${steps[0] === '$' ? '$' : '$[<id>]'}') element in the first position in path '${path}'`,
      )
    }
    if (steps[0]?.startsWith('$')) throw dollarPrefixed(steps[0], path)
    if (operator === '$rename') checkRename(path, operand)
    return { operator, path, steps, operand }
  })
}

function pathsOf(step: Step): string[] {
  return step.operator === '$rename' ? [step.path, asText(step.operand)] : [step.path]
}

// MongoDB applies the fields of an update in this order, which decides where new ones end up.
function comparePaths(a: readonly string[], b: readonly string[]): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const [x = '', y = ''] = [a[i], b[i]]
    if (x === y) continue
    if (/^\d+$/.test(x) && /^\d+$/.test(y)) return Number(x) - Number(y)
    return x < y ? -1 : 1
  }
  return a.length - b.length
}

function checkId(before: Doc, after: Doc, step: Step, how: ApplyOptions): Doc {
  const touchesId =
    step.steps[0] === '_id' || (step.operator === '$rename' && step.operand === '_id')
  if (!touchesId || (how.isInsert && !before.has('_id'))) return after
  const [id, next] = [before.get('_id'), after.get('_id')]
  if (next !== undefined && equalValues(id, next)) return after
  throw new CommandError(
    'ImmutableField',
    `Performing an update on the path '${step.path}' would modify the immutable field '_id'`,
  )
}
