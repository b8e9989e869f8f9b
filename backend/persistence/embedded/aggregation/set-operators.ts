import { CommandError } from '../errors.ts'
import { compareValues, equalValues, type CompareText } from '../bson/compare.ts'
import { bsonType, type Value } from '../bson/values.ts'
import { isNil } from './operands.ts'

/** Operators that take arrays for sets. */
export const setOperators: ReadonlyMap<
  string,
  (operands: readonly Value[], compareText?: CompareText) => Value
> = new Map([
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

/** The operands from left to right; null at the first that is null, whatever comes after it. */
function setsOf(
  name: string,
  code: number,
  operands: readonly Value[],
): (readonly Value[])[] | null {
  const sets: (readonly Value[])[] = []
  for (const operand of operands) {
    if (isNil(operand)) return null
    sets.push(setOf(name, code, operand))
  }
  return sets
}

function setUnion(operands: readonly Value[], compareText?: CompareText): Value {
  const sets = setsOf('$setUnion', 17043, operands)
  return sets && distinctValues(sets.flat(), compareText)
}

function setIntersection(operands: readonly Value[], compareText?: CompareText): Value {
  const sets = setsOf('$setIntersection', 17047, operands)
  if (!sets) return null
  const [first, ...rest] = sets
  return distinctValues(
    (first ?? []).filter((value) =>
      rest.every((array) => array.some((each) => equalValues(each, value, compareText))),
    ),
    compareText,
  )
}

function setDifference([a, b]: readonly Value[], compareText?: CompareText): Value {
  if (isNil(a) || isNil(b)) return null
  const [kept, taken] = [setOf('$setDifference', 17048, a), setOf('$setDifference', 17049, b)]
  const isIn = (values: readonly Value[], value: Value): boolean =>
    values.some((each) => equalValues(each, value, compareText))
  return kept.reduce<Value[]>((left, value) => {
    if (!isIn(taken, value) && !isIn(left, value)) left.push(value)
    return left
  }, [])
}

/** Each value once, in MongoDB's order. */
export function distinctValues(values: readonly Value[], compareText?: CompareText): Value[] {
  const sorted = [...values].sort((a, b) => compareValues(a, b, compareText))
  return sorted.filter((value, i) => i === 0 || !equalValues(value, sorted[i - 1], compareText))
}
