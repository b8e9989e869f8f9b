import { mongodbAdapter } from 'better-auth/adapters/mongodb'
import type { Connection } from 'mongoose'
import { guarded } from './guard.ts'

/** Where better-auth keeps accounts and sessions: our database, no transactions needed. */
export function authDatabase(connection: Connection): ReturnType<typeof mongodbAdapter> {
  if (connection.db === undefined) throw new Error('the database is not connected')
  const adapterFor = mongodbAdapter(connection.db, { transaction: false })
  return (options) => guarded(adapterFor(options))
}
