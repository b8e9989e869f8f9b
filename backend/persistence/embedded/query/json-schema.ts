import { CommandError } from '../errors.ts'
import { compareValues, equalValues, inNameOrder } from '../bson/compare.ts'
import { asText } from '../bson/show.ts'
import { bsonType, isDoc, isNumber, toDouble, type Doc, type Value } from '../bson/values.ts'
import { compileRegex } from './regex.ts'
import { parseTypes } from './type-names.ts'

type Check = (value: Value) => boolean

/** The test that a `$jsonSchema` describes (draft 4 as MongoDB has it). */
export function jsonSchemaMatcher(schema: Doc): (document: Doc) => boolean {
  return schemaCheck(schema)
}

/** The test of any value, not only of whole documents. */
export function schemaCheck(schema: Doc): Check {
  const checks: Check[] = []
  for (const [name, operand] of schema) {
    const make = keywords.get(name)
    if (!make) throw new CommandError('FailedToParse', `Unknown $jsonSchema keyword: ${name}`)
    const check = make(operand, schema)
    if (check) checks.push(check)
  }
  return (value) => checks.every((check) => check(value))
}

type Keyword = (operand: Value, schema: Doc) => Check | null

const jsonTypes: Readonly<Record<string, string>> = {
  boolean: 'bool',
  object: 'object',
  array: 'array',
  number: 'number',
  string: 'string',
  null: 'null',
}

const keywords: ReadonlyMap<string, Keyword> = new Map<string, Keyword>([
  ['bsonType', (operand) => typeCheck(parseTypes(operand))],
  [
    'type',
    (operand) =>
      typeCheck(parseTypes(listOf(operand).map((name) => jsonTypes[asText(name)] ?? name))),
  ],
  ['required', required],
  ['properties', properties],
  ['patternProperties', patternProperties],
  ['additionalProperties', additionalProperties],
  ['enum', oneOfValues],
  ['minimum', (operand, schema) => limit(operand, schema.get('exclusiveMinimum') === true, 1)],
  ['maximum', (operand, schema) => limit(operand, schema.get('exclusiveMaximum') === true, -1)],
  ['exclusiveMinimum', () => null],
  ['exclusiveMaximum', () => null],
  ['multipleOf', multipleOf],
  ['minLength', (operand) => sized('string', operand, (length, wanted) => length >= wanted)],
  ['maxLength', (operand) => sized('string', operand, (length, wanted) => length <= wanted)],
  ['minItems', (operand) => sized('array', operand, (length, wanted) => length >= wanted)],
  ['maxItems', (operand) => sized('array', operand, (length, wanted) => length <= wanted)],
  ['minProperties', (operand) => sized('object', operand, (length, wanted) => length >= wanted)],
  ['maxProperties', (operand) => sized('object', operand, (length, wanted) => length <= wanted)],
  ['uniqueItems', (operand) => (operand === true ? hasUniqueItems : null)],
  ['items', items],
  ['additionalItems', () => null],
  ['pattern', pattern],
  [
    'allOf',
    (operand) => combined(operand, (checks, value) => checks.every((check) => check(value))),
  ],
  [
    'anyOf',
    (operand) => combined(operand, (checks, value) => checks.some((check) => check(value))),
  ],
  [
    'oneOf',
    (operand) =>
      combined(operand, (checks, value) => checks.filter((check) => check(value)).length === 1),
  ],
  [
    'not',
    (operand) => {
      const check = schemaCheck(subschema('not', operand))
      return (value) => !check(value)
    },
  ],
  ['dependencies', dependencies],
  ['title', () => null],
  ['description', () => null],
])

function listOf(value: Value): readonly Value[] {
  return Array.isArray(value) ? value : [value]
}

function subschema(keyword: string, value: Value): Doc {
  if (isDoc(value)) return value
  throw new CommandError('TypeMismatch', `$jsonSchema keyword '${keyword}' must be an object`)
}

function typeCheck(types: readonly number[]): Check {
  return (value) => types.includes(bsonType(value)[0])
}

function required(operand: Value): Check {
  const names = listOf(operand).map((name) => {
    if (typeof name === 'string') return name
    throw new CommandError(
      'TypeMismatch',
      "$jsonSchema keyword 'required' must be an array of strings",
    )
  })
  return (value) => !isDoc(value) || names.every((name) => value.has(name))
}

