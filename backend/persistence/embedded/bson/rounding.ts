import { Decimal128 } from 'bson'
import { exactForDecimal, exactNumber, toDecimal } from './decimal.ts'
import { doubleValue, isInt32, toDouble, type NumberValue, type Value } from './values.ts'

/** Which way a number between two others is rounded. */
export type Rounding = 'up' | 'down' | 'zero' | 'halfEven'

/** The number with so many digits after the point, in its own type; fewer than none mean tens. */
export function roundNumber(value: NumberValue, place: number, how: Rounding): Value {
  if (!isFiniteNumber(value)) return value
  const isInteger = isWhole(value)
  if (isInteger && place >= 0) return value
  const { digits, exponent } = exactNumber(value)
  const drop = -place - exponent
  if (drop <= 0) return value
  const unit = 10n ** BigInt(drop)
  const kept = divided(digits, unit, how)
  if (typeof value === 'bigint') return kept * unit
  if (isInteger) return narrowest(kept * unit)
  const isNegativeZero = kept === 0n && toDouble(value) < 0
  if (value instanceof Decimal128) {
    return isNegativeZero
      ? Decimal128.fromString(`-0E${String(-place)}`)
      : toDecimal({ digits: kept, exponent: -place })
  }
  return isNegativeZero ? -0 : doubleValue(Number(`${String(kept)}E${String(-place)}`))
}

/** An int where the number fits into one, else a long. */
export function narrowest(value: bigint): Value {
  return BigInt.asIntN(32, value) === value ? Number(value) : value
}

/** True for int and long, which are exact. */
export function isWhole(value: Value): value is number | bigint {
  return typeof value === 'bigint' || (typeof value === 'number' && isInt32(value))
}

function divided(digits: bigint, unit: bigint, how: Rounding): bigint {
  const kept = digits / unit
  const rest = digits % unit
  if (rest === 0n || how === 'zero') return kept
  const outwards = rest < 0n ? kept - 1n : kept + 1n
  if (how === 'up') return rest > 0n ? outwards : kept
  if (how === 'down') return rest < 0n ? outwards : kept
  const twice = (rest < 0n ? -rest : rest) * 2n
  return twice > unit || (twice === unit && kept % 2n !== 0n) ? outwards : kept
}

function isFiniteNumber(value: NumberValue): boolean {
  if (value instanceof Decimal128) return /\d/.test(value.toString())
  return Number.isFinite(toDouble(value))
}

/** The quotient as a decimal of at most 34 digits. */
export function divideDecimal(a: NumberValue, b: NumberValue): Decimal128 {
  if (!isFiniteNumber(a) || !isFiniteNumber(b))
    return Decimal128.fromString(String(toDouble(a) / toDouble(b)))
  const [x, y] = [exactForDecimal(a), exactForDecimal(b)]
  const shift = 36 + String(y.digits).length
  let digits = (x.digits * 10n ** BigInt(shift)) / y.digits
  let exponent = x.exponent - y.exponent - shift
  // An exact quotient is written without the zeros that the shift has put behind it.
  const wanted = x.exponent - y.exponent
  while (exponent < wanted && digits % 10n === 0n) {
    digits /= 10n
    exponent += 1
  }
  return toDecimal({ digits, exponent })
}
