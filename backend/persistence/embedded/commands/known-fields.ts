import { CommandError } from '../errors.ts'
import { isNumber, toDouble, type Doc } from '../bson/values.ts'
import { flagOf } from './request.ts'

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

/** What any command may carry. */
const general = words(`
  $db lsid txnNumber startTransaction autocommit readConcern writeConcern maxTimeMS comment
  $readPreference $clusterTime $client $audit $configServerState $replData $queryOptions
  apiVersion apiStrict apiDeprecationErrors clientOperationKey maxTimeMSOpOnly operationTime
  mayBypassWriteBlocking serialization_context stmtId stmtIds shardVersion databaseVersion
  allowImplicitCollectionCreation querySettings help`)

const byCommand: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  [
    'find',
    words(`find filter projection sort hint skip limit batchSize singleBatch min max returnKey
      showRecordId tailable oplogReplay noCursorTimeout awaitData allowPartialResults collation
      allowDiskUse let ntoreturn term options readOnce includeQueryStatsMetrics
      allowSpeculativeMajorityRead requestResumeToken resumeAfter startAt encryptionInformation`),
  ],
  [
    'getMore',
    words('getMore collection batchSize term lastKnownCommittedOpTime includeQueryStatsMetrics'),
  ],
  [
    'aggregate',
    words(`aggregate pipeline cursor explain allowDiskUse bypassDocumentValidation collation hint
      let needsMerge fromMongos fromRouter exchange runtimeConstants isMapReduceCommand
      collectionUUID passthroughToShard encryptionInformation requestReshardingResumeToken
      includeQueryStatsMetrics translatedForViewlessTimeseries`),
  ],
  [
    'count',
    words('count query limit skip hint collation fields queryOptions encryptionInformation'),
  ],
  ['explain', words('explain verbosity')],
  ['distinct', words('distinct key query collation hint encryptionInformation')],
  [
    'insert',
    words(`insert documents ordered bypassDocumentValidation isTimeseriesNamespace collectionUUID
      encryptionInformation bypassEmptyTsReplacement`),
  ],
  [
    'update',
    words(`update updates ordered bypassDocumentValidation let runtimeConstants
      legacyRuntimeConstants isTimeseriesNamespace collectionUUID encryptionInformation
      bypassEmptyTsReplacement`),
  ],
  [
    'update.updates',
    words(`q u c arrayFilters multi upsert upsertSupplied collation hint sort sampleId
      allowShardKeyUpdatesWithoutFullShardKeyInQuery`),
  ],
  [
    'delete',
    words(
      'delete deletes ordered let bypassDocumentValidation legacyRuntimeConstants isTimeseriesNamespace collectionUUID encryptionInformation',
    ),
  ],
  ['delete.deletes', words('q limit collation hint sampleId')],
  ['bulkWrite.insert', words('insert document')],
  [
    'bulkWrite.update',
    words(`update filter updateMods arrayFilters multi hint constants collation upsert
      upsertSupplied sort sampleId allowShardKeyUpdatesWithoutFullShardKeyInQuery`),
  ],
  ['bulkWrite.delete', words('delete filter multi hint collation sampleId')],
  ['bulkWrite.nsInfo', words('ns collectionUUID encryptionInformation isTimeseriesNamespace')],
  [
    'findAndModify',
    words(`findAndModify findandmodify query fields sort remove update upsert new arrayFilters hint
      bypassDocumentValidation collation let legacyRuntimeConstants runtimeConstants sampleId
      isTimeseriesNamespace collectionUUID encryptionInformation
      allowShardKeyUpdatesWithoutFullShardKeyInQuery bypassEmptyTsReplacement`),
  ],
  [
    'bulkWrite',
    words(`bulkWrite ops nsInfo cursor ordered bypassDocumentValidation let errorsOnly
      bypassEmptyTsReplacement`),
  ],
])

