import { CommandError } from '../errors.ts'
import { isDoc, type Doc, type Value } from '../bson/values.ts'
import { isOperatorDocument } from '../query/filter.ts'
import type { Filter } from '../query/filter-types.ts'
import { changeAt } from './path-change.ts'

const noPlaceholders = { position: null, arrayFilters: new Map<string, Filter>() }

/** The document that an upsert starts from: what the filter says its fields are equal to. */
export function upsertSeed(filter: Doc, keepsOnlyId: boolean): Doc {
  const equalities = collectEqualities(filter)
  let seed: Doc = new Map()
  const placed = new Set<string>()
  const ids = equalities.filter(([path]) => path === '_id' || path.startsWith('_id.'))
  const insideId = ids.find(([path]) => path !== '_id')
  if (keepsOnlyId && insideId) {
    throw new CommandError(
      'NotExactValueField',
      `field at '_id' must be exactly specified, field at sub-path '${insideId[0]}'found`,
    )
  }
  for (const [path, value] of keepsOnlyId
    ? ids
    : [...ids, ...equalities.filter((each) => !ids.includes(each))]) {
    const steps = path.split('.')
    refuseSecondMatch(path, placed)
    placed.add(path)
    seed = changeAt(seed, {
      path,
      steps,
      change: () => value,
      creates: true,
      placeholders: noPlaceholders,
    })
  }
  return seed
}

function refuseSecondMatch(path: string, placed: ReadonlySet<string>): void {
  if (placed.has(path)) {
    throw new CommandError(
      'NotSingleValueField',
      `cannot infer query fields to set, path '${path}' is matched twice`,
    )
  }
  for (const other of placed) {
    if (!`${path}.`.startsWith(`${other}.`) && !`${other}.`.startsWith(`${path}.`)) continue
    throw new CommandError(
      54,
      `cannot infer query fields to set, both paths '${path}' and '${other}' are matched`,
    )
  }
}

function collectEqualities(filter: Doc): [string, Value][] {
  return [...filter].flatMap(([name, operand]): [string, Value][] => {
    if (name === '$and' && Array.isArray(operand))
      return operand.filter(isDoc).flatMap(collectEqualities)
    if (name === '$or' && Array.isArray(operand) && operand.length === 1) {
      return operand.filter(isDoc).flatMap(collectEqualities)
    }
    if (name.startsWith('$')) return []
    if (!isOperatorDocument(operand)) return isPattern(operand) ? [] : [[name, operand]]
    return equalTo(operand).map((value) => [name, value])
  })
}

function equalTo(operators: Doc): Value[] {
  return [...operators].flatMap(([name, operand]) => {
    if (name === '$eq') return [operand]
    if (!Array.isArray(operand)) return []
    const values = operand.filter((value) => !isPattern(value) && !isOperatorDocument(value))
    return name === '$all' || (name === '$in' && operand.length === 1) ? values : []
  })
}

function isPattern(value: Value): boolean {
  return (
    value !== null &&
    typeof value === 'object' &&
    '_bsontype' in value &&
    value._bsontype === 'BSONRegExp'
  )
}