function properties(operand: Value): Check {
  const checks = [...subschema('properties', operand)].map(
    ([name, schema]) => [name, schemaCheck(subschema(name, schema))] as const,
  )
  return (value) =>
    !isDoc(value) || checks.every(([name, check]) => !value.has(name) || check(value.get(name)))
}

function additionalProperties(operand: Value, schema: Doc): Check | null {
  const named = schema.get('properties')
  const patterns = schema.get('patternProperties')
  const expressions = isDoc(patterns)
    ? [...patterns.keys()].map((source) => compileRegex(source, ''))
    : []
  const rest = isDoc(operand) ? schemaCheck(operand) : () => operand !== false
  return (value) =>
    !isDoc(value) ||
    [...value].every(([name, member]) => {
      const isNamed = isDoc(named) && named.has(name)
      return isNamed || expressions.some((expression) => expression.test(name)) || rest(member)
    })
}

function patternProperties(operand: Value): Check {
  const checks = [...subschema('patternProperties', operand)].map(
    ([source, schema]) =>
      [compileRegex(source, ''), schemaCheck(subschema(source, schema))] as const,
  )
  return (value) =>
    !isDoc(value) ||
    checks.every(([expression, check]) =>
      [...value].every(([name, member]) => !expression.test(name) || check(member)),
    )
}

function limit(operand: Value, exclusive: boolean, sign: 1 | -1): Check {
  return (value) => {
    if (!isNumber(value)) return true
    const difference = compareValues(value, operand) * sign
    return exclusive ? difference > 0 : difference >= 0
  }
}

function multipleOf(operand: Value): Check {
  const divisor = isNumber(operand) ? toDouble(operand) : 1
  return (value) => !isNumber(value) || toDouble(value) % divisor === 0
}

function sized(
  kind: 'string' | 'array' | 'object',
  operand: Value,
  decide: (length: number, wanted: number) => boolean,
): Check {
  const wanted = isNumber(operand) ? toDouble(operand) : 0
  return (value) => {
    if (kind === 'string') return typeof value !== 'string' || decide([...value].length, wanted)
    if (kind === 'array') return !Array.isArray(value) || decide(value.length, wanted)
    return !isDoc(value) || decide(value.size, wanted)
  }
}

function oneOfValues(operand: Value): Check {
  const values = listOf(operand).map(inNameOrder)
  return (value) => {
    const wanted = inNameOrder(value)
    return values.some((each) => equalValues(each, wanted))
  }
}

function hasUniqueItems(value: Value): boolean {
  if (!Array.isArray(value)) return true
  const sorted = value.map(inNameOrder).sort((a, b) => compareValues(a, b))
  return sorted.every((item, index) => index === 0 || !equalValues(item, sorted[index - 1]))
}

function items(operand: Value, schema: Doc): Check {
  if (Array.isArray(operand)) {
    const checks = operand.map((each) => schemaCheck(subschema('items', each)))
    const others = schema.get('additionalItems')
    const rest = isDoc(others) ? schemaCheck(others) : () => others !== false
    return (value) =>
      !Array.isArray(value) || value.every((item, index) => (checks[index] ?? rest)(item))
  }
  const check = schemaCheck(subschema('items', operand))
  return (value) => !Array.isArray(value) || value.every((item) => check(item))
}

function pattern(operand: Value): Check {
  const expression = compileRegex(asText(operand), '')
  return (value) => typeof value !== 'string' || expression.test(value)
}

function combined(
  operand: Value,
  decide: (checks: readonly Check[], value: Value) => boolean,
): Check {
  const checks = listOf(operand).map((schema) => schemaCheck(subschema('allOf', schema)))
  return (value) => decide(checks, value)
}

function dependencies(operand: Value): Check {
  const rules = [...subschema('dependencies', operand)].map(([name, rule]) => {
    const check = Array.isArray(rule) ? required(rule) : schemaCheck(subschema(name, rule))
    return [name, check] as const
  })
  return (value) =>
    !isDoc(value) || rules.every(([name, check]) => !value.has(name) || check(value))
}