const administrative: readonly (readonly [command: string, fields: string])[] = [
  [
    'create',
    `capped autoIndexId idIndex size max storageEngine validator validationLevel validationAction
    indexOptionDefaults viewOn pipeline collation recordPreImages changeStreamPreAndPostImages
    timeseries clusteredIndex expireAfterSeconds encryptedFields temp flags`,
  ],
  [
    'collMod',
    `index validator validationLevel validationAction recordPreImages changeStreamPreAndPostImages
    expireAfterSeconds timeseries cappedSize cappedMax viewOn pipeline dryRun
    performViewChange isTimeseriesNamespace timeseriesBucketsMayHaveMixedSchemaData`,
  ],
  ['createIndexes', 'indexes ignoreUnknownIndexOptions commitQuorum isTimeseriesNamespace v'],
  ['dropIndexes', 'index isTimeseriesNamespace collectionUUID'],
  ['listIndexes', 'cursor includeBuildUUIDs includeIndexBuildInfo isTimeseriesNamespace'],
  ['listCollections', 'filter nameOnly authorizedCollections cursor includePendingDrops'],
  ['listDatabases', 'filter nameOnly authorizedDatabases'],
  ['renameCollection', 'to dropTarget stayTemp collectionUUID'],
  ['drop', 'collectionUUID'],
]

const administrativeFields = new Map(
  administrative.map(([command, fields]) => [command, words(`${command} ${fields}`)]),
)

const required: ReadonlyMap<string, readonly string[]> = new Map([
  ['update.updates', ['q', 'u']],
  ['delete.deletes', ['q', 'limit']],
  ['bulkWrite.insert', ['document']],
  ['bulkWrite.update', ['filter', 'updateMods']],
  ['bulkWrite.delete', ['filter']],
  ['bulkWrite.nsInfo', ['ns']],
])

/** Refuses a field that the command does not know: a misspelt option must not be passed over. */
export function checkCommandFields(name: string, body: Doc): void {
  checkTimeLimit(body)
  const known =
    byCommand.get(name === 'findandmodify' ? 'findAndModify' : name) ??
    administrativeFields.get(name)
  if (!known) return
  for (const field of body.keys()) {
    if (known.has(field) || general.has(field)) continue
    throw new CommandError('IDLUnknownField', `BSON field '${name}.${field}' is an unknown field.`)
  }
}

function checkTimeLimit(body: Doc): void {
  const limit = body.get('maxTimeMS')
  if (limit !== undefined && !isNumber(limit))
    throw new CommandError('TypeMismatch', 'maxTimeMS must be a number')
  if (limit !== undefined && (toDouble(limit) < 0 || toDouble(limit) > 2147483647)) {
    throw new CommandError(
      'BadValue',
      `${String(toDouble(limit))} value for maxTimeMS is out of range`,
    )
  }
}

/** Refuses a statement of a write command that has an unknown field, lacks one, or has a flag that is none. */
export function checkStatement(path: string, statement: Doc): void {
  const known = byCommand.get(path)
  for (const field of statement.keys()) {
    if (known?.has(field)) continue
    throw new CommandError('IDLUnknownField', `BSON field '${path}.${field}' is an unknown field.`)
  }
  for (const field of required.get(path) ?? []) {
    if (statement.has(field)) continue
    throw new CommandError(
      'IDLFailedToParse',
      `BSON field '${path}.${field}' is missing but a required field`,
    )
  }
  for (const flag of ['multi', 'upsert']) flagOf(statement, flag, false, `${path}.${flag}`)
  if (path === 'delete.deletes') checkLimit(statement)
}

function checkLimit(statement: Doc): void {
  const limit = statement.get('limit')
  const count = isNumber(limit) ? toDouble(limit) : -1
  if (count === 0 || count === 1) return
  throw new CommandError(
    'FailedToParse',
    `The limit field in delete objects must be 0 or 1. Got ${String(count)}`,
  )
}
