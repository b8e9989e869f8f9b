import { equalValues, inNameOrder } from '../bson/compare.ts'
import { bsonType, doc, isDoc, type Doc, type Value } from '../bson/values.ts'
import { schemaCheck } from './json-schema.ts'

// What a keyword needs beside it to be checked alone.
const companions: Readonly<Record<string, readonly string[]>> = {
  minimum: ['exclusiveMinimum'],
  maximum: ['exclusiveMaximum'],
  additionalProperties: ['properties', 'patternProperties'],
  items: ['additionalItems'],
}

/** The rules of a `$jsonSchema` that a value does not meet, in mongod's words. */
export function schemaDetails(schema: Doc, value: Value): Doc[] {
  return [...schema].flatMap(([keyword, operand]) => {
    const rule: Doc = new Map([[keyword, operand]])
    for (const name of companions[keyword] ?? []) {
      if (schema.has(name) && name.startsWith('exclusive')) rule.set(name, schema.get(name))
    }
    const alone = new Map(rule)
    for (const name of companions[keyword] ?? []) {
      if (schema.has(name)) alone.set(name, schema.get(name))
    }
    if (keyword === 'additionalProperties') return additional(rule, alone, value)
    return schemaCheck(alone)(value) ? [] : [broken(keyword, operand, rule, value)]
  })
}

function additional(rule: Doc, alone: Doc, value: Value): Doc[] {
  if (!isDoc(value)) return []
  // The named properties are told of by their own rule: here only the others count.
  const extra = [...value].filter(([name, member]) => !isAllowed(alone, name, member))
  if (extra.length === 0) return []
  const names = extra.map(([name]) => name)
  return [
    doc({
      operatorName: 'additionalProperties',
      specifiedAs: rule,
      additionalProperties: names,
    }),
  ]
}

function isAllowed(alone: Doc, name: string, member: Value): boolean {
  const named = alone.get('properties')
  if (isDoc(named) && named.has(name)) return true
  const rest = new Map([...alone].filter(([keyword]) => keyword !== 'patternProperties'))
  const patterns = alone.get('patternProperties')
  if (isDoc(patterns)) {
    rest.set('patternProperties', new Map([...patterns.keys()].map((each) => [each, new Map()])))
  }
  return schemaCheck(rest)(new Map([[name, member]]))
}

const comparison = 'comparison failed'
const reasons: Readonly<Record<string, string>> = {
  minimum: comparison,
  maximum: comparison,
  enum: 'value was not found in enum',
  bsonType: 'type did not match',
  type: 'type did not match',
  pattern: 'regular expression did not match',
  minLength: 'specified string length was not satisfied',
  maxLength: 'specified string length was not satisfied',
  minItems: 'array did not match specified length',
  maxItems: 'array did not match specified length',
  minProperties: 'specified number of properties was not satisfied',
  maxProperties: 'specified number of properties was not satisfied',
  uniqueItems: 'found a duplicate item',
  multipleOf: 'considered value is not a multiple of the specified value',
  not: 'child expression matched',
}

function broken(keyword: string, operand: Value, rule: Doc, value: Value): Doc {
  if (keyword === 'required') {
    const missingProperties = listOf(operand).filter(
      (name) => typeof name === 'string' && isDoc(value) && !value.has(name),
    )
    return doc({ operatorName: keyword, specifiedAs: rule, missingProperties })
  }
  if (keyword === 'properties') {
    return doc({ operatorName: keyword, propertiesNotSatisfied: properties(operand, value) })
  }
  if (keyword === 'items') return items(operand, value)
  if (['allOf', 'anyOf', 'oneOf'].includes(keyword)) return combined(keyword, operand, value)
  return doc({
    operatorName: keyword,
    specifiedAs: rule,
    reason: reasons[keyword],
    consideredValue: keyword === 'not' ? undefined : value,
    consideredType: /ype$/.test(keyword) ? bsonType(value)[1] : undefined,
    numberOfItems: /Items$/.test(keyword) && Array.isArray(value) ? value.length : undefined,
    numberOfProperties: /Properties$/.test(keyword) && isDoc(value) ? value.size : undefined,
    duplicatedValue: keyword === 'uniqueItems' ? duplicated(value) : undefined,
  })
}

function properties(operand: Value, value: Value): Doc[] {
  if (!isDoc(operand) || !isDoc(value)) return []
  return [...operand].flatMap(([propertyName, schema]) => {
    if (!isDoc(schema) || !value.has(propertyName)) return []
    const details = schemaDetails(schema, value.get(propertyName))
    const description = schema.get('description')
    const title = schema.get('title')
    return details.length === 0 ? [] : [doc({ propertyName, title, description, details })]
  })
}

function items(operand: Value, value: Value): Doc {
  const elements = listOf(value)
  const schemaAt = (index: number): Value => (Array.isArray(operand) ? operand[index] : operand)
  const itemIndex = elements.findIndex((element, index) => {
    const schema = schemaAt(index)
    return isDoc(schema) && !schemaCheck(schema)(element)
  })
  const schema = schemaAt(itemIndex)
  return doc({
    operatorName: 'items',
    reason: 'At least one item did not match the sub-schema',
    itemIndex,
    details: isDoc(schema) ? schemaDetails(schema, elements[itemIndex]) : [],
  })
}

function combined(keyword: string, operand: Value, value: Value): Doc {
  const schemas = listOf(operand).filter(isDoc)
  const failed = schemas.flatMap((schema, index) => {
    const details = schemaDetails(schema, value)
    return details.length === 0 ? [] : [doc({ index, details })]
  })
  if (keyword !== 'oneOf' || failed.length === schemas.length)
    return doc({ operatorName: keyword, schemasNotSatisfied: failed })
  const matchingSchemaIndexes = schemas.flatMap((schema, index) =>
    schemaCheck(schema)(value) ? [index] : [],
  )
  return doc({
    operatorName: keyword,
    reason: 'more than one subschema matched',
    matchingSchemaIndexes,
  })
}

function duplicated(value: Value): Value {
  const elements = listOf(value)
  const compared = elements.map(inNameOrder)
  return elements.find((_, i) =>
    compared.slice(0, i).some((other) => equalValues(compared[i], other)),
  )
}

function listOf(value: Value): readonly Value[] {
  return Array.isArray(value) ? value : [value]
}
