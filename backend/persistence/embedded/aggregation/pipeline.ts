import { CommandError, notSupported } from '../errors.ts'
import { doc, isDoc, type Doc, type Value } from '../bson/values.ts'
import { bucketAuto } from './bucket-auto.ts'
import { checkConstants } from './expression-checks.ts'
import { checkJoin } from './join-checks.ts'
import { runStage } from './mingo-bridge.ts'
import { joinStages } from './join-stages.ts'
import { shapeStages } from './shape-stages.ts'
import { groupStages } from './group-stages.ts'
import { checkStage } from './stage-checks.ts'
import { checkOutput } from './output-checks.ts'
import { redact } from './redact.ts'
import { setWindowFields } from './window-stages.ts'
import type { PipelineContext, Stage } from './types.ts'

const gatheringStages: ReadonlyMap<string, Stage> = new Map([
  ...groupStages,
  ['$bucketAuto', bucketAuto],
  ['$redact', redact],
  ['$setWindowFields', setWindowFields],
])

const ownStages: ReadonlyMap<string, Stage> = new Map([
  ...shapeStages,
  ...gatheringStages,
  ...joinStages,
])

// Stages that mingo runs as they are.
const mingoStages = new Set(['$densify', '$fill'])

const refusedStages: Readonly<Record<string, string>> = {
  $graphLookup: 'the $graphLookup stage',
  $geoNear: 'the $geoNear stage',
  $changeStream: 'a change stream ($changeStream)',
  $search: 'the $search stage',
  $searchMeta: 'the $searchMeta stage',
  $vectorSearch: 'the $vectorSearch stage',
  $listSearchIndexes: 'an Atlas Search index ($listSearchIndexes)',
  $currentOp: 'the $currentOp stage',
  $planCacheStats: 'the $planCacheStats stage',
}

/** The name and operand of a stage. */
export function stageParts(stage: Value): [string, Value] {
  if (!isDoc(stage))
    throw new CommandError('TypeMismatch', "Each element of the 'pipeline' array must be an object")
  const [entry] = stage
  if (!entry || stage.size !== 1) {
    throw new CommandError(
      40323,
      'A pipeline stage specification object must contain exactly one field.',
    )
  }
  return entry
}

/** Refuses a pipeline with a stage that does not exist or is left to a full MongoDB. */
export function checkPipeline(pipeline: readonly Value[], context: PipelineContext): void {
  pipeline.forEach((stage, i) => {
    const [name, operand] = stageParts(stage)
    refuseScripts(stage)
    checkStage(name, operand)
    const feature = refusedStages[name]
    if (feature) throw notSupported(feature)
    if ((name === '$out' || name === '$merge') && i !== pipeline.length - 1) {
      throw new CommandError(40601, `${name} can only be the final stage in the pipeline`)
    }
    if (collectionSources.has(name) && i > 0) {
      throw new CommandError(40602, `${name} is only valid as the first stage in a pipeline`)
    }
    if (!ownStages.has(name) && !mingoStages.has(name) && !collectionStages.has(name))
      throw new CommandError(40324, `Unrecognized pipeline stage name: '${name}'`)
    checkJoin(name, operand, context, checkPipeline)
    checkOutput(name, operand, context, checkPipeline)
    // What a stage has against its specification it also says of no documents.
    if (shapeStages.has(name) || gatheringStages.has(name))
      void ownStages.get(name)?.([], operand, context)
  })
}

const computing = new Set(
  words('$project $addFields $set $group $replaceRoot $replaceWith $bucket $sortByCount'),
)

/** Refuses a pipeline with a constant that cannot be computed, as mongod does while it optimizes. */
export function checkPipelineConstants(pipeline: readonly Value[], context: PipelineContext): void {
  const compute = (expression: Value): Value => context.filters.evaluate(expression, doc({}))
  for (const stage of pipeline) {
    const [name, operand] = stageParts(stage)
    if (computing.has(name)) checkConstants(operand, compute, 'Failed to optimize pipeline')
    if (name === '$match' && isDoc(operand) && operand.has('$expr')) {
      const context = 'Failed to optimize pipeline :: caused by :: Failed to optimize expression'
      checkConstants(operand.get('$expr'), compute, context)
    }
    if (name === '$facet' && isDoc(operand)) {
      for (const inner of operand.values())
        if (Array.isArray(inner)) checkPipelineConstants(inner, context)
    }
  }
}

function words(text: string): string[] {
  return text.split(' ')
}

const collectionSources = new Set(['$documents', '$collStats', '$indexStats'])

function refuseScripts(value: Value): void {
  if (Array.isArray(value)) value.forEach(refuseScripts)
  if (!isDoc(value)) return
  for (const [name, inner] of value) {
    if (name === '$function' || name === '$accumulator') throw notSupported(`the ${name} operator`)
    if (name !== '$literal') refuseScripts(inner)
  }
}

/** Stages that the aggregate command handles itself, because they read or write collections. */
const collectionStages = new Set([
  '$out',
  '$merge',
  '$collStats',
  '$indexStats',
  '$documents',
  '$listSessions',
  '$listLocalSessions',
])

/** Runs a pipeline over documents. */
export async function runPipeline(
  pipeline: readonly Value[],
  documents: Doc[],
  context: PipelineContext,
): Promise<Doc[]> {
  let current = documents
  for (const stage of pipeline) {
    const [name, operand] = stageParts(stage)
    const own = ownStages.get(name)
    if (!own && context.filters.compareText) throw notSupported(`a collation with ${name}`)
    const result = own
      ? own(current, operand, context)
      : isDoc(stage)
        ? runStage(stage, current)
        : current
    current = result instanceof Promise ? await result : result
    await context.pause()
  }
  return current
}

/** Runs the stages of an update pipeline, which need no other collection, over one document. */
export function runUpdatePipeline(
  pipeline: readonly Value[],
  document: Doc,
  context: PipelineContext,
): Doc {
  let current = [document]
  for (const stage of pipeline) {
    const [name, operand] = stageParts(stage)
    const result = shapeStages.get(name)?.(current, operand, context)
    if (!Array.isArray(result))
      throw new CommandError('InvalidOptions', `${name} is not allowed to be used within an update`)
    current = result
  }
  return current[0] ?? doc({})
}
