import { Decimal128 } from 'bson'
import { doubleValue, isInt32, toDouble, type NumberValue, type Value } from './values.ts'

/** A finite number written exactly as `digits × 10^exponent`. */
interface Exact {
  readonly digits: bigint
  readonly exponent: number
}

const maxDigits = 34

/** Compares numbers of any of the four types by their exact value; NaN comes before all others. */
export function compareNumbers(a: NumberValue, b: NumberValue): number {
  if (typeof a === 'number' && typeof b === 'number') return compareDoubles(a, b)
  if (typeof a === 'bigint' && typeof b === 'bigint') return a < b ? -1 : a > b ? 1 : 0
  if (!(a instanceof Decimal128) && !(b instanceof Decimal128))
    return compareMixed(plain(a), plain(b))
  const left = toDouble(a)
  const right = toDouble(b)
  if (left !== right || Number.isNaN(left) || (isInfinite(a) && isInfinite(b)))
    return compareDoubles(left, right)
  // A decimal can be finite and still beyond every double.
  if (isInfinite(a) || isInfinite(b)) return isInfinite(a) === left > 0 ? 1 : -1
  return compareExact(exact(a), exact(b))
}

function isInfinite(value: NumberValue): boolean {
  if (value instanceof Decimal128) return value.toString().endsWith('Infinity')
  return Math.abs(toDouble(value)) === Infinity
}

/** The exact value of a finite number, as other arithmetic needs it. */
export function exactNumber(value: NumberValue): Exact {
  return exact(value)
}

/** The exact value of a finite number of any type. */
function exact(value: NumberValue): Exact {
  if (typeof value === 'bigint') return { digits: value, exponent: 0 }
  if (value instanceof Decimal128) return parseExact(value.toString())
  return exactDouble(toDouble(value))
}

/** Writes an exact decimal as Decimal128, rounded to its 34 digits. */
export function toDecimal(value: Exact): Decimal128 {
  let { digits, exponent } = value
  const negative = digits < 0n
  let text = (negative ? -digits : digits).toString()
  if (text.length > maxDigits) {
    const drop = text.length - maxDigits
    const unit = 10n ** BigInt(drop)
    const half = unit / 2n
    const magnitude = negative ? -digits : digits
    const rest = magnitude % unit
    let kept = magnitude / unit
    if (rest > half || (rest === half && kept % 2n === 1n)) kept += 1n
    digits = kept
    exponent += drop
    text = kept.toString()
  }
  return Decimal128.fromString(`${negative ? '-' : ''}${text}E${String(exponent)}`)
}

/** Adds or multiplies two numbers, the result in the wider of their two types as mongod has it. */
export function calculate(operation: 'add' | 'multiply', a: NumberValue, b: NumberValue): Value {
  if (a instanceof Decimal128 || b instanceof Decimal128) return calculateDecimal(operation, a, b)
  if (isInteger(a) && isInteger(b)) {
    const x = BigInt(a)
    const y = BigInt(b)
    const result = operation === 'add' ? x + y : x * y
    const small = typeof a === 'number' && typeof b === 'number'
    if (small && result >= -2147483648n && result <= 2147483647n) return Number(result)
    if (BigInt.asIntN(64, result) === result) return result
    return undefined
  }
  const x = toDouble(a)
  const y = toDouble(b)
  return doubleValue(operation === 'add' ? x + y : x * y)
}

function calculateDecimal(
  operation: 'add' | 'multiply',
  a: NumberValue,
  b: NumberValue,
): Decimal128 {
  const x = toDouble(a)
  const y = toDouble(b)
  if (!isFiniteDecimal(a, x) || !isFiniteDecimal(b, y)) {
    return Decimal128.fromString(String(operation === 'add' ? x + y : x * y))
  }
  const left = exactForDecimal(a)
  const right = exactForDecimal(b)
  if (operation === 'multiply') {
    return toDecimal({
      digits: left.digits * right.digits,
      exponent: left.exponent + right.exponent,
    })
  }
  const exponent = Math.min(left.exponent, right.exponent)
  return toDecimal({ digits: scaled(left, exponent) + scaled(right, exponent), exponent })
}

function isInteger(value: NumberValue): value is number | bigint {
  return (
    typeof value === 'bigint' ||
    (typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= 2147483648)
  )
}

function isFiniteDecimal(value: NumberValue, double: number): boolean {
  return Number.isFinite(double) || (value instanceof Decimal128 && /\d/.test(value.toString()))
}

