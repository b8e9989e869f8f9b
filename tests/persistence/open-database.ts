import { randomBytes } from 'node:crypto'
import type { Connection } from 'mongoose'
import { inject } from 'vitest'
import { mongoCaseRepository, mongoOutbox } from '#persistence/case-repository'
import { connectDatabase, ensureIndexes } from '#persistence/connect'
import { caseCode } from '#domain/case-code'
import type { CaseRepository, Outbox } from '#use-cases/ports'

/** The repositories on a database of their own, with every index in place. */
export type OpenDatabase = {
  readonly connection: Connection
  readonly cases: CaseRepository
  readonly outbox: Outbox
  close(): Promise<void>
}

/** Opens an empty database on the run's server. */
export async function openDatabase(): Promise<OpenDatabase> {
  const uri = new URL(inject('mongodbUri'))
  uri.pathname = `/test_${randomBytes(6).toString('hex')}`
  const connection = await connectDatabase(uri.href)
  const cases = mongoCaseRepository(connection)
  const outbox = mongoOutbox(connection)
  await ensureIndexes(connection)
  return {
    connection,
    cases,
    outbox,
    async close() {
      await connection.dropDatabase()
      await connection.close()
    },
  }
}

let codes = 0
/** A code that no other case of this file has. */
export function aCode(): string {
  return caseCode(String(200_000_000 + (codes += 1)))
}
