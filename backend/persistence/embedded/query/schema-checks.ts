import { CommandError, type ErrorName } from '../errors.ts'
import { equalValues, inNameOrder } from '../bson/compare.ts'
import { show } from '../bson/show.ts'
import { bsonType, isDoc, isNumber, toDouble, type Doc, type Value } from '../bson/values.ts'
import { parseTypes } from './type-names.ts'

type Test = (keyword: string, operand: Value, schema: Doc) => void

/** Refuses a `$jsonSchema` that mongod would refuse: a rule that says nothing would let all pass. */
export function checkSchema(schema: Doc): void {
  for (const [keyword, operand] of schema) {
    if (unsupported.has(keyword)) refuse('FailedToParse', keyword, 'is not currently supported')
    const test = tests.get(keyword)
    if (!test) throw new CommandError('FailedToParse', `Unknown $jsonSchema keyword: ${keyword}`)
    test(keyword, operand, schema)
  }
  if (schema.has('type') && schema.has('bsonType')) {
    throw new CommandError(
      'FailedToParse',
      "Cannot specify both $jsonSchema keywords 'type' and 'bsonType'",
    )
  }
}

const unsupported = new Set(['$ref', '$schema', 'default', 'definitions', 'format', 'id'])

const tests: ReadonlyMap<string, Test> = new Map<string, Test>([
  ['bsonType', typeNames],
  ['type', jsonTypeNames],
  ['required', names],
  ['properties', schemasByName],
  ['patternProperties', schemasByName],
  ['additionalProperties', schemaOrFlag],
  ['enum', distinctList],
  ['minimum', aNumber],
  ['maximum', aNumber],
  ['exclusiveMinimum', besides('minimum')],
  ['exclusiveMaximum', besides('maximum')],
  ['multipleOf', divisor],
  ['minLength', length],
  ['maxLength', length],
  ['minItems', length],
  ['maxItems', length],
  ['minProperties', length],
  ['maxProperties', length],
  ['uniqueItems', flag],
  ['items', items],
  ['additionalItems', schemaOrFlag],
  ['pattern', aText],
  ['allOf', schemas],
  ['anyOf', schemas],
  ['oneOf', schemas],
  ['not', nested],
  ['dependencies', dependencies],
  ['title', aText],
  ['description', aText],
])

function refuse(code: ErrorName, keyword: string, what: string): never {
  throw new CommandError(code, `$jsonSchema keyword '${keyword}' ${what}`)
}

function typeName(value: Value): string {
  return bsonType(value)[1]
}

function listOfNames(keyword: string, operand: Value): readonly string[] {
  const list = Array.isArray(operand) ? operand : [operand]
  if (list.length === 0) refuse('FailedToParse', keyword, 'must name at least one type')
  if (new Set(list).size < list.length) refuse('FailedToParse', keyword, 'has duplicate value')
  return list.map((name) => {
    if (typeof name === 'string') return name
    return refuse('TypeMismatch', keyword, 'must be either a string or an array of strings')
  })
}

function typeNames(keyword: string, operand: Value): void {
  parseTypes([...listOfNames(keyword, operand)])
}

const jsonTypes = ['boolean', 'object', 'array', 'number', 'string', 'null']

function jsonTypeNames(keyword: string, operand: Value): void {
  for (const name of listOfNames(keyword, operand)) {
    if (name === 'integer') {
      const message = "$jsonSchema type 'integer' is not currently supported."
      throw new CommandError('FailedToParse', message)
    }
    if (!jsonTypes.includes(name))
      throw new CommandError('BadValue', `Unknown type name alias: ${name}`)
  }
}

function list(keyword: string, operand: Value): readonly Value[] {
  if (!Array.isArray(operand)) {
    const found = `must be an array, but found an element of type ${typeName(operand)}`
    return refuse('TypeMismatch', keyword, found)
  }
  if (operand.length === 0) refuse('FailedToParse', keyword, 'cannot be an empty array')
  return operand
}

