import { Binary, ObjectId, Timestamp } from 'bson'
import { randomUUID } from 'node:crypto'
import { CommandError } from '../errors.ts'
import { doc, isDoc, type Doc, type Value } from '../bson/values.ts'
import { startAuthentication } from '../wire/authentication.ts'
import { textOf, type Command, type Request, type ServerState } from './request.ts'

/** The MongoDB version whose behaviour this server follows. */
export const serverVersion = '8.0.4'

const maxWireVersion = 25
const electionId = new ObjectId('7fffffff0000000000000001')

/** `hello` and its older names: what the server is and can do. */
export const hello: Command = (request, server) => {
  request.session.appName ??= appNameOf(request.body.get('client'))
  const speculative = request.body.get('speculativeAuthenticate')
  const mechanisms = request.body.get('saslSupportedMechs')
  return doc({
    ...helloReply(request, server),
    ...(typeof mechanisms === 'string' ? { saslSupportedMechs: ['SCRAM-SHA-256'] } : {}),
    ...(isDoc(speculative) ? speculativeReply(request, speculative) : {}),
  })
}

/** The name that a client gives itself in its first hello. */
export function appNameOf(client: Value): string | null {
  const application = isDoc(client) ? client.get('application') : undefined
  const name = isDoc(application) ? application.get('name') : undefined
  return typeof name === 'string' ? name : null
}

function speculativeReply({ session }: Request, start: Doc): Record<string, Value> {
  // A refusal here only means that the client has to ask again properly.
  try {
    return { speculativeAuthenticate: startAuthentication(session.authentication, start) }
  } catch {
    return {}
  }
}

function helloReply(request: Request, server: ServerState): Record<string, Value> {
  const writable = server.isPrimary
  const isLegacy = request.name !== 'hello'
  return {
    ...(request.body.get('helloOk') === true ? { helloOk: true } : {}),
    [isLegacy ? 'ismaster' : 'isWritablePrimary']: writable,
    topologyVersion: topologyVersion(server),
    ...replicaSet(server),
    maxBsonObjectSize: 16 * 1024 * 1024,
    maxMessageSizeBytes: 48_000_000,
    maxWriteBatchSize: 100_000,
    localTime: new Date(),
    logicalSessionTimeoutMinutes: 30,
    connectionId: request.session.connectionId,
    minWireVersion: 0,
    maxWireVersion,
    readOnly: false,
  }
}

/** The version that awaiting clients compare: it changes when the server's role does. */
export function topologyVersion(server: ServerState): Doc {
  return doc({ processId: new ObjectId(server.processId), counter: server.isPrimary ? 1n : 0n })
}

function replicaSet({ setName, isPrimary, host }: ServerState): Record<string, Value> {
  if (setName === null) return {}
  if (!isPrimary) {
    return {
      secondary: false,
      isreplicaset: true,
      info: 'Does not have a valid replica set config',
    }
  }
  const now = new Date()
  const opTime = doc({ ts: Timestamp.fromBits(1, Math.floor(now.getTime() / 1000)), t: 1n })
  return {
    hosts: [host],
    setName,
    setVersion: 1,
    secondary: false,
    primary: host,
    me: host,
    electionId,
    lastWrite: doc({ opTime, lastWriteDate: now, majorityOpTime: opTime, majorityWriteDate: now }),
  }
}

/** `ping`: the server is there. */
export const ping: Command = () => doc({})

/** `buildInfo`: the version whose behaviour this server follows. */
export const buildInfo: Command = () =>
  doc({
    version: serverVersion,
    gitVersion: 'embedded',
    modules: ['embedded'],
    versionArray: serverVersion.split('.').map(Number).concat(0),
    bits: 64,
    debug: false,
    maxBsonObjectSize: 16 * 1024 * 1024,
    storageEngines: ['lmdb'],
  })

