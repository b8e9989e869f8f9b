import { Binary, Decimal128, Double, ObjectId } from 'bson'
import { isDoc, RawDocument, type Value } from './values.ts'

/** A value as mongod's error messages show it. */
export function show(value: Value): string {
  if (typeof value === 'string') return `"${value}"`
  if (isDoc(value)) {
    return value.size === 0
      ? '{}'
      : `{ ${[...value].map(([name, inner]) => `${name}: ${show(inner)}`).join(', ')} }`
  }
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[ ${value.map(show).join(', ')} ]`
  if (value instanceof Date) return `new Date(${String(value.getTime())})`
  if (value instanceof ObjectId) return `ObjectId('${value.toHexString()}')`
  if (value instanceof Double)
    return Number.isInteger(value.value) ? value.value.toFixed(1) : String(value.value)
  if (value instanceof Decimal128) return `NumberDecimal("${value.toString()}")`
  if (value instanceof Binary)
    return `BinData(${String(value.sub_type)}, ${value.toString('hex').toUpperCase()})`
  if (value === null || typeof value !== 'object') return String(value)
  return value instanceof RawDocument ? 'a document' : JSON.stringify(value)
}

/** A text as it is, anything else as messages show it. */
export function asText(value: Value): string {
  return typeof value === 'string' ? value : show(value)
}
