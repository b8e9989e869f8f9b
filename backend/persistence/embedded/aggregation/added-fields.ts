import { CommandError } from '../errors.ts'
import { show } from '../bson/show.ts'
import { isDoc, type Doc, type Value } from '../bson/values.ts'
import { checkPath } from './expression-checks.ts'

/** Refuses fields of `$addFields` that contradict each other or are no expressions. */
export function checkAddedFields(spec: Doc, checkExpression: (expression: Value) => void): void {
  const seen: string[] = []
  for (const [path, expression] of spec) {
    checkPath(path)
    notePaths(path, expression, spec, seen)
  }
  for (const expression of spec.values()) checkExpression(expression)
}

function notePaths(path: string, expression: Value, spec: Doc, seen: string[]): void {
  if (!isDoc(expression)) {
    refuseConflict(path, spec, seen)
    return
  }
  for (const [name, inner] of expression) {
    if (name.startsWith('$')) {
      if (expression.size > 1) {
        throw new CommandError(
          40181,
          `an expression specification must contain exactly one field, the name of the expression. Found ${String(expression.size)} fields in ${show(expression)}, while parsing object ${show(spec)}`,
        )
      }
      refuseConflict(path, spec, seen)
      continue
    }
    if (name.includes('.')) {
      throw new CommandError(
        40183,
        `cannot use dotted field name '${name}' in a sub object: ${show(spec)}`,
      )
    }
    notePaths(`${path}.${name}`, inner, spec, seen)
  }
}

function refuseConflict(path: string, spec: Doc, seen: string[]): void {
  const other = seen.find(
    (known) => `${path}.`.startsWith(`${known}.`) || `${known}.`.startsWith(`${path}.`),
  )
  if (other !== undefined) {
    throw new CommandError(
      40176,
      `specification contains two conflicting paths. Cannot specify both '${path}' and '${other}': ${show(spec)}`,
    )
  }
  seen.push(path)
}
