import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { ConfigError, readConfig } from '#backend/config'
import { type RunningServer, startServer } from '#backend/start-server'
import { streamCalls } from './calls.ts'
import { streamExchangeCalls } from './exchange-calls.ts'
import { openHotline } from './hotline.ts'
import { writeHistory } from './history.ts'
import { readTexts } from './read-texts.ts'
import { DEMO_PASSWORD, EXTENSIONS, openStaff, staffTable } from './staff.ts'
import { streamReports } from './stream.ts'
import { startCompany } from './telephone/company.ts'
import { startExchange } from './telephone/exchange.ts'

const ADMIN_EMAIL = 'quantri@demo.hoiam'
const HOTLINE_NUMBER = '+842838001022'
/** The number of the office's own exchange. */
const OFFICE_NUMBER = '842838002026'

await main()

/** A lively city on a throw-away data folder; Ctrl+C ends it and removes the folder. */
async function main(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'hoiam-demo-'))
  const account = {
    accountSid: `AC${randomBytes(16).toString('hex')}`,
    authToken: randomBytes(16).toString('hex'),
  }
  let server: RunningServer | null = null
  const company = await startCompany({
    ...account,
    number: HOTLINE_NUMBER,
    publicUrl: () => config.publicUrl ?? server?.url ?? '',
    ownUrl: () => server?.url ?? '',
  })
  const ctiToken = randomBytes(24).toString('hex')
  const exchange = await startExchange({
    ownUrl: () => server?.url ?? '',
    token: ctiToken,
    number: OFFICE_NUMBER,
  })
  const config = configFor(dataDir, {
    TWILIO_ACCOUNT_SID: account.accountSid,
    TWILIO_AUTH_TOKEN: account.authToken,
    TWILIO_API_BASE: company.url,
    TWILIO_MESSAGING_FROM: HOTLINE_NUMBER,
    CTI_TOKEN: ctiToken,
    CTI_HMAC_SECRET: '',
    CTI_RECORDINGS_BASE: exchange.recordingsUrl,
    CTI_RECORDINGS_TOKEN: '',
  })
  server = await startServer(config, pino({ level: config.logLevel, base: null }))
  process.stdout.write(`\n  Hồi Âm demo  ${server.url}\n  Making three months of a city …\n`)

  const texts = await readTexts(server.ports.gazetteer)
  const accounts = await openStaff(server.staffPorts)
  await openHotline(server.url, { email: ADMIN_EMAIL, password: DEMO_PASSWORD })
  const caseCount = await writeHistory(texts.cases, accounts, server.ports)
  process.stdout.write(
    [
      `  ${String(caseCount)} cases. Password of every account: ${DEMO_PASSWORD}`,
      '',
      ...staffTable(ADMIN_EMAIL, accounts),
      '',
      `  Portal   ${server.url}/`,
      `  Console  ${server.url}/console`,
      '  A new report arrives every few seconds, a call every half minute (sign in as lan and be',
      '  available to take it), some at the exchange of the office: they ring at lan and bao, and bao',
      '  picks up. Ctrl+C ends the demo and removes its data.',
      '',
      '',
    ].join('\n'),
  )
  const running = server
  const streams = [
    streamReports(running.url, texts.incoming),
    streamCalls(company, texts.incoming),
    streamExchangeCalls(exchange, texts.incoming, EXTENSIONS),
  ]

  const stop = async (): Promise<void> => {
    for (const stream of streams) stream.stop()
    await Promise.all([company.close(), exchange.close()])
    await running.stop()
    await rm(dataDir, { recursive: true, force: true })
    process.exit(0)
  }
  process.once('SIGINT', () => void stop())
  process.once('SIGTERM', () => void stop())
}

function configFor(dataDir: string, telephone: Record<string, string>) {
  try {
    return readConfig({
      LOG_LEVEL: 'warn',
      ...process.env,
      ...telephone,
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
