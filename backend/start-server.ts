import { randomInt, randomUUID } from 'node:crypto'
import { createServer, type RequestListener, type Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Logger } from 'pino'
import { authAccountRepository } from '#http/account-repository'
import { httpMetrics } from '#http/health'
import { proofOfWork } from '#http/proof-of-work'
import { rateLimits } from '#http/rate-limits'
import { staffAuth } from '#http/staff-auth'
import { authenticateBy } from '#http/staff-session'
import { uploadReader } from '#http/uploads'
import { createDispatcher } from '#jobs/dispatcher'
import { createWall } from '#jobs/wall'
import { createRelay } from '#jobs/relay'
import { nightlyTraining } from '#jobs/nightly-training'
import { runUntilDone } from '#jobs/run-until-done'
import { scheduleJobs } from '#jobs/schedule'
import { broadcastCase } from '#realtime/broadcast'
import { consoleServer, endSessionsOf } from '#realtime/console-server'
import { TWILIO_ORIGINS } from '#telephony/softphone-origins'
import { httpSpeechToText } from '#telephony/speech-to-text'
import { ctiRoutes } from '#telephony/cti-routes'
import { messageWording } from '#presenters/message-wording'
import { presentWallboard } from '#presenters/present-wallboard'
import { messageSender } from '#telephony/message-sender'
import { tellTelephone, tellWall } from '#realtime/tell-telephone'
import { telephonyRoutes } from '#telephony/twilio-routes'
import { fileWaitingMessages } from '#use-cases/file-waiting-messages'
import { learnFromCase } from '#use-cases/learn-from-case'
import { createRefresh, trainAnew } from '#use-cases/learning'
import type { StaffPorts } from '#use-cases/manage-staff'
import type { Ports } from '#use-cases/ports'
import type { CallControl, SoftphoneTokens } from '#use-cases/ports/telephony'
import { settleDuplicates } from '#use-cases/merge-cases'
import { printCase, printOlderCases } from '#use-cases/print-case'
import { transcribeMessages } from '#use-cases/transcribe-messages'
import { tellByMessage } from '#use-cases/queue-messages'
import { fileUnfiledMessages } from '#use-cases/receive-message'
import { reportMessages, sendMessages } from '#use-cases/send-messages'
import { dispatchCalls } from '#use-cases/telephone/dispatch-calls'
import { handleTime } from '#use-cases/telephone/handle-time'
import { openSubCases } from '#use-cases/split-case'
import { readWallboard } from '#use-cases/wallboard'
import { closeSettled, warnDeadlines } from '#use-cases/warn-deadlines'
import { createApp } from './app.ts'
import { beginDatabase } from './begin-database.ts'
import type { Config } from './config.ts'
import { openAdministrator } from './first-administrator.ts'
import { openPersistence, type Persistence } from './open-persistence.ts'
import { exchangeRecordings, telephoneCompany, telephoneJobs, wakingAt } from './telephone.ts'
import type { OnnxRuntime } from './transformer/runtime.ts'
import { type LearningReader, learningReader, shippedLikeness } from './understanding.ts'

/** A server that runs. */
export type RunningServer = {
  readonly url: string
  readonly ports: Ports
  readonly staffPorts: StaffPorts
  /** The administrator's password, on the very first start only. */
  readonly newAdminPassword: string | null
  /** Errors that were not refusals; empty where everything went as designed. */
  readonly unexpected: readonly unknown[]
  /** Answers what is under way, tells what is untold, closes everything. */
  stop(): Promise<void>
}

/** The package's folder, from sources as from dist. */
export const ROOT = packageRoot(fileURLToPath(import.meta.url))

const SECOND_MS = 1_000
const MINUTE_MS = 60_000
const UNEXPECTED_KEPT = 100
/** How long requests under way may take once the process was told to stop. */
const CUT_OFF_MS = 10_000

/** What a caller may decide that no setting does. */
export type StartOptions = {
  /** The clock of every use case. */
  readonly now?: () => Date
  /** Provinces (2-digit codes) whose agencies an empty database is filled with; all by default. */
  readonly isUnitSeeded?: (provinceCode: string) => boolean
  /** Of the shipped examples, a training learns from every so manieth; from all by default. */
  readonly trainingStride?: number
  /** The database, where it was begun already. */
  readonly database?: ReturnType<typeof beginDatabase>
  /** The telephone company, as far as it does what it is told. */
  readonly callControl?: CallControl
  readonly softphoneTokens?: SoftphoneTokens
  /** What runs the transformer; `onnxruntime-node` by default. */
  readonly loadOnnxRuntime?: () => Promise<OnnxRuntime>
}

