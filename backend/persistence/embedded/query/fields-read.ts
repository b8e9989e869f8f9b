import { isDoc, type Doc } from '../bson/values.ts'

/**
 * The names of the fields that a filter looks into, outermost ones alone: nothing else of a document
 * has to be decoded. Null where it may be any of them.
 */
export function fieldsRead(filter: Doc): ReadonlySet<string> | null {
  const names = new Set<string>()
  return addFields(filter, names) ? names : null
}

function addFields(filter: Doc, names: Set<string>): boolean {
  for (const [name, operand] of filter) {
    if (logical.has(name)) {
      const clauses = Array.isArray(operand) ? operand : []
      if (!clauses.filter(isDoc).every((clause) => addFields(clause, names))) return false
    } else if (!name.startsWith('$') || references.has(name)) {
      names.add(name.split('.', 1)[0] ?? '')
    } else if (!fieldless.has(name)) return false
  }
  return true
}

const logical = new Set(['$and', '$or', '$nor'])
const references = new Set(['$ref', '$id', '$db'])
const fieldless = new Set(['$comment', '$sampleRate', '$alwaysTrue', '$alwaysFalse'])
