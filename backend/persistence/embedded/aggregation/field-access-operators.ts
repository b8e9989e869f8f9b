import { CommandError } from '../errors.ts'
import { doc, isDoc, type Doc, type Value } from '../bson/values.ts'
import { isNil, nameOf } from './operands.ts'
import type { BindingOperator, Scope } from './types.ts'

type Context = [scope: Scope, evaluate: (expression: Value, scope: Scope) => Value]

/** Operators that reach a field by its name, whatever characters are in it. */
export const fieldAccessOperators: ReadonlyMap<string, BindingOperator> = new Map<
  string,
  BindingOperator
>([
  ['$getField', getField],
  ['$setField', (operand, scope, evaluate) => setField('$setField', operand, scope, evaluate)],
  ['$unsetField', (operand, scope, evaluate) => setField('$unsetField', operand, scope, evaluate)],
])

function getField(operand: Value, ...[scope, evaluate]: Context): Value {
  const isSpec = isDoc(operand) && !operand.keys().next().value?.startsWith('$')
  const name = evaluate(isSpec ? operand.get('field') : operand, scope)
  if (typeof name !== 'string') {
    throw new CommandError(
      3041704,
      `$getField requires 'field' to evaluate to type String, but got ${nameOf(name)}`,
    )
  }
  const input = evaluate(isSpec ? operand.get('input') : '$$CURRENT', scope)
  if (input === null) return null
  return isDoc(input) ? input.get(name) : undefined
}

function setField(
  name: '$setField' | '$unsetField',
  operand: Value,
  ...[scope, evaluate]: Context
): Value {
  const spec = isDoc(operand) ? operand : doc({})
  const field = fieldName(name, spec.get('field'))
  const input = evaluate(spec.get('input'), scope)
  if (isNil(input)) return null
  if (!isDoc(input))
    throw new CommandError(4161105, `${name} requires 'input' to evaluate to type Object`)
  const value = name === '$setField' ? evaluate(spec.get('value'), scope) : undefined
  const result: Doc = new Map(input)
  if (value === undefined) result.delete(field)
  else result.set(field, value)
  return result
}

function fieldName(name: string, expression: Value): string {
  const literal = isDoc(expression) ? (expression.get('$literal') ?? expression) : expression
  if (typeof literal === 'string' && (literal !== expression || !literal.startsWith('$')))
    return literal
  if (typeof literal === 'string') {
    throw new CommandError(
      4161108,
      `A field path reference which is not allowed in this context. Did you mean {$literal: '${literal}'}?`,
    )
  }
  if (isDoc(literal)) {
    throw new CommandError(
      4161106,
      `${name} requires 'field' to evaluate to a constant, but got a non-constant argument`,
    )
  }
  throw new CommandError(
    4161107,
    `${name} requires 'field' to evaluate to type String, but got ${nameOf(literal)}`,
  )
}
