import express, { type Express, type RequestHandler, type Router } from 'express'
import type { Logger } from 'pino'
import type { Catalogue } from '#contracts/catalogue'
import { agentRoutes } from '#http/agents'
import { answerRoutes, similarAnswerRoutes } from '#http/answers'
import { authRoutes } from '#http/auth'
import { callBackRoutes } from '#http/call-backs'
import { callRecordRoutes } from '#http/call-records'
import { callRoutes } from '#http/calls'
import { cannedAnswerRoutes, caseRoutes } from '#http/cases'
import { agencyRoutes, catalogueRoutes, type FieldNamesNow } from '#http/catalogue'
import { docsRoutes } from '#http/docs'
import { errorHandler, notFound, type ReportUnexpected } from '#http/error-handler'
import { healthRoutes, type Metrics } from '#http/health'
import { hotlineRoutes } from '#http/hotline'
import { learningRoutes, type TrainingDoor } from '#http/learning'
import { pageRoutes } from '#http/pages'
import type { ProofOfWork } from '#http/proof-of-work'
import type { RateLimits } from '#http/rate-limits'
import { recordingRoutes } from '#http/recordings'
import { reportRoutes } from '#http/reports'
import { requestLog } from '#http/request-log'
import { noSniffing } from '#http/security-headers'
import { type SettingsDoor, settingsRoutes } from '#http/settings'
import { sessionRoutes, staffRoutes } from '#http/staff'
import type { StaffAuth } from '#http/staff-auth'
import { type Authenticate, mustSeeCalls, refuseForgery, requireStaff } from '#http/staff-session'
import { softphoneRoutes, telephoneRoutes } from '#http/telephone'
import { fieldNamesOf } from '#presenters/field-names'
import { wallboardRoutes } from '#http/wallboard'
import type { StaffPorts } from '#use-cases/manage-staff'
import type { Ports } from '#use-cases/ports'

/** Everything the HTTP side is made of; built by `start-server`. */
export type AppParts = {
  readonly ports: Ports
  readonly staffPorts: StaffPorts
  readonly settings: SettingsDoor
  readonly training: TrainingDoor
  readonly auth: StaffAuth
  readonly authenticate: Authenticate
  readonly limits: RateLimits
  readonly proofOfWork: ProofOfWork | null
  readonly readUploads: RequestHandler
  readonly telephony: Router
  readonly cti: Router
  readonly metrics: Metrics
  readonly isReady: () => Promise<boolean>
  readonly trustProxy: boolean | number | string
  readonly shown: Pick<Catalogue, 'proofOfWork' | 'tileUrl'>
  /** Where the console's softphone connects to; none where no telephone company is set up. */
  readonly softphoneOrigins: readonly string[]
  readonly distFolder: string
  readonly log: Logger
  readonly reportUnexpected: ReportUnexpected
}

/** A report of 10,000 characters, each escaped as \uXXXX, and its envelope. */
const JSON_LIMIT = '96kb'
const SIGN_IN_LIMIT = '10kb'
/** Settings are larger than any report: a calendar, the routing rules. */
const SETTINGS_LIMIT = '2mb'

/** The Express application: doors in the order in which a request meets them. It does not listen. */
export function createApp(parts: AppParts): Express {
  const { ports, limits, log, metrics } = parts
  const app = express()
  app.disable('x-powered-by')
  app.set('trust proxy', parts.trustProxy)
  // Query strings are flat here; nested ones would only surprise the contracts.
  app.set('query parser', 'simple')
  app.use(requestLog(log), metrics.measure, noSniffing)

  // Before any body parser: signatures are checked over what arrived.
  app.use('/telephony/cti', parts.cti)
  app.use('/telephony', parts.telephony)
  app.use(healthRoutes(parts.isReady, metrics))
  app.use('/api/auth', authRoutes(parts.auth, limits, express.json({ limit: SIGN_IN_LIMIT })))
  app.use('/api', apiRoutes(parts, fieldNamesNow(ports), limits), notFound)
  app.use(pageRoutes(parts.distFolder, parts.shown.tileUrl, parts.softphoneOrigins))
  app.use(notFound)
  app.use(errorHandler(parts.reportUnexpected))
  return app
}

const STAFF_DOORS = [
  '/session',
  '/cases',
  '/canned-answers',
  '/similar-answers',
  '/agencies',
  '/calls',
  '/calls.csv',
  '/hotline',
  '/wallboard',
  '/agents',
  '/softphone',
  '/call-backs',
  '/staff',
  '/settings',
  '/learning',
]

function apiRoutes(parts: AppParts, fieldNames: FieldNamesNow, limits: RateLimits): Router {
  const { ports, staffPorts, readUploads, proofOfWork } = parts
  const readJson = express.json({ limit: JSON_LIMIT })
  const readSettings = express.json({ limit: SETTINGS_LIMIT })
  const router = express.Router()
  router.use(docsRoutes())
  router.use(
    '/reports',
    reportRoutes({ ports, limits, readUploads, readJson, proofOfWork, fieldNames }),
  )
  router.use(catalogueRoutes(ports, limits, parts.shown))
  router.use(answerRoutes(ports, limits, fieldNames))

  // Staff only. Named one by one: what is at no address is 404 for everyone.
  router.use(STAFF_DOORS, requireStaff(parts.authenticate), refuseForgery)
  router.use('/session', sessionRoutes(staffPorts, readJson))
  router.use('/cases', caseRoutes(ports, readJson))
  router.use('/canned-answers', cannedAnswerRoutes(ports))
  router.use('/similar-answers', similarAnswerRoutes(ports, readJson, fieldNames))
  router.use('/agencies', agencyRoutes(ports))
  router.use(['/calls', '/calls.csv', '/agents', '/softphone', '/call-backs'], mustSeeCalls)
  router.use(
    '/calls',
    callRoutes(ports),
    recordingRoutes(ports),
    telephoneRoutes(ports, readJson, fieldNames),
  )
  router.use('/calls.csv', callRecordRoutes(ports))
  router.use('/agents', agentRoutes(ports, readJson))
  router.use('/softphone', softphoneRoutes(ports))
  router.use('/call-backs', callBackRoutes(ports, readJson))
  router.use('/hotline', hotlineRoutes(ports))
  router.use('/wallboard', wallboardRoutes(ports))
  router.use('/staff', staffRoutes(staffPorts, readJson))
  router.use('/learning', learningRoutes(ports, parts.training, readJson))
  router.use(settingsRoutes(parts.settings, ports.agencies, readSettings))
  return router
}

/** The names of fields, made anew only when an administrator changed them. */
function fieldNamesNow(ports: Ports): FieldNamesNow {
  let fields = ports.settings().fields
  let names = fieldNamesOf(fields)
  return () => {
    const current = ports.settings().fields
    if (current !== fields) {
      fields = current
      names = fieldNamesOf(current)
    }
    return names
  }
}
