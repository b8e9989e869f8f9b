import { CommandError, notSupported } from '../errors.ts'
import { compareValues, type CompareText } from '../bson/compare.ts'
import { doc, isDoc, type Doc, type Value } from '../bson/values.ts'
import { accumulators, keysUnder, type Accumulator } from './accumulators.ts'
import { evaluate, scopeOf } from './expressions.ts'
import { checkFields } from './operator-fields.ts'
import { applyAccumulator, hasAccumulator } from './mingo-bridge.ts'
import type { PipelineContext, Stage } from './types.ts'
import { distinctValues } from './set-operators.ts'

/** Stages that gather documents into groups. */
export const groupStages: ReadonlyMap<string, Stage> = new Map<string, Stage>([
  ['$group', group],
  ['$count', count],
  ['$sortByCount', sortByCount],
  ['$bucket', bucket],
])

interface Field {
  readonly name: string
  readonly operator: string
  readonly operand: Value
}

/** A `$group` that is given its documents one by one. */
export interface Grouping {
  readonly add: (document: Doc) => void
  readonly finish: () => Doc[]
}

interface Group {
  readonly id: Value
  readonly gathered: readonly Accumulator[]
  /** Kept only for accumulators that have to see whole documents. */
  readonly members: Doc[]
}

/** Begins a `$group`, refusing what mongod would refuse in its specification. */
export function openGroup(operand: Value, { variables, filters }: PipelineContext): Grouping {
  const { compareText } = filters
  if (!isDoc(operand)) {
    throw new CommandError(15947, "a group's fields must be specified in an object")
  }
  const fields = [...operand].filter(([name]) => name !== '_id').map(parseField)
  if (!operand.has('_id'))
    throw new CommandError(15955, 'a group specification must include an _id')
  const id = operand.get('_id')
  filters.checkExpression(id)
  for (const { operand: expression } of fields) {
    const checked = isDoc(expression) ? new Map(expression) : expression
    if (isDoc(checked) && isDoc(checked.get('sortBy'))) checked.delete('sortBy')
    filters.checkExpression(checked)
  }
  const keepsMembers = fields.some(({ operator }) => !accumulators.has(operator))
  const groups = new Map<string, Group>()
  const keyOf = keysUnder(compareText)
  const groupOf = (value: Value): Group => {
    const key = keyOf(value)
    const known = groups.get(key)
    if (known) return known
    const made = {
      id: value,
      gathered: fields.map((field) => newAccumulator(field, compareText)),
      members: [],
    }
    groups.set(key, made)
    return made
  }
  return {
    add: (document) => {
      const scope = scopeOf(document, variables, compareText)
      const { gathered, members } = groupOf(evaluate(id, scope) ?? null)
      fields.forEach(({ operator, operand: expression }, i) => {
        if (accumulators.has(operator)) gathered[i]?.add(evaluate(expression, scope), document)
      })
      if (keepsMembers) members.push(document)
    },
    finish: () => [...groups.values()].map((each) => groupResult(each, fields)),
  }
}

function newAccumulator({ operator }: Field, compareText?: CompareText): Accumulator {
  return accumulators.get(operator)?.(compareText) ?? { add: () => undefined, result: () => null }
}

function groupResult({ id, gathered, members }: Group, fields: readonly Field[]): Doc {
  const result: Doc = new Map([['_id', id]])
  fields.forEach(({ name, operator, operand }, i) => {
    const value = accumulators.has(operator)
      ? gathered[i]?.result()
      : applyAccumulator(operator, operand, members)
    result.set(name, value ?? null)
  })
  return result
}

function group(documents: Doc[], operand: Value, context: PipelineContext): Doc[] {
  const grouping = openGroup(operand, context)
  for (const document of documents) grouping.add(document)
  return grouping.finish()
}

function parseField([name, spec]: [string, Value]): Field {
  if (name.includes('.'))
    throw new CommandError(40235, `The field name '${name}' cannot contain '.'`)
  if (name.startsWith('$'))
    throw new CommandError(40236, `The field name '${name}' cannot be an operator name`)
  const [entry] = isDoc(spec) ? spec : []
  if (!isDoc(spec) || !entry || !entry[0].startsWith('$')) {
    throw new CommandError(40234, `The field '${name}' must be an accumulator object`)
  }
  if (spec.size !== 1)
    throw new CommandError(40238, `The field '${name}' must specify one accumulator`)
  const [operator, operand] = entry
  if (operator === '$accumulator') throw notSupported('the $accumulator operator')
  if (!accumulators.has(operator) && !hasAccumulator(operator)) {
    throw new CommandError(15952, `unknown group operator '${operator}'`)
  }
  if (Array.isArray(operand))
    throw new CommandError(40237, `The ${operator} accumulator is a unary operator`)
  if (operator === '$count' && !(isDoc(operand) && operand.size === 0))
    throw new CommandError('TypeMismatch', '$count takes no arguments, i.e. $count:{}')
  checkFields(operator, operand)
  return { name, operator, operand }
}

function count(documents: Doc[], operand: Value): Doc[] {
  if (
    typeof operand !== 'string' ||
    operand === '' ||
    operand.startsWith('$') ||
    operand.includes('.')
  ) {
    throw new CommandError(40156, 'the count field must be a non-empty string')
  }
  return documents.length === 0 ? [] : [new Map([[operand, documents.length]])]
}

function sortByCount(documents: Doc[], operand: Value, context: PipelineContext): Doc[] {
  const groups = group(documents, doc({ _id: operand, count: doc({ $sum: 1 }) }), context)
  return groups.sort((a, b) => compareValues(b.get('count'), a.get('count')))
}

function bucket(documents: Doc[], operand: Value, context: PipelineContext): Doc[] {
  if (!isDoc(operand)) throw new CommandError(40201, 'Argument to $bucket stage must be an object')
  const { compareText } = context.filters
  const boundaries = operand.get('boundaries')
  if (!Array.isArray(boundaries) || boundaries.length < 2) {
    throw new CommandError(
      40192,
      `The $bucket 'boundaries' field must have at least 2 values, but found ${String(Array.isArray(boundaries) ? boundaries.length : 0)} value(s).`,
    )
  }
  const output = operand.get('output')
  const fields = isDoc(output) ? output : doc({ count: doc({ $sum: 1 }) })
  const tagged = documents.map((document) => {
    const value = evaluate(
      operand.get('groupBy'),
      scopeOf(document, context.variables, compareText),
    )
    const index = boundaries.findLastIndex((lower) => compareValues(value, lower, compareText) >= 0)
    const isInside = index >= 0 && index < boundaries.length - 1
    if (!isInside && !operand.has('default')) {
      throw new CommandError(
        7158300,
        '$switch could not find a matching branch for an input, and no default was specified.',
      )
    }
    return { document, bucket: isInside ? boundaries[index] : operand.get('default') }
  })
  const buckets = distinctValues(
    tagged.map((each) => each.bucket),
    compareText,
  )
  return buckets.flatMap((id) => {
    const grouping = openGroup(
      new Map<string, Value>([['_id', doc({ $literal: id })], ...fields]),
      context,
    )
    for (const each of tagged) if (compareValues(each.bucket, id) === 0) grouping.add(each.document)
    return grouping.finish()
  })
}
