import { Code, BSONSymbol } from 'bson'
import { CommandError } from '../errors.ts'
import { isDoc, isNumber, toDouble, type Doc, type Value } from '../bson/values.ts'
import { isNil, nameOf } from './operands.ts'

type Operator = (operands: readonly Value[]) => Value

/** Operators on texts, which mongod counts in code points or in bytes of UTF-8. */
export const textOperators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['$concat', concat],
  ['$toLower', ([value]) => lowered(coerced('$toLower', value))],
  ['$toUpper', ([value]) => raised(coerced('$toUpper', value))],
  ['$strcasecmp', compareFolded],
  ['$strLenCP', ([value]) => points(lengthOperand('$strLenCP', 34471, value)).length],
  ['$strLenBytes', ([value]) => Buffer.byteLength(lengthOperand('$strLenBytes', 34473, value))],
  ['$substr', substringOfBytes],
  ['$substrBytes', substringOfBytes],
  ['$substrCP', substringOfPoints],
  ['$split', split],
  ['$indexOfCP', (operands) => indexOf('$indexOfCP', 40093, points, operands)],
  ['$indexOfBytes', (operands) => indexOf('$indexOfBytes', 40091, bytes, operands)],
  ['$trim', ([spec]) => trim('$trim', spec, true, true)],
  ['$ltrim', ([spec]) => trim('$ltrim', spec, true, false)],
  ['$rtrim', ([spec]) => trim('$rtrim', spec, false, true)],
  ['$replaceOne', ([spec]) => replace('$replaceOne', spec, false)],
  ['$replaceAll', ([spec]) => replace('$replaceAll', spec, true)],
])

const points = (text: string): readonly string[] => [...text]
const bytes = (text: string): readonly string[] => [...Buffer.from(text).toString('latin1')]

function concat(operands: readonly Value[]): Value {
  let result = ''
  for (const operand of operands) {
    if (isNil(operand)) return null
    if (typeof operand !== 'string')
      throw new CommandError(16702, `$concat only supports strings, not ${nameOf(operand)}`)
    result += operand
  }
  return result
}

/** The text of a value, as the older operators take numbers and dates for texts. */
function coerced(name: string, value: Value): string {
  if (isNil(value)) return ''
  if (typeof value === 'string') return value
  if (value instanceof Date) return value.toISOString()
  if (isNumber(value)) return String(typeof value === 'bigint' ? value : value.toString())
  if (value instanceof BSONSymbol) return value.value
  if (value instanceof Code) return value.code
  throw new CommandError(16007, `can't convert from BSON type ${nameOf(value)} to String`)
}

// MongoDB knows upper and lower case of ASCII alone.
function raised(text: string): string {
  return text.replace(/[a-z]+/g, (letters) => letters.toUpperCase())
}

function lowered(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
}

function compareFolded([a, b]: readonly Value[]): Value {
  const x = raised(coerced('$strcasecmp', a))
  const y = raised(coerced('$strcasecmp', b))
  return Math.sign(Buffer.compare(Buffer.from(x), Buffer.from(y)))
}

function lengthOperand(name: string, code: number, value: Value): string {
  if (typeof value === 'string') return value
  throw new CommandError(code, `${name} requires a string argument, found: ${nameOf(value)}`)
}

function substringOfBytes([value, start, length]: readonly Value[]): Value {
  const text = Buffer.from(coerced('$substrBytes', value))
  if (!isNumber(start)) {
    throw new CommandError(
      16034,
      `$substrBytes:  starting index must be a numeric type (is BSON type ${nameOf(start)})`,
    )
  }
  if (!isNumber(length)) {
    throw new CommandError(
      16035,
      `$substrBytes:  length must be a numeric type (is BSON type ${nameOf(length)})`,
    )
  }
  const from = Math.trunc(toDouble(start))
  const count = Math.trunc(toDouble(length))
  if (from < 0) throw new CommandError(50752, '$substrBytes:  starting index must be non-negative')
  if (isContinuation(text[from])) {
    throw new CommandError(
      28656,
      '$substrBytes:  Invalid range, starting index is a UTF-8 continuation byte.',
    )
  }
  const end = count < 0 ? text.length : from + count
  if (isContinuation(text[end])) {
    throw new CommandError(
      28657,
      '$substrBytes:  Invalid range, ending index is in the middle of a UTF-8 character.',
    )
  }
  return text.subarray(from, end).toString()
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80
}

