import { bsonType, type Value } from '../bson/values.ts'

/** True for null and for what is missing: most operators answer null to both. */
export function isNil(value: Value): value is null | undefined {
  return value === null || value === undefined
}

/** The type of an operand as mongod's messages name it. */
export function nameOf(value: Value): string {
  return value === undefined ? 'missing' : bsonType(value)[1]
}
