import { CommandError } from '../errors.ts'
import { isNumber, toDouble, type Value } from '../bson/values.ts'

const typesByName: Readonly<Record<string, readonly number[]>> = {
  double: [1],
  string: [2],
  object: [3],
  array: [4],
  binData: [5],
  undefined: [6],
  objectId: [7],
  bool: [8],
  date: [9],
  null: [10],
  regex: [11],
  dbPointer: [12],
  javascript: [13],
  symbol: [14],
  javascriptWithScope: [15],
  int: [16],
  timestamp: [17],
  long: [18],
  decimal: [19],
  minKey: [-1],
  maxKey: [127],
  number: [1, 16, 18, 19],
}

/** The BSON type numbers that a `$type` or `bsonType` operand names. */
export function parseTypes(operand: Value): number[] {
  const names = Array.isArray(operand) ? operand : [operand]
  if (names.length === 0) {
    throw new CommandError('FailedToParse', '$type must match at least one type')
  }
  return names.flatMap((name) => {
    if (typeof name === 'string') {
      const types = Object.hasOwn(typesByName, name) ? typesByName[name] : undefined
      if (!types) throw new CommandError('BadValue', `Unknown type name alias: ${name}`)
      return [...types]
    }
    if (!isNumber(name)) {
      throw new CommandError('TypeMismatch', 'type must be represented as a number or a string')
    }
    const code = toDouble(name)
    const isKnown = Object.values(typesByName).some((types) => types.includes(code))
    if (!isKnown) throw new CommandError('BadValue', `Invalid numerical type code: ${String(code)}`)
    return [code]
  })
}
