import { Binary } from 'bson'
import { CommandError } from '../errors.ts'
import { show } from '../bson/show.ts'
import { isNumber, toDouble, type NumberValue, type Value } from '../bson/values.ts'

const decisions = {
  $bitsAllSet: (set: bigint, mask: bigint) => (set & mask) === mask,
  $bitsAllClear: (set: bigint, mask: bigint) => (set & mask) === 0n,
  $bitsAnySet: (set: bigint, mask: bigint) => (set & mask) !== 0n,
  $bitsAnyClear: (set: bigint, mask: bigint) => (set & mask) !== mask,
}

/** The test of a value's bits that an operator asks for. */
export function bitTest(name: keyof typeof decisions, operand: Value): (value: Value) => boolean {
  const mask = bitMask(name, operand)
  const decide = decisions[name]
  return (value) => {
    if (value instanceof Binary) return decide(binaryBits(value), mask)
    if (!isNumber(value) || !Number.isInteger(toDouble(value))) return false
    const whole = longPart(value)
    if (whole === null) return false
    return decide(BigInt.asUintN(64, whole) | (whole < 0n ? ~0n << 64n : 0n), mask)
  }
}

/** The whole part of a number, if a long can hold it. */
export function longPart(value: NumberValue): bigint | null {
  if (typeof value === 'bigint') return value
  const whole = Math.trunc(toDouble(value))
  return whole >= -(2 ** 63) && whole < 2 ** 63 ? BigInt(whole) : null
}

function bitMask(name: string, operand: Value): bigint {
  if (Array.isArray(operand)) {
    return operand.reduce<bigint>((mask, position) => {
      const bit = isNumber(position) ? toDouble(position) : -1
      if (!Number.isInteger(bit) || bit < 0) {
        throw new CommandError('BadValue', 'bit positions must be integers >= 0')
      }
      return mask | (1n << BigInt(bit))
    }, 0n)
  }
  if (operand instanceof Binary) return binaryBits(operand)
  if (!isNumber(operand)) {
    throw new CommandError(
      'BadValue',
      `bit mask takes an Array, a number, or a BinData but received: ${show(operand)}`,
    )
  }
  const mask = toDouble(operand)
  if (!Number.isInteger(mask))
    throw new CommandError('FailedToParse', `Expected an integer: ${name}: ${show(operand)}`)
  if (mask < 0) {
    throw new CommandError(
      'FailedToParse',
      `Expected a non-negative number in: ${name}: ${show(operand)}`,
    )
  }
  return typeof operand === 'bigint' ? operand : BigInt(mask)
}

function binaryBits(value: Binary): bigint {
  return value.buffer
    .subarray(0, value.position)
    .reduce((sum, byte, index) => sum | (BigInt(byte) << BigInt(index * 8)), 0n)
}
