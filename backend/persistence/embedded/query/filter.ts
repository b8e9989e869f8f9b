import { BSONRegExp } from 'bson'
import { CommandError, notSupported } from '../errors.ts'
import { isDoc, isNumber, toDouble, type Doc, type Value } from '../bson/values.ts'
import { fieldOperators } from './field-operators.ts'
import type { Filter, FilterContext, Matches, Place } from './filter-types.ts'
import { fieldsRead } from './fields-read.ts'
import { jsonSchemaMatcher } from './json-schema.ts'
import { placeAt } from './paths.ts'
import { checkSchema } from './schema-checks.ts'

const maxFilterDepth = 100

/** Parses a MongoDB filter, refusing what mongod would refuse with mongod's code. */
export function parseFilter(filter: Doc, context: FilterContext): Filter {
  const { compareText, variables } = context
  return Object.assign(parseClauses(filter, context, 0), {
    reads: fieldsRead(filter),
    // How a collation compares is a function, which cannot be told to another thread.
    ...(compareText ? {} : { origin: { filter, variables } }),
  })
}

function parseClauses(filter: Doc, context: FilterContext, depth: number): Filter {
  if (depth > maxFilterDepth) {
    throw new CommandError('BadValue', 'BSONObj exceeds maximum nested object depth')
  }
  const clauses: Filter[] = []
  for (const [name, operand] of filter) {
    if (name.startsWith('$')) clauses.push(...parseTopLevel(name, operand, context, depth))
    else clauses.push(...parseField(name, operand, context, depth))
  }
  return all(clauses)
}

/** The filter that wants what every clause wants. */
function all(clauses: readonly Filter[]): Filter {
  const [only] = clauses
  if (only && clauses.length === 1) return only
  const tests = clauses.map((clause) => clause.matches)
  return { kind: 'and', clauses, matches: (document) => tests.every((test) => test(document)) }
}

function any(clauses: readonly Filter[]): Filter {
  const tests = clauses.map((clause) => clause.matches)
  return { kind: 'or', clauses, matches: (document) => tests.some((test) => test(document)) }
}

function other(matches: Matches): Filter {
  return { kind: 'other', matches }
}

const notHere: Readonly<Record<string, string>> = {
  $text: 'the $text operator',
  $where: 'the $where operator',
  $near: 'the $near operator',
  $nearSphere: 'the $nearSphere operator',
  $geoWithin: 'the $geoWithin operator',
  $geoIntersects: 'the $geoIntersects operator',
  $within: 'the $within operator',
}

function parseTopLevel(
  name: string,
  operand: Value,
  context: FilterContext,
  depth: number,
): Filter[] {
  refuseMisplaced(name, context)
  switch (name) {
    case '$and':
      return clauseList(name, operand, context, depth)
    case '$or':
      return [any(clauseList(name, operand, context, depth))]
    case '$nor': {
      const none = any(clauseList(name, operand, context, depth)).matches
      return [other((document) => !none(document))]
    }
    case '$expr': {
      context.checkExpression(operand)
      return [other((document) => truthy(context.evaluate(operand, document)))]
    }
    case '$jsonSchema':
      if (!isDoc(operand)) throw new CommandError('TypeMismatch', '$jsonSchema must be an object')
      if (!context.isStored) checkSchema(operand)
      return [other(jsonSchemaMatcher(operand))]
    case '$comment':
      return []
    // The fields of a reference are values like any other, also where it is the whole document.
    case '$ref':
    case '$id':
    case '$db':
      return [
        parseOperator({ path: name, name: '$eq', operand, siblings: new Map(), context, depth }),
      ]
    case '$sampleRate':
      return [sampled(operand)]
    case '$alwaysTrue':
    case '$alwaysFalse':
      if (!isNumber(operand) || toDouble(operand) !== 1)
        throw new CommandError('FailedToParse', `${name} must be an integer value of 1`)
      return [other(() => name === '$alwaysTrue')]
    default: {
      const feature = notHere[name]
      if (feature) throw notSupported(feature)
      throw new CommandError(
        'BadValue',
        `unknown top level operator: ${name}. If you have a field name that starts with a '$' symbol, consider using $getField or $setField.`,
      )
    }
  }
}

