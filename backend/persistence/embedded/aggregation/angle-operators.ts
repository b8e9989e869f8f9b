import { Decimal128 } from 'bson'
import { CommandError } from '../errors.ts'
import { show } from '../bson/show.ts'
import { doubleValue, isNumber, toDouble, type NumberValue, type Value } from '../bson/values.ts'
import { isNil, nameOf } from './operands.ts'

type Operator = (operands: readonly Value[]) => Value

/** What an operator can be applied to, and how mongod writes that down. */
interface Domain {
  readonly holds: (angle: number) => boolean
  readonly text: string
}

const finite: Domain = { holds: Number.isFinite, text: '(-inf,inf)' }
const unit: Domain = { holds: (value) => Math.abs(value) <= 1, text: '[-1,1]' }
const fromOne: Domain = { holds: (value) => value >= 1, text: '[1,inf]' }
const anywhere: Domain = { holds: () => true, text: '' }

/** Trigonometry: the answer is a double, or a decimal for a decimal. */
export const angleOperators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['$sin', angle('$sin', Math.sin, finite)],
  ['$cos', angle('$cos', Math.cos, finite)],
  ['$tan', angle('$tan', Math.tan, finite)],
  ['$asin', angle('$asin', Math.asin, unit)],
  ['$acos', angle('$acos', Math.acos, unit)],
  ['$atan', angle('$atan', Math.atan, anywhere)],
  ['$sinh', angle('$sinh', Math.sinh, anywhere)],
  ['$cosh', angle('$cosh', Math.cosh, anywhere)],
  ['$tanh', angle('$tanh', Math.tanh, anywhere)],
  ['$asinh', angle('$asinh', Math.asinh, anywhere)],
  ['$acosh', angle('$acosh', Math.acosh, fromOne)],
  ['$atanh', angle('$atanh', Math.atanh, unit)],
  ['$atan2', atan2],
  ['$degreesToRadians', angle('$degreesToRadians', (value) => (value / 180) * Math.PI, anywhere)],
  ['$radiansToDegrees', angle('$radiansToDegrees', (value) => (value * 180) / Math.PI, anywhere)],
])

function angle(name: string, work: (value: number) => number, domain: Domain): Operator {
  return ([value]) => {
    if (isNil(value)) return null
    if (!isNumber(value))
      throw new CommandError(28765, `${name} only supports numeric types, not ${nameOf(value)}`)
    const number = toDouble(value)
    if (!Number.isNaN(number) && !domain.holds(number)) {
      throw new CommandError(
        50989,
        `cannot apply ${name} to ${shown(value)}, value must be in ${domain.text}`,
      )
    }
    return real(work(number), [value])
  }
}

function shown(value: NumberValue): string {
  return show(value).replace('Infinity', 'inf')
}

function atan2([y, x]: readonly Value[]): Value {
  if (isNil(y) || isNil(x)) return null
  if (isNumber(y) && isNumber(x)) return real(Math.atan2(toDouble(y), toDouble(x)), [y, x])
  throw new CommandError(
    isNumber(y) ? 51045 : 51044,
    `$atan2 only supports numeric types, not ${nameOf(y)} and ${nameOf(x)}`,
  )
}

function real(result: number, operands: readonly NumberValue[]): Value {
  return operands.some((each) => each instanceof Decimal128)
    ? Decimal128.fromString(String(result))
    : doubleValue(result)
}
