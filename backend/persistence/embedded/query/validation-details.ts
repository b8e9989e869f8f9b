import { BSONRegExp } from 'bson'
import { bsonType, doc, isDoc, type Doc, type Value } from '../bson/values.ts'
import type { FilterContext } from './filter-types.ts'
import { isOperatorDocument, parseFilter } from './filter.ts'
import { schemaDetails } from './schema-details.ts'
import { valueAt } from './paths.ts'

/** Why a document does not meet a validator, in the form in which mongod tells it. */
export function validationDetails(validator: Doc, document: Doc, context: FilterContext): Doc {
  const clauses = [...validator].flatMap(([name, operand]) => clausesOf(name, operand))
  const [only] = clauses
  if (only && clauses.length === 1) return clauseDetails(only, document, context)
  return doc({
    operatorName: '$and',
    clausesNotSatisfied: unsatisfied(clauses, document, context),
  })
}

/** A part of a filter that is a filter of its own: one operator on one field. */
function clausesOf(name: string, operand: Value): Doc[] {
  if (name.startsWith('$') || !isOperatorDocument(operand)) return [new Map([[name, operand]])]
  const { $options: options } = Object.fromEntries(operand)
  return [...operand]
    .filter(([operator]) => operator !== '$options')
    .map(([operator, argument]) => {
      const condition = new Map([[operator, argument]])
      if (operator === '$regex' && options !== undefined) condition.set('$options', options)
      return new Map([[name, condition]])
    })
}

function unsatisfied(clauses: readonly Doc[], document: Doc, context: FilterContext): Doc[] {
  return clauses.flatMap((clause, index) =>
    parseFilter(clause, context).matches(document)
      ? []
      : [doc({ index, details: validationDetails(clause, document, context) })],
  )
}

function clauseDetails(clause: Doc, document: Doc, context: FilterContext): Doc {
  const [[name, operand] = ['', null]] = clause
  if (name === '$jsonSchema' && isDoc(operand)) {
    return doc({
      operatorName: '$jsonSchema',
      title: operand.get('title'),
      description: operand.get('description'),
      schemaRulesNotSatisfied: schemaDetails(operand, document),
    })
  }
  if (name === '$expr') {
    return doc({
      operatorName: '$expr',
      specifiedAs: clause,
      reason: 'expression did not match',
      expressionResult: context.evaluate(operand, document) ?? null,
    })
  }
  if (Array.isArray(operand) && (name === '$and' || name === '$or')) {
    const clausesNotSatisfied = unsatisfied(operand.filter(isDoc), document, context)
    return doc({ operatorName: name, clausesNotSatisfied })
  }
  if (name.startsWith('$')) return doc({ operatorName: name, specifiedAs: clause })
  return fieldDetails(clause, name, operand, document)
}

const reasons: Readonly<Record<string, string>> = {
  $in: 'no matching value found in array',
  $nin: 'matching value found in array',
  $regex: 'regular expression did not match',
  $type: 'type did not match',
  $size: 'array length was not equal to given size',
  $mod: '$mod did not evaluate to expected remainder',
  $all: 'array did not contain all specified values',
  $elemMatch: 'array did not satisfy the child predicate',
  $not: 'child expression matched',
}

function fieldDetails(clause: Doc, path: string, operand: Value, document: Doc): Doc {
  const [operator = '$eq'] = isOperatorDocument(operand) ? operand.keys() : []
  const operatorName = operand instanceof BSONRegExp ? '$regex' : operator
  const value = valueAt(document, path.split('.'))
  if (operatorName === '$exists') {
    const reason = value === undefined ? 'path does not exist' : 'path does exist'
    return doc({ operatorName, specifiedAs: clause, reason })
  }
  if (value === undefined && operatorName !== '$ne' && operatorName !== '$nin') {
    return doc({ operatorName, specifiedAs: clause, reason: 'field was missing' })
  }
  return doc({
    operatorName,
    specifiedAs: clause,
    reason: reasons[operatorName] ?? 'comparison failed',
    consideredValue: value,
    consideredType: operatorName === '$type' ? bsonType(value)[1] : undefined,
  })
}
