import { CommandError, notSupported } from '../errors.ts'
import { doc, isNumber, toDouble, type Doc, type Value } from '../bson/values.ts'
import {
  continueAuthentication,
  isAuthorized,
  startAuthentication,
} from '../wire/authentication.ts'
import { aggregate } from './aggregate.ts'
import { checkApiVersion } from './api-version.ts'
import { bulkWrite } from './bulk-write.ts'
import { checkReadConcern, checkWriteConcern, concernError } from './concerns.ts'
import { collMod } from './coll-mod.ts'
import {
  create,
  drop,
  dropDatabase,
  listCollections,
  listDatabases,
  rename,
} from './collection-commands.ts'
import { explain } from './explain.ts'
import { configureFailPoint } from './fail-points.ts'
import { findAndModify } from './find-and-modify.ts'
import { createIndexes, dropIndexes, listIndexes } from './index-commands.ts'
import { count, distinct, find, getMore, killCursors } from './read-commands.ts'
import { checkCommandFields } from './known-fields.ts'
import type { Command, Request, ServerState } from './request.ts'
import {
  acknowledge,
  buildInfo,
  connectionStatus,
  getLog,
  getParameter,
  hello,
  ping,
  replSetGetConfig,
  replSetGetStatus,
  replSetInitiate,
  serverStatus,
  shutdown,
  startSession,
} from './server-commands.ts'
import { collStats, dbStats } from './statistics.ts'
import { countInView, distinctInView, findInView, viewOr } from './view-reads.ts'
import { validate } from './validate.ts'
import { insert, remove, update } from './write-commands.ts'
import { storageError } from '../storage/store.ts'

const commands: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['hello', hello],
  ['isMaster', hello],
  ['ismaster', hello],
  ['ping', ping],
  ['buildInfo', buildInfo],
  ['buildinfo', buildInfo],
  ['connectionStatus', connectionStatus],
  ['serverStatus', serverStatus],
  ['getParameter', getParameter],
  ['getLog', getLog],
  ['saslStart', ({ session, body }) => startAuthentication(session.authentication, body)],
  ['saslContinue', ({ session, body }) => continueAuthentication(session.authentication, body)],
  ['logout', acknowledge],
  ['startSession', startSession],
  ['endSessions', acknowledge],
  ['refreshSessions', acknowledge],
  ['killSessions', acknowledge],
  ['killAllSessions', acknowledge],
  ['fsync', acknowledge],
  ['getLastError', acknowledge],
  ['configureFailPoint', configureFailPoint],
  ['replSetInitiate', replSetInitiate],
  ['replSetGetStatus', replSetGetStatus],
  ['replSetGetConfig', replSetGetConfig],
  ['shutdown', shutdown],
  ['find', viewOr(find, findInView)],
  ['getMore', getMore],
  ['killCursors', killCursors],
  ['count', viewOr(count, countInView)],
  ['distinct', viewOr(distinct, distinctInView)],
  ['aggregate', aggregate],
  ['insert', insert],
  ['update', update],
  ['delete', remove],
  ['bulkWrite', bulkWrite],
  ['findAndModify', findAndModify],
  ['findandmodify', findAndModify],
  ['create', create],
  ['drop', drop],
  ['dropDatabase', dropDatabase],
  ['renameCollection', rename],
  ['listCollections', listCollections],
  ['listDatabases', listDatabases],
  ['collMod', collMod],
  ['createIndexes', createIndexes],
  ['listIndexes', listIndexes],
  ['dropIndexes', dropIndexes],
  ['deleteIndexes', dropIndexes],
  ['collStats', collStats],
  ['dbStats', dbStats],
  ['dbstats', dbStats],
  ['validate', validate],
  ['explain', explain],
])

const withoutAuthentication = new Set([
  'hello',
  'isMaster',
  'ismaster',
  'saslStart',
  'saslContinue',
  'ping',
  'buildInfo',
  'buildinfo',
  'logout',
  'connectionStatus',
])

const refused: Readonly<Record<string, string>> = {
  abortTransaction: 'a multi-document transaction',
  commitTransaction: 'a multi-document transaction',
  mapReduce: 'mapReduce',
  enableSharding: 'sharding',
  shardCollection: 'sharding',
  addShard: 'sharding',
  listShards: 'sharding',
  createUser: 'user administration (createUser)',
  updateUser: 'user administration (updateUser)',
  dropUser: 'user administration (dropUser)',
  createRole: 'user administration (createRole)',
  convertToCapped: 'a capped collection',
  cloneCollectionAsCapped: 'a capped collection',
  createSearchIndexes: 'an Atlas Search index',
  updateSearchIndex: 'an Atlas Search index',
  dropSearchIndex: 'an Atlas Search index',
  listSearchIndexes: 'an Atlas Search index',
  eval: 'server-side JavaScript',
}

/** Carries out one command and answers with its complete reply, refusals included. */
export function dispatch(request: Request, server: ServerState): Doc | Promise<Doc> {
  try {
    const reply = authorized(request)(request, server)
    const { body } = request
    return reply instanceof Promise
      ? reply.then((each) => succeeded(each, body)).catch(errorReply)
      : succeeded(reply, body)
  } catch (error) {
    return errorReply(error)
  }
}

function succeeded(reply: Doc, body: Doc): Doc {
  if (!reply.has('ok')) reply.set('ok', 1)
  if (body.has('writeConcern')) {
    const error = concernError(body)
    if (error) reply.set('writeConcernError', error)
  }
  return reply
}

function authorized(request: Request): Command {
  const { name, body } = request
  checkApiVersion(name, body)
  const command = commands.get(name)
  if (!command) {
    const feature = Object.hasOwn(refused, name) ? refused[name] : undefined
    if (feature) throw notSupported(feature)
    throw new CommandError('CommandNotFound', `no such command: '${name}'`)
  }
  if (!withoutAuthentication.has(name) && !isAuthorized(request.session.authentication)) {
    throw new CommandError('Unauthorized', `Command ${name} requires authentication`)
  }
  refuseTransactions(body)
  checkCommandFields(name, body)
  if (body.has('readConcern')) checkReadConcern(body)
  if (body.has('writeConcern')) checkWriteConcern(body)
  return command
}

function refuseTransactions(body: Doc): void {
  if (body.has('startTransaction') || body.has('autocommit'))
    throw notSupported('a multi-document transaction')
  const concern = body.get('readConcern')
  const level = concern instanceof Map ? concern.get('level') : undefined
  if (level === 'snapshot') throw notSupported('a snapshot session')
}

/** The reply that tells a client of a refusal; what was not foreseen is told as an internal error. */
export function errorReply(thrown: unknown): Doc {
  const error = thrown instanceof CommandError ? thrown : storageError(thrown)
  if (error instanceof CommandError) {
    const { code, codeName, message, details } = error
    return doc({ ok: 0, errmsg: message, code, codeName, ...(details as Record<string, Value>) })
  }
  process.stderr.write(`embedded database: unexpected error: ${error.stack ?? error.message}\n`)
  return doc({ ok: 0, errmsg: error.message, code: 1, codeName: 'InternalError' })
}

/** The time by which a command has to be done, from its `maxTimeMS`. */
export function deadlineOf(body: Doc): number {
  const limit = body.get('maxTimeMS')
  if (!isNumber(limit) || toDouble(limit) <= 0 || body.has('getMore')) return Infinity
  return performance.now() + toDouble(limit)
}
