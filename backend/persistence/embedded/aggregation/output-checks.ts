import { CommandError } from '../errors.ts'
import { asText } from '../bson/show.ts'
import { bsonType, isDoc, type Doc, type Value } from '../bson/values.ts'
import { checkVariables } from './operator-fields.ts'
import type { PipelineContext } from './types.ts'

const inUpdates = ['$addFields', '$set', '$project', '$unset', '$replaceRoot', '$replaceWith']

/** Refuses where or how a pipeline is to write, before it runs. */
export function checkOutput(
  name: string,
  operand: Value,
  context: PipelineContext,
  checkPipeline: (pipeline: readonly Value[], context: PipelineContext) => void,
): void {
  if (name === '$out') checkOut(operand)
  if (name === '$merge') checkMerge(operand, context, checkPipeline)
}

function checkOut(operand: Value): void {
  if (typeof operand === 'string') return
  if (!isDoc(operand)) {
    throw new CommandError(
      16990,
      `$out only supports a string or object argument, but found ${bsonType(operand)[1]}`,
    )
  }
  refuseUnknown('$out', operand, ['db', 'coll', 'timeseries'])
}

function checkMerge(
  operand: Value,
  context: PipelineContext,
  checkPipeline: (pipeline: readonly Value[], context: PipelineContext) => void,
): void {
  if (typeof operand === 'string') return
  if (!isDoc(operand)) {
    throw new CommandError(
      51182,
      `$merge only supports a string or object argument, not ${bsonType(operand)[1]}`,
    )
  }
  refuseUnknown('$merge', operand, ['into', 'on', 'let', 'whenMatched', 'whenNotMatched'])
  if (!operand.has('into')) {
    throw new CommandError(
      'IDLFailedToParse',
      "BSON field '$merge.into' is missing but a required field",
    )
  }
  checkJoinFields(operand.get('on'))
  checkAction(operand, 'whenMatched', ['replace', 'keepExisting', 'merge', 'fail'])
  checkAction(operand, 'whenNotMatched', ['insert', 'discard', 'fail'])
  const [action, bound] = [operand.get('whenMatched'), operand.get('let')]
  if (bound !== undefined) {
    if (!Array.isArray(action))
      throw new CommandError(51199, "Cannot use 'let' variables with 'whenMatched: merge' mode")
    checkVariables(bound)
  }
  if (!Array.isArray(action)) return
  const names = ['new', ...(isDoc(bound) ? bound.keys() : [])]
  for (const stage of action) {
    const [stageName = ''] = isDoc(stage) ? stage.keys() : []
    if (!inUpdates.includes(stageName))
      throw new CommandError(
        'InvalidOptions',
        `${stageName} is not allowed to be used within an update`,
      )
  }
  const variables = [...context.variables, ...names.map((name) => [name, null] as const)]
  checkPipeline(action, context.within(new Map(variables)))
}

function checkJoinFields(on: Value): void {
  if (on === undefined || typeof on === 'string') return
  if (!Array.isArray(on)) {
    throw new CommandError(
      51186,
      `$merge 'on' field must be either a string or an array of strings, but found ${bsonType(on)[1]}`,
    )
  }
  if (on.length === 0)
    throw new CommandError(
      51187,
      "If explicitly specifying $merge 'on', must include at least one field",
    )
  on.forEach((field, i) => {
    if (typeof field !== 'string') {
      throw new CommandError(
        51134,
        `$merge 'on' array elements must be strings, but found ${bsonType(field)[1]}`,
      )
    }
    if (on.indexOf(field) !== i) throw new CommandError(31465, `Found a duplicate field '${field}'`)
  })
}

function refuseUnknown(stage: string, operand: Doc, known: readonly string[]): void {
  const field = [...operand.keys()].find((each) => !known.includes(each))
  if (field === undefined) return
  throw new CommandError('IDLUnknownField', `BSON field '${stage}.${field}' is an unknown field.`)
}

function checkAction(spec: Doc, field: string, known: readonly string[]): void {
  const action = spec.get(field)
  if (action === undefined || (field === 'whenMatched' && Array.isArray(action))) return
  if (typeof action === 'string' && known.includes(action)) return
  throw new CommandError(
    'BadValue',
    `Enumeration value '${asText(action)}' for field '$merge.${field}' is not a valid value.`,
  )
}
