import { pino } from 'pino'
import { beginDatabase } from './begin-database.ts'
import { type Config, ConfigError, readConfig } from './config.ts'

await main()

async function main(): Promise<void> {
  const config = configOrExit()
  const log = pino({ level: config.logLevel, base: null })
  const database = beginDatabase(config, log)
  // Its failure is told by `startServer`, which waits for it.
  database.catch(() => undefined)
  // Loading the product takes longer than the database child needs to wake up: both at once.
  const { startServer } = await import('./start-server.ts')
  const server = await startServer(config, log, { database }).catch((error: unknown) => {
    process.stderr.write(`Hồi Âm could not start: ${messageOf(error)}\n`)
    return process.exit(1)
  })
  process.stdout.write(greeting(config, server.url, server.newAdminPassword))

  let stopping = false
  const stop = (): void => {
    if (stopping) return
    stopping = true
    server.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'stopping failed')
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

function configOrExit(): Config {
  try {
    return readConfig(process.env)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    process.stderr.write(`${error.message}\n`)
    return process.exit(2)
  }
}

function greeting(config: Config, url: string, newAdminPassword: string | null): string {
  const shown = config.publicUrl ?? url
  return [
    '',
    `  Hồi Âm  ${shown}`,
    `  Cổng người dân / portal      ${shown}/`,
    `  Tổng đài / console           ${shown}/console`,
    `  Tiện ích nhúng / widget      ${shown}/widget.js`,
    `  API                          ${shown}/api/docs`,
    `  Dữ liệu / data               ${config.dataDir}`,
    ...(newAdminPassword === null
      ? []
      : [
          '',
          '  Quản trị viên / administrator (shown once, change it after signing in):',
          `    ${config.adminEmail}  ${newAdminPassword}`,
        ]),
    ...(config.isRateLimited
      ? []
      : ['', '  RATE_LIMITS=off: nothing slows a flood of requests down.']),
    '',
    '',
  ].join('\n')
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
