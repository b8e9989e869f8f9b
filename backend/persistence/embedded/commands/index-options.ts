import { BSONRegExp } from 'bson'
import { CommandError, notSupported, withContext } from '../errors.ts'
import { show } from '../bson/show.ts'
import { isTruthy } from '../aggregation/binding-operators.ts'
import { isTrue } from '../storage/catalog.ts'
import { bsonType, isDoc, isNumber, toDouble, type Doc, type Value } from '../bson/values.ts'

const known = new Set(
  `v key name unique sparse hidden background comment partialFilterExpression expireAfterSeconds
  collation storageEngine prepareUnique clustered ns dropDups weights default_language
  language_override textIndexVersion 2dsphereIndexVersion bits min max bucketSize
  wildcardProjection originalSpec`.split(/\s+/),
)

const maxFields = 32

/** The key and name of an index specification, which is refused if mongod would not take it. */
export function checkSpecification(given: Doc): { key: Doc; name: string } {
  try {
    checkOptions(given)
    const [key, name] = [given.get('key'), given.get('name')]
    if (!isDoc(key) || key.size === 0)
      throw new CommandError('CannotCreateIndex', 'Index keys cannot be empty.')
    if (key.size > maxFields) throw new CommandError(13103, 'too many compound keys')
    for (const [field, direction] of key) checkKeyPart(field, direction)
    checkHashed(key, given)
    if (typeof name !== 'string' || name === '')
      throw new CommandError('CannotCreateIndex', 'index name cannot be empty')
    if (name.includes('\0'))
      throw new CommandError('CannotCreateIndex', 'index name cannot contain NUL bytes')
    const partial = given.get('partialFilterExpression')
    if (partial !== undefined && !isDoc(partial))
      throw new CommandError(
        'TypeMismatch',
        "The field 'partialFilterExpression' must be an object",
      )
    checkExpiry(key, given.get('expireAfterSeconds'))
    return { key, name }
  } catch (error) {
    throw withContext(error, `Error in specification ${show(given)}`)
  }
}

function checkOptions(given: Doc): void {
  for (const option of given.keys()) {
    if (known.has(option)) continue
    throw new CommandError(
      'InvalidIndexSpecificationOption',
      `The field '${option}' is not valid for an index specification.`,
    )
  }
  for (const option of ['unique', 'sparse', 'hidden']) {
    const value = given.get(option)
    if (value !== undefined && typeof value !== 'boolean' && !isNumber(value))
      throw wrongType(option, value, 'bool')
  }
  const expiry = given.get('expireAfterSeconds')
  if (expiry !== undefined && !isNumber(expiry))
    throw wrongType('expireAfterSeconds', expiry, 'number')
  const collation = given.get('collation')
  if (collation !== undefined && !isDoc(collation)) {
    const type = bsonType(collation)[1]
    const message = `The field 'collation' must be an object, but got ${type}`
    throw new CommandError('TypeMismatch', message)
  }
  const key = given.get('key')
  if (!isDoc(key)) throw missing('key')
  if (!given.has('name')) throw missing('name')
  if (given.get('name') === '*')
    throw new CommandError('BadValue', "The index name '*' is not valid.")
  if (isIdIndex(key)) checkIdIndex(given)
  else if (given.get('name') === '_id_')
    throw new CommandError(
      'BadValue',
      `The index name '_id_' is reserved for the _id index, which must have key pattern {_id: 1}, found key: ${show(key)}`,
    )
  checkVersion(given)
}

function checkVersion(given: Doc): void {
  const version = given.get('v')
  if (version === undefined) return
  if (!isNumber(version)) throw wrongType('v', version, 'number')
  if (toDouble(version) === 1 || toDouble(version) === 2) return
  throw new CommandError(
    'CannotCreateIndex',
    `Invalid index specification ${show(given)}; cannot create an index with v=${show(version)}`,
  )
}

function missing(field: string): CommandError {
  return new CommandError(
    'FailedToParse',
    `The '${field}' field is a required property of an index specification`,
  )
}

function wrongType(option: string, value: Value, wanted: string): CommandError {
  return new CommandError(
    'TypeMismatch',
    `The field '${option}' has value of type ${bsonType(value)[1]}, which is not convertible to ${wanted}.`,
  )
}

/** True for the key of the index that every collection has. */
export function isIdIndex(key: Doc): boolean {
  const direction = key.get('_id')
  return key.size === 1 && isNumber(direction) && toDouble(direction) === 1
}

