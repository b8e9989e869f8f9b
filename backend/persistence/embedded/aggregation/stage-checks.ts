import { CommandError, notSupported } from '../errors.ts'
import { compareValues } from '../bson/compare.ts'
import { show } from '../bson/show.ts'
import {
  bsonType,
  isDoc,
  isNumber,
  toDouble,
  typeOrder,
  type Doc,
  type Value,
} from '../bson/values.ts'

type Check = (operand: Value) => void

/** Refusals of a stage's specification, made before any document is read. */
const checks: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['$unwind', unwind],
  ['$count', count],
  ['$addFields', (operand) => addFields('$addFields', operand)],
  ['$set', (operand) => addFields('$set', operand)],
  ['$unset', unset],
  ['$sort', sort],
  ['$sample', sample],
  ['$bucket', bucket],
  ['$sortByCount', sortByCount],
  ['$lookup', lookup],
  ['$limit', limit],
  ['$skip', (operand) => wholeNumber('$skip', 5107200, operand)],
  ['$replaceRoot', replaceRoot],
  ['$densify', (operand) => plainNames('$densify', operand)],
  ['$fill', (operand) => plainNames('$fill', operand)],
  ['$setWindowFields', (operand) => plainNames('$setWindowFields', operand)],
])

/** Refuses a stage whose specification mongod would refuse. */
export function checkStage(name: string, operand: Value): void {
  checks.get(name)?.(operand)
}

function refuse(isWrong: boolean, code: number, message: string): void {
  if (isWrong) throw new CommandError(code, message)
}

function limit(operand: Value): void {
  wholeNumber('$limit', 5107201, operand)
  refuse(isNumber(operand) && toDouble(operand) === 0, 15958, 'the limit must be positive')
}

function wholeNumber(name: string, code: number, operand: Value): void {
  const number = isNumber(operand) ? toDouble(operand) : null
  const wrong =
    number === null
      ? 'Expected a number in'
      : Number.isNaN(number)
        ? 'Expected an integer, but found NaN in'
        : !Number.isInteger(number)
          ? 'Expected an integer'
          : number < 0
            ? 'Expected a non-negative number in'
            : null
  refuse(
    wrong !== null,
    code,
    `invalid argument to ${name} stage: ${wrong ?? ''}: ${name}: ${show(operand)}`,
  )
}

function replaceRoot(operand: Value): void {
  if (!isDoc(operand)) {
    throw new CommandError(
      40229,
      `expected an object as specification for $replaceRoot stage, got ${bsonType(operand)[1]}`,
    )
  }
  const unknown = [...operand.keys()].find((name) => name !== 'newRoot')
  if (unknown !== undefined) {
    throw new CommandError(
      'IDLUnknownField',
      `BSON field '$replaceRoot.${unknown}' is an unknown field.`,
    )
  }
  if (operand.has('newRoot')) return
  throw new CommandError(
    'IDLFailedToParse',
    "BSON field '$replaceRoot.newRoot' is missing but a required field",
  )
}

const reserved = new Set(['constructor', '__proto__', 'prototype'])

/** Refuses names that the library behind a stage would pass over without a word. */
function plainNames(stage: string, value: Value): void {
  if (typeof value === 'string') plainPath(stage, value)
  else if (Array.isArray(value)) for (const each of value) plainNames(stage, each)
  else if (isDoc(value)) {
    for (const [name, inner] of value) {
      plainPath(stage, name)
      plainNames(stage, inner)
    }
  }
}

function plainPath(stage: string, path: string): void {
  const name = path.split(/[.$]/).find((step) => reserved.has(step))
  if (name !== undefined) throw notSupported(`a field named ${name} in ${stage}`)
}

function unwind(operand: Value): void {
  if (typeof operand === 'string') return
  if (!isDoc(operand)) {
    throw new CommandError(
      15981,
      `expected either a string or an object as specification for $unwind stage, got ${bsonType(operand)[1]}`,
    )
  }
  for (const [name, value] of operand) {
    if (name === 'preserveNullAndEmptyArrays') {
      refuse(
        typeof value !== 'boolean',
        28809,
        'expected a boolean for the preserveNullAndEmptyArrays option to $unwind stage',
      )
    } else if (name === 'includeArrayIndex') {
      const index = typeof value === 'string' ? value : ''
      refuse(
        index === '',
        28810,
        'expected a non-empty string for the includeArrayIndex  option to $unwind stage',
      )
      refuse(
        index.startsWith('$'),
        28822,
        `includeArrayIndex option to $unwind stage should not be prefixed with a '$': ${index}`,
      )
    } else refuse(name !== 'path', 28811, `unrecognized option to $unwind stage: ${name}`)
  }
  refuse(!operand.has('path'), 28812, 'no path specified to $unwind stage')
}

