import { mkdir } from 'node:fs/promises'
import type { Logger } from 'pino'
import { type EmbeddedDatabase, startEmbeddedDatabase } from '#persistence/embedded/supervisor'
import type { Config } from './config.ts'

/**
 * Starts the embedded database, or answers null where a URI is set. A module of its own, so that a
 * process can begin with it and load the rest of the product while the child wakes up.
 */
export async function beginDatabase(
  config: Pick<Config, 'dataDir' | 'mongodbUri'>,
  log: Logger,
): Promise<EmbeddedDatabase | null> {
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 })
  if (config.mongodbUri !== null) return null
  return startEmbeddedDatabase({ dataDir: config.dataDir, log })
}