/** Starts everything on one port. */
export async function startServer(
  config: Config,
  log: Logger,
  options: StartOptions = {},
): Promise<RunningServer> {
  const { now = () => new Date(), isUnitSeeded = () => true, trainingStride = 1 } = options
  const database = options.database ?? beginDatabase(config, log)
  const opening = openPersistence(config, { root: ROOT, isUnitSeeded, database })
  // The database child starts while the model is read; both have to end well.
  const { transformerDir: folder } = config
  const reading = learningReader(
    join(config.dataDir, 'models'),
    folder === null ? null : { folder, log, loadRuntime: options.loadOnnxRuntime },
    trainingStride,
  )
  const [reader] = await Promise.all([reading, opening]).catch(async (error: unknown) => {
    await opening.then(async (opened) => opened.close()).catch(() => undefined)
    throw error
  })
  const persistence = await opening
  try {
    const { callControl = null, softphoneTokens = null } = options
    return await serve(config, log, { persistence, reader, now, callControl, softphoneTokens })
  } catch (error) {
    await persistence.close()
    throw error
  }
}

type Wiring = {
  readonly persistence: Persistence
  readonly reader: LearningReader
  readonly now: () => Date
  readonly callControl: CallControl | null
  readonly softphoneTokens: SoftphoneTokens | null
}

