import { CommandError } from '../errors.ts'
import type { CompareText } from '../bson/compare.ts'
import { isDoc, type Doc, type Value } from '../bson/values.ts'
import { bindingOperators } from './binding-operators.ts'
import { checkOperator } from './expression-checks.ts'
import { applyExpression } from './mingo-bridge.ts'
import { takesFields } from './operator-fields.ts'
import type { Scope } from './types.ts'
import { valueOperators } from './value-operators.ts'

/** The scope of an expression over a document. */
export function scopeOf(
  document: Doc,
  variables: ReadonlyMap<string, Value> = noVariables,
  compareText?: CompareText,
): Scope {
  return { root: document, variables, compareText }
}

const noVariables: ReadonlyMap<string, Value> = new Map()

/**
 * Evaluates an aggregation expression. Paths, variables, comparison and arithmetic are done here,
 * where the types of BSON are known; the many other operators are mingo's.
 */
export function evaluate(expression: Value, scope: Scope): Value {
  if (typeof expression === 'string') {
    return expression.startsWith('$') ? reference(expression, scope) : expression
  }
  if (Array.isArray(expression)) return expression.map((each) => evaluate(each, scope) ?? null)
  if (!isDoc(expression)) return expression
  const name = expression.keys().next().value
  if (name?.startsWith('$')) return operator(name, expression, scope)
  const result: Doc = new Map()
  for (const [field, inner] of expression) {
    const value = evaluate(inner, scope)
    if (value !== undefined) result.set(field, value)
  }
  return result
}

function operator(name: string, expression: Doc, scope: Scope): Value {
  checkOperator(name, expression)
  const operand = expression.get(name)
  if (name === '$literal') return operand
  const binding = bindingOperators.get(name)
  if (binding) return binding(operand, scope, evaluate)
  const native = valueOperators.get(name)
  if (!native) return applyExpression(name, operands(operand, scope))
  return native(
    Array.isArray(operand)
      ? operand.map((each) => evaluate(each, scope))
      : [isDoc(operand) && takesFields(name) ? named(operand, scope) : evaluate(operand, scope)],
    scope.compareText,
  )
}

// A field that is given counts, also where the path that it names is missing.
function named(operand: Doc, scope: Scope): Value {
  if (operand.keys().next().value?.startsWith('$') === true) return evaluate(operand, scope)
  return new Map([...operand].map(([field, inner]) => [field, evaluate(inner, scope)]))
}

// A list of operands keeps its missing ones: they count, unlike in an array that is a result.
function operands(operand: Value, scope: Scope): Value {
  if (Array.isArray(operand)) return operand.map((each) => evaluate(each, scope))
  return evaluate(operand, scope)
}

function reference(path: string, scope: Scope): Value {
  if (!path.startsWith('$$')) {
    return follow(scope.root, path.slice(1).split('.'), 0)
  }
  const [name = '', ...steps] = path.slice(2).split('.')
  return follow(variable(name, scope), steps, 0)
}

function variable(name: string, scope: Scope): Value {
  if (scope.variables.has(name)) return scope.variables.get(name)
  switch (name) {
    case 'ROOT':
    case 'CURRENT':
      return scope.root
    case 'REMOVE':
      return undefined
    case 'NOW':
      return new Date()
    case 'DESCEND':
    case 'PRUNE':
    case 'KEEP':
      return `$$${name}`
    default:
      throw new CommandError(17276, `Use of undefined variable: ${name}`)
  }
}

/** Follows a path; through an array it gathers what its documents have there. */
function follow(value: Value, steps: readonly string[], from: number): Value {
  if (from === steps.length) return value
  if (isDoc(value)) return follow(value.get(steps[from] ?? ''), steps, from + 1)
  if (!Array.isArray(value)) return undefined
  return value
    .map((element) =>
      isDoc(element) || Array.isArray(element) ? follow(element, steps, from) : undefined,
    )
    .filter((element) => element !== undefined)
}
