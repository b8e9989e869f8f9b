import { Decimal128, Double, ObjectId, Timestamp } from 'bson'
import { CommandError } from '../errors.ts'
import { asText } from '../bson/show.ts'
import {
  bsonType,
  doubleValue,
  isDoc,
  isInt32,
  isNumber,
  toDouble,
  type NumberValue,
  type Value,
} from '../bson/values.ts'
import { parseDate } from './date-texts.ts'
import { isNil } from './operands.ts'

type Operator = (operands: readonly Value[]) => Value

/** Conversions between types, refused with code 241 where there is none. */
export const conversionOperators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['$toObjectId', toObjectId],
  ['$toString', ([operand]) => textOf(operand)],
  ['$toLong', ([operand]) => toWhole(operand, 64)],
  ['$toInt', ([operand]) => toWhole(operand, 32)],
  ['$toDecimal', toDecimal],
  ['$toDouble', ([operand]) => toReal(operand)],
  ['$toDate', ([operand]) => toDate(operand)],
  ['$toBool', ([operand]) => toBoolean(operand)],
  ['$convert', ([spec]) => convert(spec)],
])

function failed(reason: string, detail?: string): CommandError {
  return new CommandError(
    'ConversionFailure',
    `${reason} in $convert with no onError value${detail === undefined ? '' : `: ${detail}`}`,
  )
}

function notANumber(text: string): CommandError {
  if (/^0x/i.test(text)) return failed('Illegal hexadecimal input', text)
  const detail =
    text === ''
      ? 'Empty string'
      : /^[+-]?\d/.test(text)
        ? 'Did not consume whole string.'
        : 'Did not consume any digits'
  return failed(`Failed to parse number '${text}'`, detail)
}

function notAnObjectId(text: string): CommandError {
  const detail =
    text.length === 24
      ? `Invalid character found in hex string: '${/[^0-9a-f]/i.exec(text)?.[0] ?? ''}'`
      : `Invalid string length for parsing to OID, expected 24 but found ${String(text.length)}`
  return failed(`Failed to parse objectId '${text}'`, detail)
}

function unsupported(value: Value, to: string): CommandError {
  return failed(`Unsupported conversion from ${bsonType(value)[1]} to ${to}`)
}

function toReal(value: Value): Value {
  if (isNil(value)) return null
  if (typeof value === 'boolean') return doubleValue(value ? 1 : 0)
  if (value instanceof Date) return doubleValue(value.getTime())
  if (isNumber(value)) return doubleValue(toDouble(value))
  if (typeof value !== 'string') throw unsupported(value, 'double')
  const isNumeric = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value)
  if (isNumeric) return doubleValue(Number(value))
  if (/^[+-]?inf(inity)?$/i.test(value)) return value.startsWith('-') ? -Infinity : Infinity
  if (/^nan$/i.test(value)) return Number.NaN
  throw notANumber(value)
}

function toDate(value: Value): Value {
  if (isNil(value)) return null
  if (value instanceof Date) return value
  if (value instanceof ObjectId) return value.getTimestamp()
  if (value instanceof Timestamp) return new Date(value.t * 1000)
  const isInt = typeof value === 'number' && isInt32(value)
  if (isNumber(value) && !isInt) return new Date(Math.trunc(toDouble(value)))
  if (typeof value === 'string') return parseDate(value, null)
  throw unsupported(value, 'date')
}

function toBoolean(value: Value): Value {
  if (isNil(value)) return null
  if (typeof value === 'boolean') return value
  return isNumber(value) ? toDouble(value) !== 0 : true
}

const targets: Readonly<Record<string, string>> = {
  1: '$toDouble',
  double: '$toDouble',
  2: '$toString',
  string: '$toString',
  7: '$toObjectId',
  objectId: '$toObjectId',
  8: '$toBool',
  bool: '$toBool',
  9: '$toDate',
  date: '$toDate',
  16: '$toInt',
  int: '$toInt',
  18: '$toLong',
  long: '$toLong',
  19: '$toDecimal',
  decimal: '$toDecimal',
}