function refuseMisplaced(name: string, { isWithin, isPart, isUpsert }: FilterContext): void {
  const isAboutAll = name === '$expr' || name === '$jsonSchema'
  if (isWithin && isAboutAll)
    throw new CommandError('BadValue', `${name} can only be applied to the top-level document`)
  if (isPart && (isAboutAll || notHere[name])) {
    const code = isAboutAll ? 'QueryFeatureNotAllowed' : 'BadValue'
    throw new CommandError(code, `${name} is not allowed in this context`)
  }
  if (isUpsert && name === '$expr') {
    const message = '$expr is not allowed in the query predicate for an upsert'
    throw new CommandError('QueryFeatureNotAllowed', message)
  }
}

function sampled(operand: Value): Filter {
  const rate = isNumber(operand) ? toDouble(operand) : Number.NaN
  if (rate >= 0 && rate <= 1) return other(() => Math.random() < rate)
  throw new CommandError('BadValue', 'numeric argument to $sampleRate must be in [0, 1]')
}

function clauseList(name: string, operand: Value, context: FilterContext, depth: number): Filter[] {
  if (!Array.isArray(operand)) throw new CommandError('BadValue', `${name} must be an array`)
  if (operand.length === 0) {
    throw new CommandError('BadValue', '$and/$or/$nor must be a nonempty array')
  }
  return operand.map((clause) => {
    if (!isDoc(clause)) {
      throw new CommandError('BadValue', `$or/$and/$nor entries need to be full objects`)
    }
    return parseClauses(clause, context, depth + 1)
  })
}

function truthy(value: Value): boolean {
  if (value === undefined || value === null || value === false) return false
  return !isNumber(value) || toDouble(value) !== 0
}

function parseField(path: string, operand: Value, context: FilterContext, depth: number): Filter[] {
  if (!isOperatorDocument(operand)) {
    const name = operand instanceof BSONRegExp ? '$regex' : '$eq'
    return [parseOperator({ path, name, operand, siblings: new Map(), context, depth })]
  }
  const clauses: Filter[] = []
  for (const [name, argument] of operand) {
    if (name === '$options' && operand.has('$regex')) continue
    clauses.push(
      parseOperator({ path, name, operand: argument, siblings: operand, context, depth }),
    )
  }
  return clauses
}

/** True for `{ $gt: 1 }` and the like; `{ $ref: …, $id: … }` is a value. */
export function isOperatorDocument(value: Value): value is Doc {
  if (!isDoc(value)) return false
  const first = value.keys().next().value
  return first?.startsWith('$') === true && first !== '$ref' && first !== '$id' && first !== '$db'
}

/** One operator on one path, with what it needs to be parsed. */
export interface OperatorInput {
  readonly path: string
  readonly name: string
  readonly operand: Value
  readonly siblings: Doc
  readonly context: FilterContext
  readonly depth: number
}

function parseOperator(input: OperatorInput): Filter {
  const { path, name, operand, context, depth } = input
  if (name === '$not') return parseNot(input)
  if (name === '$elemMatch') return parseElementMatch(input)
  if (name === '$all') return parseAll(input)
  const feature = notHere[name]
  if (feature) throw notSupported(feature)
  const parse = fieldOperators.get(name)
  if (!parse) throw new CommandError('BadValue', `unknown operator: ${name}`)
  return parse({ path, operand, siblings: input.siblings, context, depth })
}

function parseNot({ path, operand, context, depth }: OperatorInput): Filter {
  if (operand instanceof BSONRegExp) {
    const positive = all(parseField(path, operand, context, depth + 1)).matches
    return other((document) => !positive(document))
  }
  if (!isOperatorDocument(operand)) {
    throw new CommandError('BadValue', '$not needs a regex or a document')
  }
  const positive = all(parseField(path, operand, context, depth + 1)).matches
  return other((document) => !positive(document))
}

