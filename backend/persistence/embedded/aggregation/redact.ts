import { CommandError } from '../errors.ts'
import { show } from '../bson/show.ts'
import { isDoc, type Doc, type Value } from '../bson/values.ts'
import { evaluate, scopeOf } from './expressions.ts'
import type { PipelineContext } from './types.ts'

/** `$redact`: keeps, prunes or looks into a document and those inside it. */
export function redact(documents: Doc[], operand: Value, context: PipelineContext): Doc[] {
  context.filters.checkExpression(operand)
  return documents
    .map((each) => {
      const variables = new Map<string, Value>([...context.variables, ['ROOT', each]])
      return redacted(each, operand, { ...context, variables })
    })
    .filter((each) => each !== null)
}

function redacted(document: Doc, expression: Value, context: PipelineContext): Doc | null {
  const { variables, filters } = context
  const decision = evaluate(expression, scopeOf(document, variables, filters.compareText))
  if (decision === '$$KEEP') return document
  if (decision === '$$PRUNE') return null
  if (decision !== '$$DESCEND') {
    throw new CommandError(
      17053,
      `$redact's expression should not return anything aside from the variables $$KEEP, $$DESCEND, and $$PRUNE, but returned ${decision === undefined ? 'MISSING' : show(decision)}`,
    )
  }
  const result: Doc = new Map()
  for (const [name, value] of document) {
    const inner = inside(value, expression, context)
    if (inner !== undefined) result.set(name, inner)
  }
  return result
}

function inside(value: Value, expression: Value, context: PipelineContext): Value {
  if (Array.isArray(value)) {
    return value
      .map((each) => inside(each, expression, context))
      .filter((each) => each !== undefined)
  }
  if (!isDoc(value)) return value
  return redacted(value, expression, context) ?? undefined
}
