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

/**
 * One database server for the whole run. By default the embedded one; with TEST_DATABASE=mongod a
 * true mongod (fetched by mongodb-memory-server, or MONGOMS_SYSTEM_BINARY), as a replica set.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server =
    process.env['TEST_DATABASE'] === 'mongod'
      ? await MongoMemoryReplSet.create({ replSet: { count: 1 } })
      : await MongoMemoryServer.create({ binary: { systemBinary: EMBEDDED, version: '8.0.4' } })
  project.provide('mongodbUri', server.getUri())
  return async () => {
    await server.stop()
  }
}
