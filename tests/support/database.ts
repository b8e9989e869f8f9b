import { MongoMemoryReplSet, MongoMemoryServer } from 'mongodb-memory-server-core'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    mongodbUri: string
  }
}

/** Our own server, which mongodb-memory-server starts as it would start mongod. */
const EMBEDDED = fileURLToPath(
  new URL('../../backend/persistence/embedded/mongod.mjs', import.meta.url),
)

let server: MongoMemoryServer | MongoMemoryReplSet | undefined

/**
 * One database server for the whole run. By default the embedded one; with TEST_DATABASE=mongod a
 * true mongod (fetched by mongodb-memory-server, or MONGOMS_SYSTEM_BINARY), as a replica set.
 */
export async function setup(project: TestProject): Promise<void> {
  server =
    process.env['TEST_DATABASE'] === 'mongod'
      ? await MongoMemoryReplSet.create({ replSet: { count: 1 } })
      : await MongoMemoryServer.create({ binary: { systemBinary: EMBEDDED, version: '8.0.4' } })
  project.provide('mongodbUri', server.getUri())
}

/** Ends it after the last test. */
export async function teardown(): Promise<void> {
  await server?.stop()
}
