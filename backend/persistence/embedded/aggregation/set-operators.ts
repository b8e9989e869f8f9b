import { CommandError } from '../errors.ts'
import { compareValues, equalValues, type CompareText } from '../bson/compare.ts'
import { bsonType, type Value } from '../bson/values.ts'
import { isNil } from './operands.ts'

/** Operators that take arrays for sets. */
export const setOperators: ReadonlyMap<string, (operands: readonly Value[]) => Value> = new Map([
  ['$setUnion', setUnion],
  ['$setIntersection', setIntersection],
  ['$setDifference', setDifference],
])

function setOf(name: string, code: number, value: Value): readonly Value[] {
  if (Array.isArray(value)) return value
  throw new CommandError(
    code,
    `All operands of ${name} must be arrays. One argument is of type: ${bsonType(value)[1]}`,
  )
}

function setUnion(operands: readonly Value[]): Value {
  if (operands.some(isNil)) return null
  return distinctValues(operands.flatMap((each) => setOf('$setUnion', 17043, each)))
}

function setIntersection(operands: readonly Value[]): Value {
  if (operands.some(isNil)) return null
  const [first, ...rest] = operands.map((each) => setOf('$setIntersection', 17047, each))
  return distinctValues(
    (first ?? []).filter((value) =>
      rest.every((array) => array.some((each) => equalValues(each, value))),
    ),
  )
}

function setDifference([a, b]: readonly Value[]): Value {
  if (isNil(a) || isNil(b)) return null
  const [kept, taken] = [setOf('$setDifference', 17048, a), setOf('$setDifference', 17049, b)]
  return distinctValues(kept.filter((value) => !taken.some((each) => equalValues(each, value))))
}

/** Each value once, in MongoDB's order. */
export function distinctValues(values: readonly Value[], compareText?: CompareText): Value[] {
  const sorted = [...values].sort((a, b) => compareValues(a, b, compareText))
  return sorted.filter((value, i) => i === 0 || !equalValues(value, sorted[i - 1], compareText))
}
