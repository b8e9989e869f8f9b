import { CommandError } from '../errors.ts'
import { isDoc, type Doc, type Value } from '../bson/values.ts'

/** The commands of MongoDB's Stable API, version 1. */
const stable: ReadonlySet<string> = new Set(
  `abortTransaction aggregate authenticate bulkWrite collMod commitTransaction count create
  createIndexes delete drop dropDatabase dropIndexes endSessions explain find findAndModify getMore
  hello insert killCursors listCollections listDatabases listIndexes ping refreshSessions
  saslContinue saslStart update`.split(/\s+/),
)

const unstableStages: ReadonlySet<string> = new Set([
  '$currentOp',
  '$indexStats',
  '$listLocalSessions',
  '$listSearchIndexes',
  '$listSessions',
  '$planCacheStats',
  '$search',
  '$searchMeta',
])

/** Refuses a version of the API that does not exist and, if asked to be strict, what is not in it. */
export function checkApiVersion(name: string, body: Doc): void {
  const version = body.get('apiVersion')
  const isStrict = body.get('apiStrict') === true
  if (version === undefined) {
    if (!body.has('apiStrict') && !body.has('apiDeprecationErrors')) return
    throw new CommandError(
      'InvalidOptions',
      'Provided apiStrict and/or apiDeprecationErrors without passing apiVersion',
    )
  }
  if (version !== '1') throw new CommandError('APIVersionError', 'API version must be "1"')
  if (!isStrict) return
  if (!stable.has(name)) {
    throw new CommandError(
      'APIStrictError',
      `Provided apiStrict:true, but the command ${name} is not in API Version 1`,
    )
  }
  if (name === 'aggregate') checkStages(body.get('pipeline'))
}

function checkStages(pipeline: Value): void {
  if (!Array.isArray(pipeline)) return
  for (const stage of pipeline.filter(isDoc)) {
    const [[name, operand] = ['', undefined]] = stage
    if (unstableStages.has(name) || (name === '$collStats' && !countsOnly(operand))) {
      throw new CommandError(
        'APIStrictError',
        `stage ${name} is not allowed with 'apiStrict: true' in API Version 1`,
      )
    }
    if (!isDoc(operand)) continue
    if (name === '$facet') for (const inner of operand.values()) checkStages(inner)
    if (name === '$lookup' || name === '$unionWith') checkStages(operand.get('pipeline'))
  }
}

function countsOnly(operand: Value): boolean {
  return isDoc(operand) && [...operand.keys()].every((key) => key === 'count')
}
