import { CommandError, notSupported } from '../errors.ts'
import { compareValues } from '../bson/compare.ts'
import { show } from '../bson/show.ts'
import { doc, isDoc, isNumber, toDouble, type Doc, type Value } from '../bson/values.ts'
import { evaluate, scopeOf } from './expressions.ts'
import { openGroup } from './group-stages.ts'
import { runStage } from './mingo-bridge.ts'
import { nameOf } from './operands.ts'
import type { PipelineContext } from './types.ts'

interface Entry {
  readonly value: Value
  readonly document: Doc
}

/** `$bucketAuto`: documents in groups of about the same size, by the order of a value. */
export function bucketAuto(documents: Doc[], operand: Value, context: PipelineContext): Doc[] {
  const spec = checked(operand)
  if (spec.has('granularity'))
    return documents.length === 0 ? [] : byGranularity(documents, spec, context)
  const { compareText } = context.filters
  const groupBy = spec.get('groupBy')
  context.filters.checkExpression(groupBy)
  const entries = documents
    .map((document) => ({
      value: evaluate(groupBy, scopeOf(document, context.variables, compareText)) ?? null,
      document,
    }))
    .sort((a, b) => compareValues(a.value, b.value, compareText))
  const output = spec.get('output')
  const fields = isDoc(output) ? output : doc({ count: doc({ $sum: 1 }) })
  const buckets = divided(
    entries,
    toDouble(spec.get('buckets') as number),
    (a, b) => compareValues(a, b, compareText) === 0,
  )
  const summary = (bucket: readonly Entry[], next: readonly Entry[] | undefined): Doc[] => {
    const id = doc({ min: bucket[0]?.value, max: (next?.[0] ?? bucket.at(-1))?.value })
    const grouping = openGroup(
      new Map<string, Value>([['_id', doc({ $literal: id })], ...fields]),
      context,
    )
    for (const { document } of bucket) grouping.add(document)
    return grouping.finish()
  }
  // Without documents the fields are looked at all the same.
  if (buckets.length === 0) summary([], undefined)
  return buckets.flatMap((bucket, i) => summary(bucket, buckets[i + 1]))
}

/** Buckets of about equal size; equal values are never parted. */
function divided(
  entries: readonly Entry[],
  count: number,
  isEqual: (a: Value, b: Value) => boolean,
): Entry[][] {
  const size = Math.max(1, Math.round(entries.length / count))
  const buckets: Entry[][] = []
  let from = 0
  while (from < entries.length) {
    let to = buckets.length === count - 1 ? entries.length : Math.min(from + size, entries.length)
    while (to < entries.length && isEqual(entries[to]?.value, entries[to - 1]?.value)) to += 1
    buckets.push(entries.slice(from, to))
    from = to
  }
  return buckets
}

function byGranularity(documents: Doc[], spec: Doc, { filters }: PipelineContext): Doc[] {
  if (filters.compareText) throw notSupported('a collation with $bucketAuto by granularity')
  const found = runStage(doc({ $bucketAuto: spec }), documents)
  return found.map((each) => new Map([['_id', each.get('_id')], ...each]))
}

function checked(operand: Value): Doc {
  const refuse = (isWrong: boolean, code: number, message: string): void => {
    if (isWrong) throw new CommandError(code, message)
  }
  if (!isDoc(operand))
    throw new CommandError(
      40240,
      `The argument to $bucketAuto must be an object, but found type: ${nameOf(operand)}.`,
    )
  const unknown = [...operand.keys()].find(
    (name) => !['groupBy', 'buckets', 'output', 'granularity'].includes(name),
  )
  const [groupBy, buckets] = [operand.get('groupBy'), operand.get('buckets')]
  refuse(unknown !== undefined, 40245, `Unrecognized option to $bucketAuto: ${unknown ?? ''}.`)
  refuse(
    groupBy === undefined || buckets === undefined,
    40246,
    "$bucketAuto requires 'groupBy' and 'buckets' to be specified.",
  )
  refuse(
    !isDoc(groupBy) && !(typeof groupBy === 'string' && groupBy.startsWith('$')),
    40239,
    `The $bucketAuto 'groupBy' field must be defined as a $-prefixed path or an expression object, but found: groupBy: ${show(groupBy)}.`,
  )
  const number = isNumber(buckets) ? toDouble(buckets) : Number.NaN
  refuse(
    !isNumber(buckets),
    40241,
    `The $bucketAuto 'buckets' field must be a numeric value, but found type: ${nameOf(buckets)}.`,
  )
  refuse(
    !Number.isInteger(number),
    40242,
    `The $bucketAuto 'buckets' field must be representable as a 32-bit integer, but found ${show(buckets)}.`,
  )
  refuse(
    number <= 0,
    40243,
    `The $bucketAuto 'buckets' field must be greater than 0, but found: ${String(number)}.`,
  )
  const output = operand.get('output')
  refuse(
    output !== undefined && !isDoc(output),
    40244,
    `The $bucketAuto 'output' field must be an object, but found type: ${nameOf(output)}.`,
  )
  return operand
}
