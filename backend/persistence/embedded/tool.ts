import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { isFolderLocked } from './folder-lock.ts'
import type { Counts } from './ndjson.ts'
import { addressFile } from './secret.ts'
import { startEmbeddedDatabase } from './supervisor.ts'

/** What one of the database's tools was asked to do. */
export interface ToolRequest {
  /** The folder to write to or read from. */
  readonly folder: string
  /** The folder of the embedded database. */
  readonly database: string
  /** Does the work against the server meant: `--uri`, the running one, or one started for it. */
  readonly withServer: (work: (uri: string) => Promise<Counts>) => Promise<Counts>
}

/** Runs one of the database's tools; `flag` (`to` or `from`) names the folder on its command line. */
export function runTool(
  flag: 'to' | 'from',
  usage: string,
  work: (request: ToolRequest) => Promise<string>,
): void {
  begin(flag, usage, work).then(
    (result) => {
      say(result)
    },
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
      process.exitCode = 1
    },
  )
}

/** Counts of documents as lines for a person. */
export function describeCounts(counts: Counts, verb: string): string {
  const lines = Object.entries(counts).map(([name, count]) => `${name}: ${String(count)} ${verb}`)
  return lines.length === 0 ? `nothing ${verb}` : lines.join('\n')
}

async function begin(
  flag: 'to' | 'from',
  usage: string,
  work: (request: ToolRequest) => Promise<string>,
): Promise<string> {
  const { values } = parseArgs({
    options: {
      [flag]: { type: 'string' },
      data: { type: 'string', default: './data' },
      uri: { type: 'string' },
    },
  })
  const { [flag]: folder, data, uri } = values
  if (typeof folder !== 'string' || typeof data !== 'string') throw new Error(`Usage: ${usage}`)
  return work({
    folder: resolve(folder),
    database: join(resolve(data), 'embedded'),
    withServer: (use) => (typeof uri === 'string' ? use(uri) : withOwnServer(data, use)),
  })
}

async function withOwnServer(
  dataDir: string,
  work: (uri: string) => Promise<Counts>,
): Promise<Counts> {
  const folder = join(resolve(dataDir), 'embedded')
  const address = join(folder, addressFile)
  if (isFolderLocked(folder) && existsSync(address))
    return work(readFileSync(address, 'utf8').trim())
  const database = await startEmbeddedDatabase({ dataDir, log: { info: say, error: say } })
  try {
    return await work(database.uri)
  } finally {
    await database.stop()
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