/** `connectionStatus`: who the connection is authenticated as. */
export const connectionStatus: Command = ({ session }) => {
  const { user } = session.authentication
  const users = user === null ? [] : [doc({ user, db: 'admin' })]
  const roles = user === null ? [] : [doc({ role: 'root', db: 'admin' })]
  return doc({ authInfo: doc({ authenticatedUsers: users, authenticatedUserRoles: roles }) })
}

/** `serverStatus`: how the server is doing. */
export const serverStatus: Command = (_, server) => {
  const memory = process.memoryUsage()
  const uptime = (Date.now() - server.startedAt.getTime()) / 1000
  return doc({
    host: server.host,
    version: serverVersion,
    process: 'mongod',
    pid: BigInt(process.pid),
    uptime,
    uptimeMillis: BigInt(Math.round(uptime * 1000)),
    localTime: new Date(),
    storageEngine: doc({ name: 'lmdb', persistent: true, supportsCommittedReads: true }),
    mem: doc({ bits: 64, resident: Math.round(memory.rss / 1048576), supported: true }),
    metrics: doc({ cursor: doc({ open: doc({ total: BigInt(server.engine.cursors.count()) }) }) }),
    ok: 1,
  })
}

/** `getParameter`: the parameters that clients ask for. */
export const getParameter: Command = ({ body }, { testCommands }) => {
  const known = doc({
    featureCompatibilityVersion: doc({ version: '8.0' }),
    authenticationMechanisms: ['SCRAM-SHA-256'],
    enableTestCommands: testCommands,
  })
  const asked = [...body.keys()].filter((name) => known.has(name))
  if (body.get('getParameter') === '*') return known
  if (asked.length === 0) throw new CommandError('InvalidOptions', 'no option found to get')
  return new Map(asked.map((name) => [name, known.get(name)]))
}

/** `startSession`: an id under which a client's commands belong together. */
export const startSession: Command = () =>
  doc({
    id: doc({ id: new Binary(Buffer.from(randomUUID().replaceAll('-', ''), 'hex'), 4) }),
    timeoutMinutes: 30,
  })

/** Commands that need no answer but success. */
export const acknowledge: Command = () => doc({})

/** `replSetInitiate`: the server becomes the primary of a replica set of one. */
export const replSetInitiate: Command = ({ body }, server) => {
  if (server.setName === null) {
    throw new CommandError(
      'NoReplicationEnabled',
      'This node was not started with replication enabled.',
    )
  }
  if (server.isPrimary) throw new CommandError('AlreadyInitialized', 'already initialized')
  const config = body.get('replSetInitiate')
  const name = isDoc(config) ? config.get('_id') : server.setName
  server.onInitiate(typeof name === 'string' ? name : server.setName)
  return doc({})
}

/** `replSetGetStatus`: the one member and its state. */
export const replSetGetStatus: Command = (_, server) => {
  if (!server.isPrimary)
    throw new CommandError('NotYetInitialized', 'no replset config has been received')
  const member = doc({
    _id: 0,
    name: server.host,
    health: 1,
    state: 1,
    stateStr: 'PRIMARY',
    self: true,
  })
  return doc({ set: server.setName, date: new Date(), myState: 1, term: 1n, members: [member] })
}

/** `replSetGetConfig`: the configuration of a replica set of one. */
export const replSetGetConfig: Command = (_, server) => {
  if (!server.isPrimary)
    throw new CommandError('NotYetInitialized', 'no replset config has been received')
  const members = [doc({ _id: 0, host: server.host, priority: 1, votes: 1 })]
  return doc({ config: doc({ _id: server.setName, version: 1, term: 1n, members }) })
}

/** `shutdown`: ends the server after its reply. */
export const shutdown: Command = (_, server) => {
  setTimeout(() => {
    server.onShutdown()
  }, 10)
  return doc({})
}

/** `validateDBMetadata`, `getLog` and the like that tools ask: nothing to report. */
export const getLog: Command = ({ body }) =>
  doc({ totalLinesWritten: 0, log: textOf(body, 'getLog') === '*' ? [] : [] })