async function serve(config: Config, log: Logger, wiring: Wiring): Promise<RunningServer> {
  const { persistence, reader, now, callControl, softphoneTokens } = wiring
  const unexpected: unknown[] = []
  // Answered by the app once it is there; Socket.IO stands before it, so it cannot be swapped later.
  let answer: RequestListener = notYet
  const http = createServer((request, response) => {
    answer(request, response)
  })
  const port = await listen(http, config)
  const ownUrl = `http://${config.host === '0.0.0.0' ? '127.0.0.1' : config.host}:${String(port)}`
  const publicUrl = config.publicUrl ?? ownUrl

  const likeness = shippedLikeness()
  const printPorts = { likeness, casePrints: persistence.casePrints }
  const relay = createRelay(
    persistence.outbox,
    [
      (changed, steps) => {
        broadcastCase(io, changed, steps)
      },
      async (changed, steps) => learnFromCase(changed, steps, ports),
      async (changed, steps) => printCase(changed, steps, printPorts),
      async (changed, steps) => openSubCases(changed, steps, ports),
      async (changed, steps) => tellByMessage(changed, steps, ports),
      async (changed, steps) => settleDuplicates(changed, steps, ports),
    ],
    { now },
    log,
  )
  const dispatcher = createDispatcher(async () => dispatchCalls(ports), log)
  // Told only once `io` is there: nothing happens at the telephone before the app answers.
  const wall = createWall(
    async () => presentWallboard(await readWallboard(ports)),
    (wallboard) => tellWall(io, wallboard),
  )
  const telephone = wakingAt(() => tellTelephone(io), { dispatcher, wall })
  const ports: Ports = {
    ...persistence,
    ...telephoneCompany(config, publicUrl, persistence.settings),
    ...(callControl !== null && { callControl }),
    ...(softphoneTokens !== null && { softphoneTokens }),
    telephone,
    handleTime: handleTime({ calls: persistence.calls, now }),
    now,
    newId: randomUUID,
    randomDigits,
    ...reader,
    likeness,
    publisher: relay,
    exchangeRecordings: exchangeRecordings(config),
    speechToText: config.speechToText === null ? null : httpSpeechToText(config.speechToText),
    messages: {
      log: persistence.messageLog,
      sender: messageSender(config.twilio, publicUrl),
      wording: messageWording(publicUrl),
    },
  }
  const refreshLearning = createRefresh(ports)
  await refreshLearning(true)
  const training = nightlyTraining(
    async (onStep) => {
      const made = await trainAnew(ports, onStep)
      await refreshLearning()
      return made
    },
    ports,
    log,
  )
  const auth = staffAuth({
    database: persistence.authDatabase,
    secret: persistence.secret,
    publicUrl: config.publicUrl,
  })
  const authenticate = authenticateBy(auth)
  const staffPorts: StaffPorts = {
    agencies: persistence.agencies,
    accounts: authAccountRepository(auth),
    endSessions: (accountId) => {
      endSessionsOf(io, accountId)
    },
  }
  const newAdminPassword = await openAdministrator(config, staffPorts)
  const io = consoleServer(http, { ports, authenticate, log })

  const app = createApp({
    ports,
    staffPorts,
    settings: {
      ...persistence.settingsDoor,
      replace: async (name, value) => {
        await persistence.settingsDoor.replace(name, value)
        // A field just added is looked for in texts from now on.
        if (name === 'fields') await refreshLearning()
      },
    },
    training,
    auth,
    authenticate,
    limits: rateLimits(config.isRateLimited),
    proofOfWork: config.isProofOfWorkAsked ? proofOfWork(persistence.secret) : null,
    readUploads: await uploadReader(join(config.dataDir, 'uploads')),
    telephony: telephonyRoutes({
      ports,
      publicUrl,
      twilio: config.twilio,
      musicFile: join(ROOT, 'seeds/telephone/waiting-music.wav'),
      log,
      journal: persistence.callEventJournal,
      isRateLimited: config.isRateLimited,
    }),
    cti: ctiRoutes({ ports, accounts: staffPorts.accounts, cti: config.cti }),
    metrics: httpMetrics(),
    isReady: persistence.isReady,
    trustProxy: config.trustProxy,
    shown: { proofOfWork: config.isProofOfWorkAsked, tileUrl: config.tileUrl },
    softphoneOrigins: config.twilio === null ? [] : TWILIO_ORIGINS,
    distFolder: join(ROOT, 'dist'),
    log,
    reportUnexpected: (error, requestId) => {
      if (unexpected.length < UNEXPECTED_KEPT) unexpected.push(error)
      log.error({ err: error, requestId }, 'unexpected error')
    },
  })
  answer = app
  relay.start()
  const jobs = scheduleJobs(
    [
      { name: 'warn-deadlines', everyMs: MINUTE_MS, run: async () => warnDeadlines(ports) },
      { name: 'close-settled', everyMs: 60 * MINUTE_MS, run: async () => closeSettled(ports) },
      { name: 'voice-messages', everyMs: MINUTE_MS, run: async () => fileWaitingMessages(ports) },
      { name: 'transcripts', everyMs: MINUTE_MS, run: async () => transcribeMessages(ports) },
      { name: 'send-texts', everyMs: SECOND_MS, run: async () => sendMessages(ports) },
      { name: 'report-texts', everyMs: MINUTE_MS, run: async () => reportMessages(ports) },
      { name: 'file-texts', everyMs: MINUTE_MS, run: async () => fileUnfiledMessages(ports) },
      ...telephoneJobs(ports, { dispatcher, journal: persistence.callEventJournal, wall, log }),
      { name: 'settings', everyMs: MINUTE_MS, run: persistence.reloadSettings },
      { name: 'learning', everyMs: MINUTE_MS, run: refreshLearning },
      { name: 'training', everyMs: MINUTE_MS, run: async () => training.beginAtNight() },
    ],
    log,
  )

  const olderCases = runUntilDone(
    'print-older-cases',
    async (isStopping) => printOlderCases(printPorts, isStopping),
    log,
  )

  return {
    url: ownUrl,
    ports,
    staffPorts,
    newAdminPassword,
    unexpected,
    async stop() {
      await Promise.all([jobs.stop(), olderCases.stop(), dispatcher.stop()])
      // A stalled upload must not hold the exit up for ever.
      const cutOff = setTimeout(() => {
        http.closeAllConnections()
      }, CUT_OFF_MS)
      // Closes the sockets and the HTTP server below them; requests under way are answered.
      await io.close()
      clearTimeout(cutOff)
      await relay.stop()
      await training.settled()
      await persistence.close()
    },
  }
}

/** Listens at once, so that probes see the process; until the app is there it answers 503. */
async function listen(http: HttpServer, config: Config): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject)
    http.listen(config.port, config.host, resolve)
  })
  return (http.address() as AddressInfo).port
}

const notYet: RequestListener = (_request, response) => {
  response.writeHead(503, { 'Retry-After': '2' }).end()
}

function randomDigits(count: number): string {
  return Array.from({ length: count }, () => String(randomInt(10))).join('')
}

function packageRoot(file: string): string {
  const folder = dirname(file)
  return folder.includes(join('dist', 'backend')) ? join(folder, '../..') : join(folder, '..')
}