function parseElementMatch({ path, operand, context, depth }: OperatorInput): Filter {
  if (!isDoc(operand)) throw new CommandError('BadValue', '$elemMatch needs an Object')
  if (depth > maxFilterDepth) {
    throw new CommandError('BadValue', 'BSONObj exceeds maximum nested object depth')
  }
  const first = operand.keys().next().value ?? ''
  const isValueMatch =
    isOperatorDocument(operand) && !['$and', '$or', '$nor', '$expr'].includes(first)
  const inner = isValueMatch
    ? all(parseField('', operand, { ...context, isElement: true }, depth + 1))
    : parseClauses(operand, { ...context, isElement: false, isWithin: true }, depth + 1)
  // A value match looks at the element itself, wrapped as the field with the empty name.
  const wants = isValueMatch
    ? (element: Value) => inner.matches(new Map([['', element]]))
    : (element: Value) => {
        const document = asDocument(element)
        return document !== null && inner.matches(document)
      }
  const steps = path.split('.')
  const matches: Matches = (document) =>
    arraysAt(document, steps, (array) => array.some((element) => wants(element)))
  const place: Place = (document) =>
    placeAt(document, steps, (value) => {
      const found = Array.isArray(value) ? value.findIndex((element) => wants(element)) : -1
      return found < 0 ? null : found
    })
  return isValueMatch
    ? { kind: 'other', matches, place }
    : { kind: 'element', path, inner, matches, place }
}

// An array stands for the document that has its indexes as names, as it does in BSON.
function asDocument(element: Value): Doc | null {
  if (isDoc(element)) return element
  return Array.isArray(element)
    ? new Map(element.map((each, index) => [String(index), each]))
    : null
}

/** The test of operators or a pattern on a value itself: an array is not searched a level deeper. */
export function parseValueTest(operand: Value, context: FilterContext): (value: Value) => boolean {
  const test = all(parseField('', operand, { ...context, isElement: true }, 0))
  return (value) => test.matches(new Map([['', value]]))
}

function parseAll({ path, operand, context, depth }: OperatorInput): Filter {
  if (!Array.isArray(operand)) throw new CommandError('BadValue', '$all needs an array')
  if (operand.length === 0) return other(() => false)
  const startsWithElementMatch = isDoc(operand[0]) && operand[0].has('$elemMatch')
  const clauses = operand.map((value) => {
    if (isDoc(value) && value.has('$elemMatch') && startsWithElementMatch) {
      return all(parseField(path, value, context, depth + 1))
    }
    if (startsWithElementMatch)
      throw new CommandError('BadValue', '$all/$elemMatch has to be consistent')
    if (isOperatorDocument(value)) throw new CommandError('BadValue', 'no $ expressions in $all')
    const name = value instanceof BSONRegExp ? '$regex' : '$eq'
    return parseOperator({ path, name, operand: value, siblings: new Map(), context, depth })
  })
  return all(clauses)
}

function arraysAt(
  document: Doc,
  path: readonly string[],
  visit: (array: readonly Value[]) => boolean,
): boolean {
  return visitArrays(document, path, 0, visit)
}

function visitArrays(
  value: Value,
  path: readonly string[],
  from: number,
  visit: (array: readonly Value[]) => boolean,
): boolean {
  if (from === path.length) return Array.isArray(value) && visit(value)
  const name = path[from] ?? ''
  if (isDoc(value)) return visitArrays(value.get(name), path, from + 1, visit)
  if (!Array.isArray(value)) return false
  if (/^\d+$/.test(name) && visitArrays(value[Number(name)], path, from + 1, visit)) return true
  return value.some((element) => isDoc(element) && visitArrays(element, path, from, visit))
}