function checkIdIndex(given: Doc): void {
  const allowed = ['key', 'name', 'v', 'ns', 'collation', 'comment', 'background']
  const option = [...given.keys()].find((each) => !allowed.includes(each))
  if (option === undefined) return
  throw new CommandError(
    'InvalidIndexSpecificationOption',
    `The field '${option}' is not valid for an _id index specification.`,
  )
}

const allowedOperators = ['$eq', '$lt', '$lte', '$gt', '$gte', '$exists', '$type', '$in']

const maxPartialDepth = 4

/** A partial index knows equality, ranges, `$exists: true`, `$type`, `$in`, `$and` and `$or`. */
export function checkPartial(filter: Doc, depth = 0): void {
  const isList = filter.size > 1
  if (depth + (isList ? 1 : 0) >= maxPartialDepth) {
    const message = `partialFilterExpression depth may not exceed ${String(maxPartialDepth)}`
    throw new CommandError('CannotCreateIndex', message)
  }
  for (const [name, operand] of filter) {
    if ((name === '$and' || name === '$or') && Array.isArray(operand)) {
      for (const each of operand) if (isDoc(each)) checkPartial(each, depth + 1)
    } else if (name.startsWith('$')) {
      if (name !== '$comment' || depth > 0) throw unsupported(name)
    } else if (operand instanceof BSONRegExp) {
      throw unsupported('$regex')
    } else if (isDoc(operand) && operand.keys().next().value?.startsWith('$')) {
      for (const [operator, argument] of operand) {
        const isAbsence = operator === '$exists' && !isTruthy(argument)
        if (!allowedOperators.includes(operator) || isAbsence) throw unsupported(operator)
      }
    }
  }
}

function unsupported(operator: string): CommandError {
  return new CommandError(
    'CannotCreateIndex',
    `Expression not supported in partial index: ${operator}`,
  )
}

function checkKeyPart(field: string, direction: Value): void {
  if (field === '$**' || field.endsWith('.$**')) throw notSupported('a wildcard index')
  if (field === '' || field.split('.').includes(''))
    throw new CommandError('CannotCreateIndex', 'Index key contains an empty field name')
  if (
    field.split('.').some((step) => step.startsWith('$') && !['$id', '$ref', '$db'].includes(step))
  ) {
    throw new CommandError(
      'CannotCreateIndex',
      `Index key contains an illegal field name: field name starts with '$'.`,
    )
  }
  if (direction === 'hashed') return
  if (typeof direction === 'string') {
    const kinds = ['text', '2d', '2dsphere', 'geoHaystack', 'wildcard']
    if (kinds.includes(direction)) throw notSupported(`a ${direction} index`)
    throw new CommandError('CannotCreateIndex', `Unknown index plugin '${direction}'`)
  }
  if (!isNumber(direction))
    throw new CommandError(
      'CannotCreateIndex',
      `Values in v:2 index key pattern cannot be of type ${bsonType(direction)[1]}. Only numbers > 0, numbers < 0, and strings are allowed.`,
    )
  if (toDouble(direction) === 0 || Number.isNaN(toDouble(direction))) {
    throw new CommandError('CannotCreateIndex', 'Values in the index key pattern cannot be 0.')
  }
}

function checkHashed(key: Doc, given: Doc): void {
  const count = [...key.values()].filter((direction) => direction === 'hashed').length
  if (count > 1) {
    const message = `A maximum of one index field is allowed to be hashed but found ${String(count)} for 'key' ${show(key)}`
    throw new CommandError(31303, message)
  }
  if (count > 0 && isTrue(given.get('unique'))) {
    const message = 'Currently hashed indexes cannot guarantee uniqueness. Use a regular index.'
    throw new CommandError(16764, message)
  }
}

function checkExpiry(key: Doc, seconds: Value): void {
  if (seconds === undefined) return
  const limit = isNumber(seconds) ? toDouble(seconds) : -1
  if (limit < 0 || limit > 2147483647) {
    throw new CommandError(
      'CannotCreateIndex',
      `TTL index 'expireAfterSeconds' option must be within an acceptable range, try a value between 0 and 2147483647`,
    )
  }
  if (key.size !== 1)
    throw new CommandError(
      'CannotCreateIndex',
      'TTL indexes are single-field indexes, compound indexes do not support TTL',
    )
  if (key.has('_id'))
    throw new CommandError(
      'CannotCreateIndex',
      "The field 'expireAfterSeconds' is not valid for an _id index specification",
    )
}
