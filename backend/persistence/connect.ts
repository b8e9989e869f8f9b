import mongoose, { type Connection } from 'mongoose'
import { inTime, isUnreachable } from './guard.ts'

const DATABASE_NAME = 'hoiam'
const CONNECT_ATTEMPTS = 5

/**
 * Connects to a MongoDB (a real one or the embedded one). While it is away, operations fail after
 * `serverSelectionTimeoutMS` instead of waiting in memory; the driver reconnects by itself.
 */
export async function connectDatabase(uri: string): Promise<Connection> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await connectOnce(uri)
    } catch (error) {
      // A start keeps the process busy, longer on a slow machine than one attempt lasts.
      if (attempt === CONNECT_ATTEMPTS || !isUnreachable(error)) throw error
    }
  }
}

async function connectOnce(uri: string): Promise<Connection> {
  const isNamed = /^mongodb(\+srv)?:\/\/[^/]+\/[^?]+/.test(uri)
  const connection = mongoose.createConnection(uri, {
    ...(isNamed ? {} : { dbName: DATABASE_NAME }),
    bufferCommands: false,
    autoIndex: false,
    autoCreate: false,
    serverSelectionTimeoutMS: 3_000,
    socketTimeoutMS: 30_000,
    maxPoolSize: 50,
    // What was answered with 2xx is on disk of a majority.
    writeConcern: { w: 'majority', journal: true },
  })
  return await connection.asPromise()
}

/** True while the database answers a ping. */
export async function isDatabaseReady(connection: Connection): Promise<boolean> {
  try {
    await inTime(async () => connection.db?.admin().ping())
    return connection.readyState === mongoose.ConnectionStates.connected
  } catch {
    // Not ready is the answer, whatever the reason.
    return false
  }
}

/** Makes the indexes of every model on the connection, where they are missing. */
export async function ensureIndexes(connection: Connection): Promise<void> {
  for (const model of Object.values(connection.models)) await model.createIndexes()
  // better-auth looks sessions up by token and accounts by address at every request.
  const { db } = connection
  await db?.collection('session').createIndex({ token: 1 }, { unique: true }, {})
  await db?.collection('session').createIndex({ userId: 1 }, {}, {})
  await db?.collection('user').createIndex({ email: 1 }, { unique: true }, {})
  // Most accounts have no telephone, and may be many without.
  const isGiven = { telephone: { $gt: '' } }
  await db
    ?.collection('user')
    .createIndex({ telephone: 1 }, { unique: true, partialFilterExpression: isGiven }, {})
  await db?.collection('account').createIndex({ userId: 1 }, {}, {})
}