function count(operand: Value): void {
  if (typeof operand !== 'string') return
  refuse(operand === '', 40157, 'the count field must be a non-empty string')
  refuse(operand.startsWith('$'), 40158, 'the count field cannot be a $-prefixed path')
  refuse(operand.includes('.'), 40160, "the count field cannot contain '.'")
}

function addFields(name: string, operand: Value): void {
  refuse(
    isDoc(operand) && operand.size === 0,
    40177,
    `Invalid ${name} :: caused by :: specification must have at least one field`,
  )
}

function unset(operand: Value): void {
  refuse(
    Array.isArray(operand) && operand.length === 0,
    31119,
    '$unset specification must be a string or an array with at least one field',
  )
  refuse(
    Array.isArray(operand) && operand.some((path) => typeof path !== 'string'),
    31120,
    '$unset specification must be a string or an array containing only string values',
  )
}

function sort(operand: Value): void {
  refuse(!isDoc(operand), 15973, 'the $sort key specification must be an object')
}

function sample(operand: Value): void {
  if (!isDoc(operand)) {
    throw new CommandError(28745, 'the $sample stage specification must be an object')
  }
  const unknown = [...operand.keys()].find((name) => name !== 'size')
  refuse(unknown !== undefined, 28748, `unrecognized option to $sample: ${unknown ?? ''}`)
  const size = operand.get('size')
  refuse(size === undefined, 28749, '$sample stage must specify a size')
  refuse(!isNumber(size), 28746, 'size argument to $sample must be a number')
  refuse(
    isNumber(size) && toDouble(size) < 0,
    28747,
    'size argument to $sample must not be negative',
  )
}

function bucket(operand: Value): void {
  if (!isDoc(operand)) return
  const unknown = [...operand.keys()].find(
    (name) => !['groupBy', 'boundaries', 'output', 'default'].includes(name),
  )
  refuse(unknown !== undefined, 40197, `Unrecognized option to $bucket: ${unknown ?? ''}.`)
  refuse(
    !operand.has('groupBy') || !operand.has('boundaries'),
    40198,
    "$bucket requires 'groupBy' and 'boundaries' to be specified.",
  )
  refuse(
    !isExpression(operand.get('groupBy')),
    40202,
    "The $bucket 'groupBy' field must be defined as a $-prefixed path or an expression",
  )
  const boundaries = operand.get('boundaries')
  if (!Array.isArray(boundaries)) {
    throw new CommandError(40200, "The $bucket 'boundaries' field must be an array")
  }
  checkBoundaries(boundaries, operand)
}

function checkBoundaries(boundaries: readonly Value[], operand: Doc): void {
  const [first] = boundaries
  boundaries.forEach((each, i) => {
    if (i === 0) return
    refuse(
      typeOrder(each) !== typeOrder(first),
      40193,
      `All values in the the 'boundaries' option to $bucket must have the same type. Found conflicting types ${bsonType(first)[1]} and ${bsonType(each)[1]}.`,
    )
    refuse(
      compareValues(boundaries[i - 1], each) >= 0,
      40194,
      `The 'boundaries' option to $bucket must be sorted, but elements ${String(i - 1)} and ${String(i)} are not in ascending order (${show(boundaries[i - 1])} is not less than ${show(each)}).`,
    )
  })
  const other = operand.get('default')
  const isInside =
    other !== undefined &&
    boundaries.length > 1 &&
    compareValues(other, first) >= 0 &&
    compareValues(other, boundaries.at(-1)) < 0
  refuse(
    isInside,
    40199,
    "The $bucket 'default' field must be less than the lowest boundary or greater than or equal to the highest boundary.",
  )
}

function isExpression(value: Value): boolean {
  return typeof value === 'string' ? value.startsWith('$') : isDoc(value)
}

function sortByCount(operand: Value): void {
  const isRight = isExpression(operand)
  const message =
    'the sortByCount field must be defined as a $-prefixed path or an expression inside an object'
  const isObject = isDoc(operand) && !operand.keys().next().value?.startsWith('$')
  refuse(isObject, 40147, message)
  refuse(!isRight && typeof operand === 'string', 40148, message)
  refuse(!isRight && typeof operand !== 'string', 40149, message)
}

function lookup(operand: Value): void {
  if (!isDoc(operand)) {
    throw new CommandError(
      'FailedToParse',
      `the $lookup stage specification must be an object, but found ${bsonType(operand)[1]}`,
    )
  }
  const [local, foreign] = [operand.has('localField'), operand.has('foreignField')]
  if (local === foreign && (local || operand.has('pipeline'))) {
    const path = operand.get('localField')
    refuse(
      typeof path === 'string' && path.startsWith('$'),
      16410,
      "FieldPath field names may not start with '$'. Consider using $getField or $setField.",
    )
    return
  }
  throw new CommandError(
    'FailedToParse',
    "$lookup requires either 'pipeline' or both 'localField' and 'foreignField' to be specified",
  )
}