// A double enters decimal arithmetic as the 15 digits that people wrote, as mongod converts it.
export function exactForDecimal(value: NumberValue): Exact {
  if (typeof value === 'bigint' || value instanceof Decimal128) return exact(value)
  const double = toDouble(value)
  if (double === 0 || (typeof value === 'number' && isInt32(value))) return exact(value)
  return parseExact(double.toPrecision(15).toUpperCase())
}

function plain(value: NumberValue): number | bigint {
  return typeof value === 'bigint' ? value : toDouble(value)
}

function compareMixed(a: number | bigint, b: number | bigint): number {
  if (typeof a === 'number' && Number.isNaN(a))
    return typeof b === 'number' && Number.isNaN(b) ? 0 : -1
  if (typeof b === 'number' && Number.isNaN(b)) return 1
  return a < b ? -1 : a > b ? 1 : 0
}

function compareDoubles(a: number, b: number): number {
  if (a < b) return -1
  if (a > b) return 1
  if (a === b) return 0
  const aNaN = Number.isNaN(a)
  const bNaN = Number.isNaN(b)
  return aNaN && bNaN ? 0 : aNaN ? -1 : 1
}

function compareExact(a: Exact, b: Exact): number {
  const exponent = Math.min(a.exponent, b.exponent)
  const x = scaled(a, exponent)
  const y = scaled(b, exponent)
  return x < y ? -1 : x > y ? 1 : 0
}

function scaled(value: Exact, exponent: number): bigint {
  if (value.digits === 0n) return 0n
  return value.digits * 10n ** BigInt(value.exponent - exponent)
}

function parseExact(text: string): Exact {
  const match = /^(-?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(text)
  if (!match) return { digits: 0n, exponent: 0 }
  const [, sign = '', whole = '', fraction = '', power = '0'] = match
  const digits = BigInt(whole + fraction || '0')
  return { digits: sign ? -digits : digits, exponent: Number(power) - fraction.length }
}

const bits = new DataView(new ArrayBuffer(8))

/** A double is `mantissa × 2^power`, which always has an exact decimal form. */
function exactDouble(value: number): Exact {
  if (Number.isInteger(value)) return { digits: BigInt(value), exponent: 0 }
  bits.setFloat64(0, value)
  const raw = bits.getBigUint64(0)
  const biased = Number((raw >> 52n) & 0x7ffn)
  const fraction = raw & 0xfffffffffffffn
  const mantissa = biased === 0 ? fraction : fraction | 0x10000000000000n
  const power = (biased === 0 ? 1 : biased) - 1075
  // A double that is not an integer has a negative power of two: m / 2^n = m × 5^n / 10^n.
  const digits = mantissa * 5n ** BigInt(-power)
  return { digits: value < 0 ? -digits : digits, exponent: power }
}

/**
 * How far a number lies above the largest double that is not above it, as a fraction of the gap
 * to the next double, in 64 bits. Together with that double it orders numbers of all four types.
 */
export function splitNumber(value: NumberValue): { double: number; rest: bigint } {
  const nearest = toDouble(value)
  if (!(typeof value === 'bigint' || value instanceof Decimal128) || !Number.isFinite(nearest)) {
    return clampOverflow(value, nearest)
  }
  const double = compareNumbers(value, nearest) < 0 ? nextDouble(nearest, -1) : nearest
  if (compareNumbers(value, double) === 0) return { double, rest: 0n }
  const low = exact(double)
  const high = exact(nextDouble(double, 1))
  const own = exact(value)
  const exponent = Math.min(low.exponent, high.exponent, own.exponent)
  const gap = scaled(high, exponent) - scaled(low, exponent)
  const above = scaled(own, exponent) - scaled(low, exponent)
  const rest = (above << 64n) / gap
  return { double, rest: rest === 0n ? 1n : rest }
}

// A decimal beyond every double sorts between the largest double and infinity.
function clampOverflow(value: NumberValue, nearest: number): { double: number; rest: bigint } {
  if (
    value instanceof Decimal128 &&
    Math.abs(nearest) === Infinity &&
    /\d/.test(value.toString())
  ) {
    const digits = exact(value)
    const size = BigInt(digits.exponent + digits.digits.toString().length)
    return nearest > 0
      ? { double: Number.MAX_VALUE, rest: size }
      : { double: -Infinity, rest: 0x10000n - size }
  }
  return { double: nearest, rest: 0n }
}

function nextDouble(value: number, direction: 1 | -1): number {
  if (value === 0) return direction * Number.MIN_VALUE
  bits.setFloat64(0, value)
  const step = value > 0 === direction > 0 ? 1n : -1n
  bits.setBigUint64(0, bits.getBigUint64(0) + step)
  return bits.getFloat64(0)
}
