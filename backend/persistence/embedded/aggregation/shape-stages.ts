import { CommandError, withContext } from '../errors.ts'
import { show } from '../bson/show.ts'
import { doc, isDoc, isNumber, toDouble, type Doc, type Value } from '../bson/values.ts'
import { parseFilter } from '../query/filter.ts'
import { parseProjection } from '../query/projection.ts'
import { sortOrder } from '../query/sort-order.ts'
import { checkAddedFields } from './added-fields.ts'
import { evaluate, scopeOf } from './expressions.ts'
import { nameOf } from './operands.ts'
import type { PipelineContext, Stage } from './types.ts'

/** Stages that look at one document at a time, or at their order. */
export const shapeStages: ReadonlyMap<string, Stage> = new Map<string, Stage>([
  ['$match', match],
  ['$project', (documents, operand, context) => project('$project', documents, operand, context)],
  ['$set', (documents, operand, context) => addFields('$set', documents, operand, context)],
  [
    '$addFields',
    (documents, operand, context) => addFields('$addFields', documents, operand, context),
  ],
  ['$unset', unset],
  ['$replaceRoot', replaceRoot],
  [
    '$replaceWith',
    (documents, operand, context) =>
      replaceWith(documents, operand, context, "'replacement document' "),
  ],
  ['$sort', sort],
  ['$limit', (documents, operand) => documents.slice(0, countOf(operand))],
  ['$skip', (documents, operand) => documents.slice(countOf(operand))],
  ['$unwind', unwind],
  ['$sample', sample],
])

function match(documents: Doc[], operand: Value, { filters }: PipelineContext): Doc[] {
  if (!isDoc(operand))
    throw new CommandError(15959, 'the match filter must be an expression in an object')
  const filter = parseFilter(operand, filters)
  return documents.filter((document) => filter.matches(document))
}

function project(name: string, documents: Doc[], operand: Value, context: PipelineContext): Doc[] {
  if (!isDoc(operand)) throw new CommandError(15969, '$project specification must be an object')
  if (operand.size === 0) {
    throw new CommandError(
      51272,
      'Invalid $project :: caused by :: projection specification must have at least one field',
    )
  }
  const pick = parsed(name, () =>
    parseProjection(operand, { filters: context.filters, filter: null }),
  )
  return documents.map(pick)
}

/** Parses the specification of a stage; what is wrong with it is said of the stage. */
function parsed<T>(name: string, parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    throw withContext(error, `Invalid ${name}`)
  }
}

function addFields(
  name: string,
  documents: Doc[],
  operand: Value,
  { variables, filters }: PipelineContext,
): Doc[] {
  if (!isDoc(operand))
    throw new CommandError(
      40272,
      `${name} specification stage must be an object, got ${nameOf(operand)}`,
    )
  parsed(name, () => {
    checkAddedFields(operand, filters.checkExpression)
  })
  const fields = [...operand].map(([path, expression]) => ({ steps: path.split('.'), expression }))
  return documents.map((document) =>
    fields.reduce((current, { steps, expression }) => {
      const scope = scopeOf(document, variables, filters.compareText)
      return setField(
        current,
        steps,
        isNested(expression) ? null : evaluate(expression, scope),
        expression,
        (inner) => evaluate(inner, scope),
      )
    }, document),
  )
}

function isNested(expression: Value): expression is Doc {
  return (
    isDoc(expression) && expression.size > 0 && !expression.keys().next().value?.startsWith('$')
  )
}

/** Sets a field through documents and into every document of an array. */
function setField(
  target: Doc,
  steps: readonly string[],
  value: Value,
  expression: Value,
  compute: (inner: Value) => Value,
): Doc {
  const [name = '', ...rest] = steps
  const copy = new Map(target)
  const current = target.get(name)
  if (rest.length > 0) {
    copy.set(
      name,
      setInside(current, (inner) => setField(inner, rest, value, expression, compute)),
    )
  } else if (isNested(expression)) {
    copy.set(
      name,
      setInside(current, (inner) => setFields(inner, expression, compute)),
    )
  } else if (value === undefined) {
    copy.delete(name)
  } else {
    copy.set(name, value)
  }
  return copy
}

function setFields(target: Doc, expressions: Doc, compute: (inner: Value) => Value): Doc {
  return [...expressions].reduce(
    (current, [name, expression]) =>
      setField(
        current,
        name.split('.'),
        isNested(expression) ? null : compute(expression),
        expression,
        compute,
      ),
    target,
  )
}

