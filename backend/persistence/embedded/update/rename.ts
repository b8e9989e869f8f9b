import { CommandError } from '../errors.ts'
import { asText, show } from '../bson/show.ts'
import type { Doc, Value } from '../bson/values.ts'
import { valueAt } from '../query/paths.ts'
import { changeAt, isPlaceholder, type Placeholders } from './path-change.ts'

/** Moves a field, which may not lead into or out of an array. */
export function rename(
  current: Doc,
  step: { readonly path: string; readonly steps: readonly string[]; readonly operand: Value },
  placeholders: Placeholders,
): Doc {
  const target = asText(step.operand)
  refuseArrayOnPath(current, step.path, 'source')
  const moved = valueAt(current, step.steps)
  if (moved === undefined) return current
  refuseArrayOnPath(current, target, 'destination')
  const removed = changeAt(current, {
    path: step.path,
    steps: step.steps,
    change: () => undefined,
    creates: false,
    mayBeBlocked: true,
    placeholders,
  })
  return changeAt(removed, {
    path: target,
    steps: target.split('.'),
    change: () => moved,
    creates: true,
    placeholders,
  })
}

function refuseArrayOnPath(document: Doc, path: string, which: 'source' | 'destination'): void {
  const parents = path.split('.').slice(0, -1)
  const at = parents.findIndex((_, i) => Array.isArray(valueAt(document, parents.slice(0, i + 1))))
  if (at < 0) return
  throw new CommandError(
    'BadValue',
    `The ${which} field cannot be an array element, '${path}' in doc with _id: ${show(document.get('_id'))} has an array field called '${parents[at] ?? ''}'`,
  )
}

/** Refuses a `$rename` that could never be carried out. */
export function checkRename(path: string, operand: Value): void {
  if (typeof operand !== 'string')
    throw new CommandError(
      'BadValue',
      `The 'to' field for $rename must be a string: ${path}: ${show(operand)}`,
    )
  if (operand.includes('\0'))
    throw new CommandError(
      'BadValue',
      "The 'to' field for $rename cannot contain an embedded null byte",
    )
  if (operand === path)
    throw new CommandError(
      'BadValue',
      `The source and target field for $rename must differ: ${path}: "${operand}"`,
    )
  if (`${operand}.`.startsWith(`${path}.`) || `${path}.`.startsWith(`${operand}.`))
    throw new CommandError(
      'BadValue',
      `The source and target field for $rename must not be on the same path: ${path}: "${operand}"`,
    )
  const target = operand.split('.')
  if (target.includes('')) {
    throw new CommandError(
      56,
      operand === ''
        ? 'An empty update path is not valid.'
        : `The update path '${operand}' contains an empty field name, which is not allowed.`,
    )
  }
  refuseDynamic(path, 'source')
  refuseDynamic(operand, 'destination')
  if (target[0]?.startsWith('$')) throw dollarPrefixed(target[0], operand)
}

function refuseDynamic(path: string, which: 'source' | 'destination'): void {
  if (!path.split('.').some(isPlaceholder)) return
  throw new CommandError('BadValue', `The ${which} field for $rename may not be dynamic: ${path}`)
}

/** The refusal of a name at the top of a document that begins with a dollar. */
export function dollarPrefixed(name: string, path: string): CommandError {
  return new CommandError(
    'DollarPrefixedFieldName',
    `The dollar ($) prefixed field '${name}' in '${path}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
  )
}
