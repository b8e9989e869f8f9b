import { Decimal128 } from 'bson'
import { CommandError, type ErrorName } from '../errors.ts'
import { show } from '../bson/show.ts'
import { divideDecimal, isWhole, narrowest, roundNumber, type Rounding } from '../bson/rounding.ts'
import { doubleValue, isNumber, toDouble, type NumberValue, type Value } from '../bson/values.ts'
import { isNil, nameOf } from './operands.ts'

type Operator = (operands: readonly Value[]) => Value

/** Arithmetic whose result has the type that mongod gives it. */
export const numberOperators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['$divide', divide],
  ['$mod', modulo],
  ['$abs', unary('$abs', absolute)],
  ['$ceil', unary('$ceil', (value) => roundNumber(value, 0, 'up'))],
  ['$floor', unary('$floor', (value) => roundNumber(value, 0, 'down'))],
  ['$round', (operands) => rounded('$round', 'halfEven', operands)],
  ['$trunc', (operands) => rounded('$trunc', 'zero', operands)],
  ['$sqrt', unary('$sqrt', (value) => root(value))],
  ['$exp', unary('$exp', (value) => real(Math.exp(toDouble(value)), value))],
  ['$ln', unary('$ln', (value) => logarithm('$ln', 28766, Math.log, value))],
  ['$log10', unary('$log10', (value) => logarithm('$log10', 28761, Math.log10, value))],
  ['$log', logarithmOfBase],
  ['$pow', power],
  ['$bitNot', unary('$bitNot', bitNot)],
  ['$bitAnd', (operands) => bits('$bitAnd', operands, -1n, (a, b) => a & b)],
  ['$bitOr', (operands) => bits('$bitOr', operands, 0n, (a, b) => a | b)],
  ['$bitXor', (operands) => bits('$bitXor', operands, 0n, (a, b) => a ^ b)],
])

function unary(name: string, work: (value: NumberValue) => Value): Operator {
  return ([value]) => {
    if (isNil(value)) return null
    if (isNumber(value)) return work(value)
    throw new CommandError(28765, `${name} only supports numeric types, not ${nameOf(value)}`)
  }
}

/** The two numbers of an operator, or null when one of them is null. */
function pair(
  [a, b]: readonly Value[],
  name: string,
  code: ErrorName | number,
): [NumberValue, NumberValue] | null {
  if (isNil(a) || isNil(b)) return null
  if (isNumber(a) && isNumber(b)) return [a, b]
  throw new CommandError(
    code,
    `${name} only supports numeric types, not ${nameOf(a)} and ${nameOf(b)}`,
  )
}

function divide(operands: readonly Value[]): Value {
  const numbers = pair(operands, '$divide', 'TypeMismatch')
  if (!numbers) return null
  const [a, b] = numbers
  if (toDouble(b) === 0) throw new CommandError('BadValue', "can't $divide by zero")
  if (a instanceof Decimal128 || b instanceof Decimal128) return divideDecimal(a, b)
  return doubleValue(toDouble(a) / toDouble(b))
}

function modulo(operands: readonly Value[]): Value {
  const numbers = pair(operands, '$mod', 16611)
  if (!numbers) return null
  const [a, b] = numbers
  if (toDouble(b) === 0) throw new CommandError(16610, "can't $mod by zero")
  if (isWhole(a) && isWhole(b)) return whole(BigInt(a) % BigInt(b), a, b)
  return real(toDouble(a) % toDouble(b), a, b)
}

/** An integer of the wider of the operands' types. */
function whole(result: bigint, ...operands: readonly NumberValue[]): Value {
  return operands.some((each) => typeof each === 'bigint') ? result : narrowest(result)
}

/** A result that is not exact: a decimal if an operand was one. */
function real(result: number, ...operands: readonly NumberValue[]): Value {
  return operands.some((each) => each instanceof Decimal128)
    ? Decimal128.fromString(String(result))
    : doubleValue(result)
}

