import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { ConfigError, readConfig } from '#backend/config'
import { startServer } from '#backend/start-server'
import { writeHistory } from './history.ts'
import { readTexts } from './read-texts.ts'
import { DEMO_PASSWORD, openStaff, staffTable } from './staff.ts'
import { streamReports } from './stream.ts'

const ADMIN_EMAIL = 'quantri@demo.hoiam'

await main()

/** A lively city on a throw-away data folder; Ctrl+C ends it and removes the folder. */
async function main(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'hoiam-demo-'))
  const config = configFor(dataDir)
  const server = await startServer(config, pino({ level: config.logLevel, base: null }))
  process.stdout.write(`\n  Hồi Âm demo  ${server.url}\n  Making three months of a city …\n`)

  const texts = await readTexts(server.ports.gazetteer)
  const accounts = await openStaff(server.staffPorts)
  const caseCount = await writeHistory(texts.cases, accounts, server.ports)
  process.stdout.write(
    [
      `  ${String(caseCount)} cases. Password of every account: ${DEMO_PASSWORD}`,
      '',
      ...staffTable(ADMIN_EMAIL, accounts),
      '',
      `  Portal   ${server.url}/`,
      `  Console  ${server.url}/console`,
      '  A new report arrives every few seconds. Ctrl+C ends the demo and removes its data.',
      '',
      '',
    ].join('\n'),
  )
  const stream = streamReports(server.url, texts.incoming)

  const stop = async (): Promise<void> => {
    stream.stop()
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
    process.exit(0)
  }
  process.once('SIGINT', () => void stop())
  process.once('SIGTERM', () => void stop())
}

function configFor(dataDir: string) {
  try {
    return readConfig({
      LOG_LEVEL: 'warn',
      ...process.env,
      DATA_DIR: dataDir,
      ADMIN_EMAIL,
      ADMIN_PASSWORD: DEMO_PASSWORD,
      RATE_LIMITS: 'off',
    })
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    process.stderr.write(`${error.message}\n`)
    return process.exit(2)
  }
}
