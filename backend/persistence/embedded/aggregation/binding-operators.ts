import { CommandError } from '../errors.ts'
import { asText, show } from '../bson/show.ts'
import { bsonType, isDoc, isNumber, toDouble, type Doc, type Value } from '../bson/values.ts'
import { fieldAccessOperators } from './field-access-operators.ts'
import type { BindingOperator, Scope } from './types.ts'

type Evaluate = (expression: Value, scope: Scope) => Value

/** Operators that evaluate some operands only if needed, or with variables of their own. */
export const bindingOperators: ReadonlyMap<string, BindingOperator> = new Map<
  string,
  BindingOperator
>([
  [
    '$and',
    (operand, scope, evaluate) => list(operand).every((each) => isTruthy(evaluate(each, scope))),
  ],
  [
    '$or',
    (operand, scope, evaluate) => list(operand).some((each) => isTruthy(evaluate(each, scope))),
  ],
  ...fieldAccessOperators,
  ['$cond', cond],
  ['$ifNull', ifNull],
  ['$switch', switchOn],
  ['$let', letIn],
  ['$map', map],
  ['$filter', filter],
  ['$reduce', reduce],
])

/** What MongoDB counts as true. */
export function isTruthy(value: Value): boolean {
  if (value === null || value === undefined || value === false) return false
  return !isNumber(value) || toDouble(value) !== 0
}

function list(operand: Value): readonly Value[] {
  return Array.isArray(operand) ? operand : [operand]
}

function named(name: string, operand: Value, allowed: readonly string[]): Doc {
  if (!isDoc(operand))
    throw new CommandError('FailedToParse', `${name} only supports an object as its argument`)
  const unknown = [...operand.keys()].find((key) => !allowed.includes(key))
  if (unknown !== undefined)
    throw new CommandError('FailedToParse', `Unrecognized parameter to ${name}: ${unknown}`)
  return operand
}

function cond(operand: Value, scope: Scope, evaluate: Evaluate): Value {
  const [test, yes, no] = Array.isArray(operand)
    ? operand
    : ['if', 'then', 'else'].map((key) => named('$cond', operand, ['if', 'then', 'else']).get(key))
  if (Array.isArray(operand) && operand.length !== 3) {
    throw new CommandError(
      16020,
      `Expression $cond takes exactly 3 arguments. ${String(operand.length)} were passed in.`,
    )
  }
  return evaluate(isTruthy(evaluate(test, scope)) ? yes : no, scope)
}

function ifNull(operand: Value, scope: Scope, evaluate: Evaluate): Value {
  const choices = list(operand)
  for (const choice of choices.slice(0, -1)) {
    const value = evaluate(choice, scope)
    if (value !== null && value !== undefined) return value
  }
  return evaluate(choices.at(-1), scope)
}

function switchOn(operand: Value, scope: Scope, evaluate: Evaluate): Value {
  const spec = named('$switch', operand, ['branches', 'default'])
  for (const branch of list(spec.get('branches'))) {
    if (isDoc(branch) && isTruthy(evaluate(branch.get('case'), scope)))
      return evaluate(branch.get('then'), scope)
  }
  if (spec.has('default')) return evaluate(spec.get('default'), scope)
  throw new CommandError(
    40066,
    '$switch could not find a matching branch for an input, and no default was specified.',
  )
}

function letIn(operand: Value, scope: Scope, evaluate: Evaluate): Value {
  const spec = named('$let', operand, ['vars', 'in'])
  const vars = spec.get('vars')
  const bound = isDoc(vars)
    ? [...vars].map(([name, value]) => [name, evaluate(value, scope)] as const)
    : []
  return evaluate(spec.get('in'), withVariables(scope, bound))
}

function withVariables(scope: Scope, bound: readonly (readonly [string, Value])[]): Scope {
  return { ...scope, variables: new Map([...scope.variables, ...bound]) }
}

function inputArray(
  name: string,
  spec: Doc,
  scope: Scope,
  evaluate: Evaluate,
): readonly Value[] | null {
  const input = evaluate(spec.get('input'), scope)
  if (input === null || input === undefined) return null
  if (Array.isArray(input)) return input
  throw new CommandError(
    { $filter: 28651, $reduce: 40080 }[name] ?? 16883,
    `input to ${name} must be an array not ${bsonType(input)[1]}`,
  )
}

function map(operand: Value, scope: Scope, evaluate: Evaluate): Value {
  const spec = named('$map', operand, ['input', 'as', 'in'])
  const name = asText(spec.get('as') ?? 'this')
  const input = inputArray('$map', spec, scope, evaluate)
  return (
    input?.map(
      (element) => evaluate(spec.get('in'), withVariables(scope, [[name, element]])) ?? null,
    ) ?? null
  )
}

function filter(operand: Value, scope: Scope, evaluate: Evaluate): Value {
  const spec = named('$filter', operand, ['input', 'as', 'cond', 'limit'])
  const name = asText(spec.get('as') ?? 'this')
  const input = inputArray('$filter', spec, scope, evaluate)
  const limit = limitOf(evaluate(spec.get('limit'), scope))
  const kept = input?.filter((element) =>
    isTruthy(evaluate(spec.get('cond'), withVariables(scope, [[name, element]]))),
  )
  return kept?.slice(0, limit) ?? null
}

function limitOf(limit: Value): number {
  if (limit === null || limit === undefined) return Infinity
  const number = isNumber(limit) ? toDouble(limit) : Number.NaN
  if (!Number.isInteger(number)) {
    throw new CommandError(
      327391,
      `$filter: limit must be represented as a 32-bit integral value, instead found: ${show(limit)}`,
    )
  }
  if (number < 1)
    throw new CommandError(327392, `$filter: limit must be greater than 0: ${String(number)}`)
  return number
}

function reduce(operand: Value, scope: Scope, evaluate: Evaluate): Value {
  const spec = named('$reduce', operand, ['input', 'initialValue', 'in'])
  const input = inputArray('$reduce', spec, scope, evaluate)
  if (!input) return null
  return input.reduce<Value>(
    (value, element) =>
      evaluate(
        spec.get('in'),
        withVariables(scope, [
          ['value', value],
          ['this', element],
        ]),
      ),
    evaluate(spec.get('initialValue'), scope),
  )
}