function absolute(value: NumberValue): Value {
  if (value instanceof Decimal128) return Decimal128.fromString(value.toString().replace('-', ''))
  if (!isWhole(value)) return doubleValue(Math.abs(toDouble(value)))
  const result = value < 0 ? -BigInt(value) : BigInt(value)
  if (BigInt.asIntN(64, result) !== result)
    throw new CommandError(28680, "can't take $abs of long long min")
  return whole(result, value)
}

function rounded(name: string, how: Rounding, [value, place = 0]: readonly Value[]): Value {
  if (isNil(value) || place === null) return null
  if (!isNumber(value))
    throw new CommandError(51081, `${name} only supports numeric types, not ${nameOf(value)}`)
  if (!isNumber(place) || !Number.isInteger(toDouble(place))) {
    throw new CommandError(51082, `precision argument to  ${name} must be a integral value`)
  }
  const digits = toDouble(place)
  if (digits < -20 || digits > 100) {
    throw new CommandError(
      51083,
      `cannot apply ${name} with precision value ${String(digits)} value must be in [-20, 100]`,
    )
  }
  return roundNumber(value, digits, how)
}

function root(value: NumberValue): Value {
  if (toDouble(value) < 0) {
    throw new CommandError(28714, "$sqrt's argument must be greater than or equal to 0")
  }
  return real(Math.sqrt(toDouble(value)), value)
}

function logarithm(
  name: string,
  code: number,
  work: (value: number) => number,
  value: NumberValue,
): Value {
  if (toDouble(value) <= 0) {
    throw new CommandError(
      code,
      `${name}'s argument must be a positive number, but is ${show(value)}`,
    )
  }
  return real(work(toDouble(value)), value)
}

function logarithmOfBase([value, base]: readonly Value[]): Value {
  if (isNil(value) || isNil(base)) return null
  if (!isNumber(value))
    throw new CommandError(28756, `$log's argument must be numeric, not ${nameOf(value)}`)
  if (!isNumber(base))
    throw new CommandError(28757, `$log's base must be numeric, not ${nameOf(base)}`)
  if (toDouble(value) <= 0) {
    throw new CommandError(
      28758,
      `$log's argument must be a positive number, but is ${show(value)}`,
    )
  }
  if (toDouble(base) <= 0 || toDouble(base) === 1) {
    throw new CommandError(
      28759,
      `$log's base must be a positive number not equal to 1, but is ${show(base)}`,
    )
  }
  return real(Math.log(toDouble(value)) / Math.log(toDouble(base)), value, base)
}

function power([base, exponent]: readonly Value[]): Value {
  if (isNil(base) || isNil(exponent)) return null
  if (!isNumber(base))
    throw new CommandError(28762, `$pow's base must be numeric, not ${nameOf(base)}`)
  if (!isNumber(exponent))
    throw new CommandError(28763, `$pow's exponent must be numeric, not ${nameOf(exponent)}`)
  if (toDouble(base) === 0 && toDouble(exponent) < 0)
    throw new CommandError(28764, '$pow cannot take a base of 0 and a negative exponent')
  const estimate = toDouble(base) ** toDouble(exponent)
  if (isWhole(base) && isWhole(exponent) && exponent >= 0 && Math.abs(estimate) < 2 ** 64) {
    const result = BigInt(base) ** BigInt(exponent)
    if (BigInt.asIntN(64, result) === result) return whole(result, base, exponent)
  }
  return real(estimate, base, exponent)
}

function bitNot(value: NumberValue): Value {
  if (isWhole(value)) return whole(~BigInt(value), value)
  throw new CommandError(
    'TypeMismatch',
    `$bitNot only supports int and long, not: ${nameOf(value)}.`,
  )
}

function bits(
  name: string,
  operands: readonly Value[],
  start: bigint,
  work: (a: bigint, b: bigint) => bigint,
): Value {
  const list = operands.length === 1 && Array.isArray(operands[0]) ? operands[0] : operands
  if (list.some(isNil)) return null
  const numbers = list.map((operand) => {
    if (isWhole(operand)) return operand
    throw new CommandError('TypeMismatch', `${name} only supports int and long operands.`)
  })
  return whole(
    numbers.reduce<bigint>((total, each) => work(total, BigInt(each)), start),
    ...numbers,
  )
}
