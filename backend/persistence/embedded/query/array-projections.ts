import { CommandError } from '../errors.ts'
import { show } from '../bson/show.ts'
import { bsonType, isDoc, isNumber, toDouble, type Doc, type Value } from '../bson/values.ts'
import type { FilterContext } from './filter-types.ts'
import { parseFilter } from './filter.ts'

/** Leaves of the first array on a path only the element that made the document match. */
export function withMatchedElement(
  document: Doc,
  path: readonly string[],
  place: number | null,
): Doc {
  const [name = '', ...rest] = path
  const value = document.get(name)
  if (isDoc(value)) return new Map(document).set(name, withMatchedElement(value, rest, place))
  if (!Array.isArray(value)) return document
  if (place === null) {
    throw new CommandError(
      51246,
      "positional operator '.$' couldn't find a matching element in the array",
    )
  }
  if (place >= value.length)
    throw new CommandError(51247, "positional operator '.$' element mismatch")
  return new Map(document).set(name, [value[place]])
}

/** `$elemMatch` of a projection: of an array the first element that matches, of other values nothing. */
export function firstMatch(argument: Value, filters: FilterContext): (value: Value) => Value {
  if (!isDoc(argument))
    throw new CommandError(
      31274,
      `elemMatch: Invalid argument, object required, but got ${bsonType(argument)[1]}`,
    )
  const filter = parseFilter(new Map([['list', new Map([['$elemMatch', argument]])]]), {
    ...filters,
    isPart: true,
  })
  return (value) => {
    if (!Array.isArray(value)) return undefined
    const found = value.find((element) => filter.matches(new Map([['list', [element]]])))
    return found === undefined ? undefined : [found]
  }
}

/** `$slice` as `find` has it: a count, or where to begin and a count; else it is an expression. */
export function isFindSlice(argument: Value): boolean {
  if (!Array.isArray(argument)) return true
  return argument.length === 2 && argument.every(isNumber)
}

/** Refuses what is no `$slice` of a `find`. */
export function checkSlice(operand: Value, argument: Value): void {
  if (isNumber(argument) || Array.isArray(argument)) return
  throw new CommandError(
    28667,
    `Invalid $slice syntax. The given syntax ${show(operand)} did not match the find() syntax because :: Location31273: $slice only supports numbers and [skip, limit] arrays :: The given syntax did not match the expression $slice syntax. :: caused by :: Expression $slice takes at least 2 arguments, and at most 3, but 1 were passed in.`,
  )
}

/** The part of an array that `$slice` keeps. */
export function slice(array: readonly Value[], argument: Value): Value[] {
  const [first, second] = (Array.isArray(argument) ? argument : [argument]).map((each) =>
    isNumber(each) ? Math.trunc(toDouble(each)) : 0,
  )
  if (first === undefined) return [...array]
  if (second === undefined) return first < 0 ? array.slice(first) : array.slice(0, first)
  if (second <= 0)
    throw new CommandError(28724, 'First argument to $slice must be an array, but is of type: int')
  const start = first < 0 ? Math.max(0, array.length + first) : first
  return array.slice(start, start + second)
}
