import { CommandError } from '../errors.ts'
import { compareValues, type CompareText } from '../bson/compare.ts'
import { show } from '../bson/show.ts'
import { isDoc, isNumber, toDouble, type Doc, type Value } from '../bson/values.ts'
import { sortOrder } from '../query/sort-order.ts'
import type { Accumulator } from './accumulators.ts'
import { isNil } from './operands.ts'

type Pick = (values: readonly Value[], n: number, compareText?: CompareText) => Value[]

const picks: ReadonlyMap<string, Pick> = new Map<string, Pick>([
  ['$firstN', (values, n) => values.slice(0, n).map(orNull)],
  ['$lastN', (values, n) => values.slice(-n).map(orNull)],
  ['$minN', (values, n, compareText) => extremes(values, n, 1, compareText)],
  ['$maxN', (values, n, compareText) => extremes(values, n, -1, compareText)],
])

function orNull(value: Value): Value {
  return value ?? null
}

function extremes(
  values: readonly Value[],
  n: number,
  sign: 1 | -1,
  compareText?: CompareText,
): Value[] {
  return values
    .filter((value) => !isNil(value))
    .sort((a, b) => compareValues(a, b, compareText) * sign)
    .slice(0, n)
}

/** `$firstN`, `$lastN`, `$minN` and `$maxN` of an array. */
export const nOperators = new Map(
  [...picks].map(([name, pick]) => [
    name,
    ([spec]: readonly Value[], compareText?: CompareText): Value => {
      const n = countOf(isDoc(spec) ? spec.get('n') : undefined)
      const input = isDoc(spec) ? spec.get('input') : undefined
      if (!Array.isArray(input)) throw new CommandError(5788200, 'Input must be an array')
      return pick(input, n, compareText)
    },
  ]),
)

/** The same operators, and `$top` and `$bottom`, over the documents of a group. */
export const nAccumulators: ReadonlyMap<string, (compareText?: CompareText) => Accumulator> =
  new Map<string, (compareText?: CompareText) => Accumulator>([
    ...[...picks].map(
      ([name, pick]) => [name, (compareText?: CompareText) => gathered(pick, compareText)] as const,
    ),
    ['$top', (compareText) => ranked('first', false, compareText)],
    ['$topN', (compareText) => ranked('first', true, compareText)],
    ['$bottom', (compareText) => ranked('last', false, compareText)],
    ['$bottomN', (compareText) => ranked('last', true, compareText)],
  ])

function gathered(pick: Pick, compareText?: CompareText): Accumulator {
  const values: Value[] = []
  let n = 0
  return {
    add: (spec) => {
      n = countOf(isDoc(spec) ? spec.get('n') : undefined)
      values.push(isDoc(spec) ? spec.get('input') : undefined)
    },
    result: () => (n === 0 ? [] : pick(values, n, compareText)),
  }
}

function ranked(end: 'first' | 'last', isList: boolean, compareText?: CompareText): Accumulator {
  const entries: { keys: readonly Value[]; output: Value }[] = []
  let order: ReturnType<typeof sortOrder> | null = null
  let n = 1
  return {
    add: (spec, document: Doc) => {
      if (!isDoc(spec)) return
      const sortBy = spec.get('sortBy')
      order ??= sortOrder(isDoc(sortBy) ? sortBy : new Map<string, Value>(), compareText)
      if (isList) n = countOf(spec.get('n'))
      entries.push({ keys: [...order.keysOf(document)], output: spec.get('output') ?? null })
    },
    result: () => {
      const sorted = entries.sort((a, b) => order?.compare([...a.keys], [...b.keys]) ?? 0)
      const chosen = end === 'first' ? sorted.slice(0, n) : sorted.slice(-n)
      const outputs = chosen.map((each) => each.output)
      return isList ? outputs : (outputs[0] ?? null)
    },
  }
}

function countOf(n: Value): number {
  const number = isNumber(n) ? toDouble(n) : Number.NaN
  if (!Number.isInteger(number)) {
    throw new CommandError(
      isNumber(n) ? 5787903 : 5787902,
      `Value for 'n' must be of integral type, but found ${show(n)}`,
    )
  }
  if (number <= 0)
    throw new CommandError(5787908, `'n' must be greater than 0, found ${String(number)}`)
  return number
}