function setInside(current: Value, change: (inner: Doc) => Doc): Value {
  if (Array.isArray(current)) return current.map((element) => setInside(element, change))
  return change(isDoc(current) ? current : doc({}))
}

function unset(documents: Doc[], operand: Value, context: PipelineContext): Doc[] {
  const names = Array.isArray(operand) ? operand : [operand]
  const spec: Doc = new Map()
  for (const name of names) {
    if (typeof name !== 'string')
      throw new CommandError(31002, '$unset specification must be a string or an array')
    spec.set(name, 0)
  }
  return project('$unset', documents, spec, context)
}

function replaceRoot(documents: Doc[], operand: Value, context: PipelineContext): Doc[] {
  const expression = isDoc(operand) ? operand.get('newRoot') : undefined
  return replaceWith(documents, expression, context, "'newRoot' expression ")
}

function replaceWith(
  documents: Doc[],
  expression: Value,
  { variables, filters }: PipelineContext,
  name: string,
): Doc[] {
  filters.checkExpression(expression)
  return documents.map((document) => {
    const root = evaluate(expression, scopeOf(document, variables, filters.compareText))
    if (isDoc(root)) return root
    throw new CommandError(
      40228,
      `${name} must evaluate to an object, but resulting value was: ${root === undefined ? 'MISSING' : show(root)}. Type of resulting value: '${nameOf(root)}'. Input document: ${show(document)}`,
    )
  })
}

function sort(documents: Doc[], operand: Value, { filters }: PipelineContext): Doc[] {
  if (!isDoc(operand) || operand.size === 0)
    throw new CommandError(15976, '$sort stage must have at least one sort key')
  const order = sortOrder(operand, filters.compareText)
  return documents
    .map((document) => ({ document, keys: order.keysOf(document) }))
    .sort((a, b) => order.compare(a.keys, b.keys))
    .map(({ document }) => document)
}

// Its specification has been checked.
function countOf(operand: Value): number {
  return isNumber(operand) ? toDouble(operand) : 0
}

function unwind(documents: Doc[], operand: Value): Doc[] {
  const spec = isDoc(operand) ? operand : new Map<string, Value>([['path', operand]])
  const path = spec.get('path')
  if (typeof path !== 'string')
    throw new CommandError(28808, 'expected a string as the path for $unwind stage')
  if (!path.startsWith('$'))
    throw new CommandError(
      28818,
      `path option to $unwind stage should be prefixed with a '$': ${path}`,
    )
  const indexField = spec.get('includeArrayIndex')
  const keepsEmpty = spec.get('preserveNullAndEmptyArrays') === true
  const steps = path.slice(1).split('.')
  return documents.flatMap((document) => {
    const value = leaf(document, steps)
    const withIndex = (changed: Doc, index: Value): Doc =>
      typeof indexField === 'string' ? replaceLeaf(changed, indexField.split('.'), index) : changed
    if (Array.isArray(value) && value.length > 0) {
      return value.map((element, i) => withIndex(replaceLeaf(document, steps, element), BigInt(i)))
    }
    const isNothing = value === undefined || value === null || Array.isArray(value)
    if (isNothing && !keepsEmpty) return []
    return [
      withIndex(Array.isArray(value) ? replaceLeaf(document, steps, undefined) : document, null),
    ]
  })
}

function leaf(document: Doc, steps: readonly string[]): Value {
  return steps.reduce<Value>(
    (value, step) => (isDoc(value) ? value.get(step) : undefined),
    document,
  )
}

function replaceLeaf(document: Doc, steps: readonly string[], value: Value): Doc {
  const [name = '', ...rest] = steps
  const copy = new Map(document)
  const inner = document.get(name)
  const next = rest.length === 0 ? value : replaceLeaf(isDoc(inner) ? inner : doc({}), rest, value)
  if (next === undefined) copy.delete(name)
  else copy.set(name, next)
  return copy
}

function sample(documents: Doc[], operand: Value): Doc[] {
  const size = countOf(isDoc(operand) ? operand.get('size') : operand)
  const pool = [...documents]
  const count = Math.min(size, pool.length)
  for (let i = 0; i < count; i++) {
    const j = i + Math.floor(Math.random() * (pool.length - i))
    const [a, b] = [pool[i], pool[j]]
    if (a && b) [pool[i], pool[j]] = [b, a]
  }
  return pool.slice(0, count)
}
