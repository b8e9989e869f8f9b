import { compareValues, equalValues } from '../bson/compare.ts'
import { bsonType, isNumber, typeOrder, type Value } from '../bson/values.ts'
import type { Filter } from './filter-types.ts'

/** True when every document that meets all `clauses` surely meets `wanted`, a partial index's filter. */
export function impliesFilter(clauses: readonly Filter[], wanted: Filter): boolean {
  if (wanted.kind === 'and') return wanted.clauses.every((each) => impliesFilter(clauses, each))
  if (wanted.kind === 'or' && wanted.clauses.some((each) => impliesFilter(clauses, each)))
    return true
  return clauses.some((clause) => implies(clause, wanted))
}

function implies(clause: Filter, wanted: Filter): boolean {
  if (clause.kind === 'or') return clause.clauses.every((each) => impliesFilter([each], wanted))
  if (clause.kind === 'and') return impliesFilter(clause.clauses, wanted)
  if (!('path' in clause) || !('path' in wanted) || clause.path !== wanted.path) return false
  const values = valuesOf(clause)
  if (values) return values.every((value) => valueImplies(value, wanted))
  if (wanted.kind === 'exists') return wanted.exists && excludesMissing(clause)
  if (clause.kind === 'type' && wanted.kind === 'type') {
    return clause.types.every((type) => wanted.types.includes(type))
  }
  if (clause.kind === 'prefix' && wanted.kind === 'range') {
    return (
      wanted.operator === '$gte' &&
      typeof wanted.value === 'string' &&
      wanted.value <= clause.prefix
    )
  }
  return clause.kind === 'range' && wanted.kind === 'range' && rangeImplies(clause, wanted)
}

function valuesOf(clause: Filter): readonly Value[] | null {
  if (clause.kind === 'in') return clause.values
  return clause.kind === 'range' && clause.operator === '$eq' ? [clause.value] : null
}

function valueImplies(value: Value, wanted: Filter): boolean {
  if (value === null || Array.isArray(value)) return false
  if (wanted.kind === 'exists') return wanted.exists
  if (wanted.kind === 'type') return typesOf(value).every((type) => wanted.types.includes(type))
  if (wanted.kind === 'in') return wanted.values.some((each) => equalValues(each, value))
  return wanted.kind === 'range' && wanted.matches(new Map(nestedField(wanted.path, value)))
}

// A number equals numbers of all four types, so the document may hold any of them.
function typesOf(value: Value): readonly number[] {
  return isNumber(value) ? [1, 16, 18, 19] : [bsonType(value)[0]]
}

function nestedField(path: string, value: Value): [string, Value][] {
  const [head = '', ...rest] = path.split('.')
  return [[head, rest.length === 0 ? value : new Map(nestedField(rest.join('.'), value))]]
}

function excludesMissing(clause: Filter): boolean {
  if (clause.kind === 'exists') return clause.exists
  return clause.kind === 'range'
    ? clause.value !== null
    : clause.kind === 'prefix' || clause.kind === 'type'
}

type Range = Extract<Filter, { kind: 'range' }>

function rangeImplies(clause: Range, wanted: Range): boolean {
  if (typeOrder(clause.value) !== typeOrder(wanted.value)) return false
  const difference = compareValues(clause.value, wanted.value)
  const isStrict = !clause.operator.endsWith('e')
  const [side, wantedSide] = [clause.operator.slice(0, 3), wanted.operator.slice(0, 3)]
  if (side !== wantedSide) return false
  const beyond = side === '$gt' ? difference > 0 : difference < 0
  return beyond || (difference === 0 && (isStrict || wanted.operator.endsWith('e')))
}