function substringOfPoints([value, start, length]: readonly Value[]): Value {
  const text = coerced('$substrCP', value)
  const from = pointNumber('starting index', 34450, start)
  const count = pointNumber('length', 34452, length)
  if (from < 0)
    throw new CommandError(34455, '$substrCP: the starting index must be nonnegative integer.')
  if (count < 0) throw new CommandError(34454, '$substrCP: length must be a nonnegative integer.')
  return points(text)
    .slice(from, from + count)
    .join('')
}

function pointNumber(what: string, code: number, value: Value): number {
  if (!isNumber(value)) {
    throw new CommandError(
      code,
      `$substrCP: ${what} must be a numeric type (is BSON type ${nameOf(value)})`,
    )
  }
  const number = toDouble(value)
  if (Number.isInteger(number)) return number
  throw new CommandError(
    code + 1,
    `$substrCP: ${what} cannot be represented as a 32-bit integral value: ${String(number)}`,
  )
}

function split([value, separator]: readonly Value[]): Value {
  if (isNil(value) || isNil(separator)) return null
  if (typeof value !== 'string') {
    throw new CommandError(
      40085,
      `$split requires an expression that evaluates to a string as a first argument, found: ${nameOf(value)}`,
    )
  }
  if (typeof separator !== 'string') {
    throw new CommandError(
      40086,
      `$split requires an expression that evaluates to a string as a second argument, found: ${nameOf(separator)}`,
    )
  }
  if (separator === '') throw new CommandError(40087, '$split requires a non-empty separator')
  return value.split(separator)
}

function indexOf(
  name: string,
  code: number,
  units: (text: string) => readonly string[],
  [value, wanted, start, end]: readonly Value[],
): Value {
  if (isNil(value)) return null
  if (typeof value !== 'string') {
    throw new CommandError(
      code,
      `${name} requires a string as the first argument, found: ${nameOf(value)}`,
    )
  }
  if (typeof wanted !== 'string') {
    throw new CommandError(
      code + 1,
      `${name} requires a string as the second argument, found: ${nameOf(wanted)}`,
    )
  }
  const text = units(value)
  const token = units(wanted)
  const from = bound(name, 'starting', start, 0)
  const to = Math.min(bound(name, 'ending', end, text.length), text.length)
  for (let i = from; i + token.length <= to; i++) {
    if (token.every((unit, j) => text[i + j] === unit)) return i
  }
  return -1
}

function bound(name: string, which: string, value: Value, fallback: number): number {
  if (value === undefined) return fallback
  const number = isNumber(value) ? toDouble(value) : Number.NaN
  if (!Number.isInteger(number)) {
    throw new CommandError(
      40096,
      `${name} requires an integral ${which} index, found a value of type: ${nameOf(value)}`,
    )
  }
  if (number >= 0) return number
  throw new CommandError(
    40097,
    `${name} requires a nonnegative ${which} index, found: ${String(number)}`,
  )
}

function specOf(name: string, spec: Value, code: number): Doc {
  if (isDoc(spec)) return spec
  throw new CommandError(code, `${name} only supports an object as its argument`)
}

const blank =
  /[\0\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a]/u

function trim(name: string, operand: Value, left: boolean, right: boolean): Value {
  const spec = specOf(name, operand, 50696)
  const [input, chars] = [spec.get('input'), spec.get('chars')]
  if (isNil(input) || chars === null) return null
  if (typeof input !== 'string') {
    throw new CommandError(
      50699,
      `${name} requires its input to be a string, got a value (of type ${nameOf(input)}) instead.`,
    )
  }
  if (chars !== undefined && typeof chars !== 'string') {
    throw new CommandError(
      50700,
      `${name} requires 'chars' to be a string, got a value (of type ${nameOf(chars)}) instead.`,
    )
  }
  const isCut = (char: string | undefined): boolean =>
    char !== undefined && (chars === undefined ? blank.test(char) : points(chars).includes(char))
  const text = points(input)
  let [from, to] = [0, text.length]
  while (left && from < to && isCut(text[from])) from++
  while (right && to > from && isCut(text[to - 1])) to--
  return text.slice(from, to).join('')
}

function replace(name: string, operand: Value, everywhere: boolean): Value {
  const spec = specOf(name, operand, 51751)
  const parts = ['input', 'find', 'replacement'].map((field, i) => {
    const value = spec.get(field)
    if (isNil(value) || typeof value === 'string') return value ?? null
    throw new CommandError(
      51746 - i,
      `${name} requires that '${field}' be a string, found: ${nameOf(value)}`,
    )
  })
  const [input, find, replacement] = parts
  if (isNil(input) || isNil(find) || isNil(replacement)) return null
  return everywhere
    ? input.replaceAll(find, () => replacement)
    : input.replace(find, () => replacement)
}