function convert(spec: Value): Value {
  if (!isDoc(spec)) {
    throw new CommandError(
      'FailedToParse',
      `$convert expects an object of named arguments but found: ${bsonType(spec)[1]}`,
    )
  }
  const [input, to] = [spec.get('input'), spec.get('to')]
  if (to === undefined)
    throw new CommandError('FailedToParse', "Missing 'to' parameter to $convert")
  if (isNil(input)) return spec.get('onNull') ?? null
  if (to === null) return null
  const type = isDoc(to) ? to.get('type') : to
  const name = isNumber(type) ? String(toDouble(type)) : asText(type)
  const operator = Object.hasOwn(targets, name) ? targets[name] : undefined
  if (operator === undefined) throw new CommandError('BadValue', `Unknown type name: ${name}`)
  try {
    return conversionOperators.get(operator)?.([input]) ?? null
  } catch (error) {
    const isRefusal = error instanceof CommandError && error.codeName === 'ConversionFailure'
    if (isRefusal && spec.has('onError')) return spec.get('onError')
    throw error
  }
}

// A double becomes the 15 digits that people wrote, as mongod has it.
function decimalOf(value: number): Decimal128 {
  return Decimal128.fromString(
    Number.isFinite(value) && value !== 0 ? value.toPrecision(15) : String(value),
  )
}

function toObjectId([operand]: readonly Value[]): Value {
  if (isNil(operand)) return null
  if (operand instanceof ObjectId) return operand
  if (typeof operand === 'string' && /^[0-9a-f]{24}$/i.test(operand)) return new ObjectId(operand)
  if (typeof operand !== 'string') throw unsupported(operand, 'objectId')
  throw notAnObjectId(operand)
}

/** The text of a value as `$toString` has it. */
function textOf(operand: Value): string | null {
  if (isNil(operand)) return null
  if (operand instanceof Date) return operand.toISOString()
  if (operand instanceof ObjectId) return operand.toHexString()
  if (operand instanceof Decimal128) return operand.toString()
  if (isNumber(operand)) return textOfNumber(operand)
  if (typeof operand === 'string') return operand
  if (typeof operand === 'boolean') return operand ? 'true' : 'false'
  throw unsupported(operand, 'string')
}

// Doubles are written with 16 digits at most, as C's %.16g does it.
function textOfNumber(operand: NumberValue): string {
  const number = typeof operand === 'bigint' ? operand : toDouble(operand)
  if (typeof number === 'bigint' || !Number.isFinite(number)) return String(number)
  if (number === 0) return Object.is(number, -0) ? '-0' : '0'
  const [digits = '', power = '0'] = number.toExponential(15).split('e')
  const exponent = Number(power)
  const shortened = (text: string): string =>
    text.includes('.') ? text.replace(/\.?0+$/, '') : text
  if (exponent >= -4 && exponent < 16) return shortened(number.toFixed(15 - exponent))
  const size = String(Math.abs(exponent)).padStart(2, '0')
  return `${shortened(digits)}e${exponent < 0 ? '-' : '+'}${size}`
}

function toWhole(operand: Value, size: 32 | 64): Value {
  if (isNil(operand)) return null
  if (operand instanceof Date && size === 32) throw unsupported(operand, 'int')
  const number = numberOf(operand, size)
  if (typeof number === 'number' && !Number.isFinite(number)) {
    const what = Number.isNaN(number) ? 'NaN' : 'infinity'
    throw failed(`Attempt to convert ${what} value to integer type`)
  }
  const whole = typeof number === 'bigint' ? number : BigInt(Math.trunc(number))
  if (BigInt.asIntN(size, whole) !== whole) {
    throw new CommandError(
      'ConversionFailure',
      `Conversion would overflow target type in $convert with no onError value: ${textOf(operand) ?? ''}`,
    )
  }
  return size === 32 ? Number(whole) : whole
}

function numberOf(operand: Value, size: 32 | 64): number | bigint {
  if (typeof operand === 'bigint') return operand
  if (isNumber(operand)) return toDouble(operand)
  if (typeof operand === 'boolean') return operand ? 1 : 0
  if (operand instanceof Date) return BigInt(operand.getTime())
  if (typeof operand === 'string' && /^[+-]?\d+$/.test(operand)) return BigInt(operand)
  if (typeof operand !== 'string') throw unsupported(operand, size === 32 ? 'int' : 'long')
  throw notANumber(operand)
}

function toDecimal([operand]: readonly Value[]): Value {
  if (isNil(operand)) return null
  if (operand instanceof Date) return Decimal128.fromString(String(operand.getTime()))
  try {
    if (operand instanceof Double || (typeof operand === 'number' && !isInt32(operand)))
      return decimalOf(toDouble(operand))
    return Decimal128.fromString(
      typeof operand === 'boolean' ? String(Number(operand)) : (textOf(operand) ?? '0'),
    )
  } catch {
    throw notANumber(textOf(operand) ?? '')
  }
}
