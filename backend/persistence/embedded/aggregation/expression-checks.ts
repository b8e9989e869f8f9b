import { CommandError, notSupported, withContext } from '../errors.ts'
import { isDoc, type Doc, type Value } from '../bson/values.ts'
import { refuseEmptySteps } from '../query/paths.ts'
import { checkArity } from './arity.ts'
import { bindingOperators } from './binding-operators.ts'
import { hasExpression } from './mingo-bridge.ts'
import { checkFields } from './operator-fields.ts'
import { valueOperators } from './value-operators.ts'

type Names = ReadonlySet<string>

const noNames: Names = new Set()
const builtIn: Names = new Set('ROOT CURRENT REMOVE NOW DESCEND PRUNE KEEP'.split(' '))

/**
 * Refuses an expression that mongod would refuse before it reads any document: an operator or
 * variable that does not exist, wrong operands, a path that is none.
 */
export function checkExpression(expression: Value, names: Names = noNames): void {
  if (typeof expression === 'string') checkReference(expression, names)
  if (Array.isArray(expression)) for (const each of expression) checkExpression(each, names)
  if (!isDoc(expression)) return
  const name = expression.keys().next().value ?? ''
  if (name.startsWith('$')) {
    checkOperator(name, expression)
    checkOperands(name, expression.get(name), names)
    return
  }
  for (const [field, inner] of expression) {
    checkFieldName(field)
    checkExpression(inner, names)
  }
}

function checkFieldName(field: string): void {
  if (field.startsWith('$')) {
    throw new CommandError(
      16410,
      "FieldPath field names may not start with '$'. Consider using $getField or $setField.",
    )
  }
  if (field.includes('.'))
    throw new CommandError(
      16412,
      "FieldPath field names may not contain '.'. Consider using $getField or $setField.",
    )
}

function checkReference(text: string, names: Names): void {
  if (!text.startsWith('$')) return
  if (text === '$') throw new CommandError(16872, "'$' by itself is not a valid FieldPath")
  if (!text.startsWith('$$')) {
    checkPath(text.slice(1))
    return
  }
  const [name = '', ...steps] = text.slice(2).split('.')
  if (name === '') throw new CommandError('FailedToParse', 'empty variable names are not allowed')
  if (!names.has(name) && !builtIn.has(name))
    throw new CommandError(17276, `Use of undefined variable: ${name}`)
  if (steps.length > 0) checkPath(steps.join('.'))
}

/** Refuses what is no path of fields. */
export function checkPath(path: string): void {
  refuseEmptySteps(path)
  const steps = path.split('.')
  if (steps.some((step) => step.startsWith('$') && !references.has(step))) {
    throw new CommandError(
      16410,
      "FieldPath field names may not start with '$'. Consider using $getField or $setField.",
    )
  }
}

const references: Names = new Set(['$id', '$ref', '$db'])

/** Refuses an operator that does not exist, or that is given what it does not take. */
export function checkOperator(name: string, expression: Doc): void {
  if (expression.size !== 1) {
    throw new CommandError(
      15983,
      `An object representing an expression must have exactly one field: ${[...expression.keys()].join(', ')}`,
    )
  }
  checkArity(name, expression.get(name))
  checkFields(name, expression.get(name))
  if (name === '$function' || name === '$accumulator') throw notSupported(`the ${name} operator`)
  if (isOperator(name)) return
  throw new CommandError('InvalidPipelineOperator', `Unrecognized expression '${name}'`)
}

function isOperator(name: string): boolean {
  return (
    name === '$literal' ||
    bindingOperators.has(name) ||
    valueOperators.has(name) ||
    hasExpression(name)
  )
}

// The parts of these operators that see a variable of their own, and its name.
const bound: Readonly<Record<string, (spec: Doc) => Record<string, readonly Value[]>>> = {
  $let: (spec) => {
    const vars = spec.get('vars')
    return { in: isDoc(vars) ? [...vars.keys()] : [] }
  },
  $map: (spec) => ({ in: [spec.get('as') ?? 'this'] }),
  $filter: (spec) => ({ cond: [spec.get('as') ?? 'this'] }),
  $reduce: () => ({ in: ['this', 'value'] }),
}

function checkOperands(name: string, operand: Value, names: Names): void {
  if (name === '$literal' || (name === '$getField' && typeof operand === 'string')) return
  if (!isDoc(operand) || operand.keys().next().value?.startsWith('$') === true) {
    checkExpression(operand, names)
    return
  }
  const binds = bound[name]?.(operand) ?? {}
  for (const [field, inner] of operand) {
    // An order, not an expression: its names are paths.
    if (field === 'sortBy') continue
    const own = binds[field]
    const known = own
      ? new Set([...names, ...own.filter((each) => typeof each === 'string')])
      : names
    if (name === '$let' && field === 'vars' && isDoc(inner))
      for (const value of inner.values()) checkExpression(value, known)
    else checkExpression(inner, known)
  }
}

/** Refuses a constant part that cannot be computed, which mongod does when it simplifies. */
export function checkConstants(
  expression: Value,
  compute: (expression: Value) => Value,
  context: string,
): void {
  if (Array.isArray(expression)) {
    for (const each of expression) checkConstants(each, compute, context)
  }
  if (!isDoc(expression) || expression.has('$literal')) return
  for (const inner of expression.values()) checkConstants(inner, compute, context)
  const name = expression.keys().next().value ?? ''
  if (expression.size !== 1 || !isOperator(name) || !isConstant(expression)) return
  try {
    compute(expression)
  } catch (error) {
    throw withContext(error, context)
  }
}

function isConstant(expression: Value): boolean {
  if (typeof expression === 'string') return !expression.startsWith('$')
  if (Array.isArray(expression)) return expression.every(isConstant)
  if (!isDoc(expression) || expression.has('$literal')) return true
  return !expression.has('$rand') && [...expression.values()].every(isConstant)
}