function distinctList(keyword: string, operand: Value): readonly Value[] {
  const given = list(keyword, operand)
  const isAgain = given
    .map(inNameOrder)
    .some((each, i, all) => all.slice(0, i).some((other) => equalValues(each, other)))
  if (isAgain) refuse('FailedToParse', keyword, 'array cannot contain duplicate values')
  return given
}

function names(keyword: string, operand: Value): void {
  for (const name of distinctList(keyword, operand)) {
    if (typeof name === 'string') continue
    const found = `must be an array of strings, but found an element of type: ${typeName(name)}`
    refuse('TypeMismatch', keyword, found)
  }
}

function nested(keyword: string, operand: Value): void {
  if (!isDoc(operand)) refuse('TypeMismatch', keyword, 'must be an object')
  else checkSchema(operand)
}

function schemasByName(keyword: string, operand: Value): void {
  if (!isDoc(operand)) return refuse('TypeMismatch', keyword, 'must be an object')
  for (const [name, schema] of operand) {
    if (!isDoc(schema)) {
      throw new CommandError(
        'TypeMismatch',
        `Nested schema for $jsonSchema property '${name}' must be an object`,
      )
    }
    checkSchema(schema)
  }
}

function schemaOrFlag(keyword: string, operand: Value): void {
  if (isDoc(operand)) checkSchema(operand)
  else if (typeof operand !== 'boolean')
    refuse('TypeMismatch', keyword, 'must be either an object or a boolean')
}

function schemas(keyword: string, operand: Value): void {
  for (const schema of list(keyword, operand)) {
    if (!isDoc(schema)) return refuse('TypeMismatch', keyword, 'must be an array of objects')
    checkSchema(schema)
  }
}

function items(keyword: string, operand: Value): void {
  if (isDoc(operand)) {
    checkSchema(operand)
    return
  }
  if (!Array.isArray(operand)) {
    const found = `must be an array or an object, not ${typeName(operand)}`
    return refuse('TypeMismatch', keyword, found)
  }
  for (const schema of operand) {
    if (!isDoc(schema))
      return refuse('TypeMismatch', keyword, 'requires that each element of the array is an object')
    checkSchema(schema)
  }
}

function dependencies(keyword: string, operand: Value): void {
  if (!isDoc(operand)) return refuse('TypeMismatch', keyword, 'must be an object')
  for (const [name, rule] of operand) {
    if (isDoc(rule)) checkSchema(rule)
    else if (Array.isArray(rule)) names(name, rule)
    else refuse('TypeMismatch', keyword, `must have an object or an array for '${name}'`)
  }
}

function aNumber(keyword: string, operand: Value): void {
  if (!isNumber(operand)) refuse('TypeMismatch', keyword, 'must be a number')
}

function aText(keyword: string, operand: Value): void {
  if (typeof operand !== 'string') refuse('TypeMismatch', keyword, 'must be a string')
}

function flag(keyword: string, operand: Value): void {
  if (typeof operand !== 'boolean') refuse('TypeMismatch', keyword, 'must be a boolean')
}

function besides(companion: string): Test {
  return (keyword, operand, schema) => {
    flag(keyword, operand)
    if (schema.has(companion)) return
    throw new CommandError(
      'FailedToParse',
      `$jsonSchema keyword '${companion}' must be a present if '${keyword}' is present`,
    )
  }
}

function divisor(keyword: string, operand: Value): void {
  aNumber(keyword, operand)
  if (isNumber(operand) && toDouble(operand) <= 0)
    refuse('FailedToParse', keyword, 'must have a positive value')
}

function length(keyword: string, operand: Value): void {
  const size = isNumber(operand) ? toDouble(operand) : Number.NaN
  if (Number.isInteger(size) && size >= 0) return
  const shown = `${keyword}: ${show(operand)}`
  if (!isNumber(operand)) throw new CommandError('FailedToParse', `Expected a number in: ${shown}`)
  const what = Number.isInteger(size) ? 'a non-negative number in' : 'an integer'
  throw new CommandError('FailedToParse', `Expected ${what}: ${shown}`)
}
