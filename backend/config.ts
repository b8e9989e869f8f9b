import { resolve } from 'node:path'
import { z } from 'zod'

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

const onOff = (otherwise: boolean) =>
  z
    .enum(['on', 'off', 'true', 'false', '1', '0'])
    .transform((word) => ['on', 'true', '1'].includes(word))
    .default(otherwise)

/** How many proxies to trust (a number), or which (addresses), as Express understands it. */
const trustProxy = z
  .string()
  .transform((word): boolean | number | string => {
    if (['off', 'false', ''].includes(word)) return false
    if (['on', 'true'].includes(word)) return true
    return /^\d+$/.test(word) ? Number(word) : word
  })
  .default(false)

/** Where a map's tiles are: an address with places for zoom, column and row. */
const tileUrl = z
  .string()
  .refine(
    (word) =>
      /^https?:/.test(word) &&
      URL.canParse(word.replace('{s}', 'a')) &&
      ['{z}', '{x}', '{y}'].every((place) => word.includes(place)),
    'must be an http(s) address with {z}, {x} and {y}',
  )

/** Who our text messages come from. */
const messagingFrom = z
  .string()
  .regex(
    /^(\+[1-9]\d{2,14}|\d{3,6}|MG[0-9a-f]{32}|(?=.*[A-Za-z])[A-Za-z0-9 &_+-]{1,11})$/,
    'must be a number (+84…), a short code, a name of at most 11 letters, or a messaging service (MG…)',
  )

/** Where an exchange keeps its recordings: a folder, for what is below it may be fetched. */
const recordingsBase = z
  .url({ protocol: /^https?$/ })
  .refine((word) => {
    if (!URL.canParse(word)) return false
    const { username, password, search, hash } = new URL(word)
    return username + password + search + hash === ''
  }, 'must be an http(s) address without a name, a query or a fragment')
  .transform((word) => `${word.replace(/\/+$/, '')}/`)

const Environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  DATA_DIR: z.string().min(1).default('./data'),
  MONGODB_URI: z.string().startsWith('mongodb').optional(),
  INSTALLATION_SECRET: z.string().min(32).optional(),
  TWILIO_ACCOUNT_SID: z.string().min(1).optional(),
  TWILIO_AUTH_TOKEN: z.string().min(1).optional(),
  TWILIO_API_KEY: z.string().startsWith('SK').optional(),
  TWILIO_API_SECRET: z.string().min(1).optional(),
  TWILIO_API_BASE: z.url({ protocol: /^https?$/ }).optional(),
  TWILIO_MESSAGING_FROM: messagingFrom.optional(),
  TWILIO_EDGE: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/, 'must be the name of an edge, e.g. singapore')
    .optional(),
  SPEECH_TO_TEXT_URL: z.url({ protocol: /^https?$/ }).optional(),
  SPEECH_TO_TEXT_KEY: z.string().min(1).optional(),
  SPEECH_TO_TEXT_MODEL: z.string().min(1).default('whisper-1'),
  CTI_TOKEN: z
    .string()
    .regex(/^[\w-]{16,}$/, 'must be at least 16 letters, digits, - and _: it is in an address')
    .optional(),
  CTI_HMAC_SECRET: z.string().min(16).optional(),
  CTI_RECORDINGS_BASE: recordingsBase.optional(),
  CTI_RECORDINGS_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]+$/, 'must be what stands after "Bearer", without spaces')
    .optional(),
  TILE_URL: tileUrl.optional(),
  TRANSFORMER_DIR: z.string().optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
  ADMIN_EMAIL: z.email().default('admin@hoiam.local'),
  ADMIN_PASSWORD: z.string().min(10).max(128).optional(),
  TRUST_PROXY: trustProxy,
  RATE_LIMITS: onOff(true),
  PROOF_OF_WORK: onOff(false),
})

/** The settings of one process. */
export type Config = {
  readonly port: number
  readonly host: string
  /** Where citizens and providers reach us, without a trailing slash; null: the address we listen on. */
  readonly publicUrl: string | null
  readonly dataDir: string
  readonly mongodbUri: string | null
  readonly installationSecret: string | null
  readonly twilio: TwilioConfig | null
  /** The server that makes text of recordings; null where there is none. */
  readonly speechToText: {
    readonly url: string
    readonly key: string | null
    readonly model: string
  } | null
  /** The telephone exchange that may push to us; `hmacSecret` null where it signs nothing. */
  readonly cti: CtiConfig | null
  readonly tileUrl: string | null
  /** A folder with a sequence classifier that helps to choose fields. */
  readonly transformerDir: string | null
  readonly logLevel: (typeof LOG_LEVELS)[number]
  readonly adminEmail: string
  readonly adminPassword: string | null
  readonly trustProxy: boolean | number | string
  readonly isRateLimited: boolean
  readonly isProofOfWorkAsked: boolean
}

/** How an exchange proves itself, and where its recordings may be fetched from; null: nowhere. */
export type CtiConfig = {
  readonly token: string
  readonly hmacSecret: string | null
  readonly recordings: { readonly base: string; readonly token: string | null } | null
}

/** How Twilio knows us, and what we send with it. */
export type TwilioConfig = {
  readonly accountSid: string
  readonly authToken: string
  readonly apiKey: { readonly sid: string; readonly secret: string } | null
  readonly apiBase: string | null
  /** A number, an alphanumeric sender or a messaging service; null: no text message is ever sent. */
  readonly messagingFrom: string | null
  /** Where softphones connect to; in another one than the conference nobody hears anybody. */
  readonly edge: string | null
}

/** The environment cannot be used; the message lists every variable that is wrong. */
export class ConfigError extends Error {
  constructor(problems: readonly string[]) {
    super(`These settings are wrong:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
    this.name = 'ConfigError'
  }
}

/** Reads the settings from the environment once. Throws `ConfigError` with all that is wrong. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  // An empty variable is an unset one: `PORT= npm start`.
  const given = Object.entries(environment).filter(([, value]) => (value ?? '') !== '')
  const names = new Set(given.map(([name]) => name))
  const parsed = Environment.safeParse(Object.fromEntries(given))
  const issues = parsed.error?.issues ?? []
  const problems = [
    ...issues.map(({ path, message }) => `${path.join('.')}: ${message}`),
    ...combinationProblems(names),
  ]
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems)
  const env = parsed.data
  return {
    port: env.PORT,
    host: env.HOST,
    publicUrl: env.PUBLIC_URL?.replace(/\/+$/, '') ?? null,
    dataDir: resolve(env.DATA_DIR),
    mongodbUri: env.MONGODB_URI ?? null,
    installationSecret: env.INSTALLATION_SECRET ?? null,
    twilio: twilioOf(env),
    speechToText: speechToTextOf(env),
    cti: ctiOf(env),
    tileUrl: env.TILE_URL ?? null,
    transformerDir: env.TRANSFORMER_DIR === undefined ? null : resolve(env.TRANSFORMER_DIR),
    logLevel: env.LOG_LEVEL,
    adminEmail: env.ADMIN_EMAIL.toLowerCase(),
    adminPassword: env.ADMIN_PASSWORD ?? null,
    trustProxy: env.TRUST_PROXY,
    isRateLimited: env.RATE_LIMITS,
    isProofOfWorkAsked: env.PROOF_OF_WORK,
  }
}

type Parsed = z.infer<typeof Environment>

function combinationProblems(given: ReadonlySet<string>): string[] {
  const problems: string[] = []
  if (given.has('TWILIO_ACCOUNT_SID') !== given.has('TWILIO_AUTH_TOKEN')) {
    problems.push('TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN: set both or neither')
  }
  if (given.has('SPEECH_TO_TEXT_KEY') && !given.has('SPEECH_TO_TEXT_URL')) {
    problems.push('SPEECH_TO_TEXT_KEY: of no use without SPEECH_TO_TEXT_URL')
  }
  if (given.has('CTI_HMAC_SECRET') && !given.has('CTI_TOKEN')) {
    problems.push('CTI_HMAC_SECRET: signs what is sent to the address with CTI_TOKEN; set that too')
  }
  if (given.has('CTI_RECORDINGS_BASE') && !given.has('CTI_TOKEN')) {
    problems.push('CTI_RECORDINGS_BASE: of no use without CTI_TOKEN')
  }
  if (given.has('CTI_RECORDINGS_TOKEN') && !given.has('CTI_RECORDINGS_BASE')) {
    problems.push('CTI_RECORDINGS_TOKEN: is sent to CTI_RECORDINGS_BASE alone; set that too')
  }
  if (given.has('TWILIO_API_KEY') !== given.has('TWILIO_API_SECRET')) {
    problems.push('TWILIO_API_KEY and TWILIO_API_SECRET: set both or neither')
  }
  const needAccount = ['TWILIO_API_KEY', 'TWILIO_MESSAGING_FROM'].filter((name) => given.has(name))
  if (needAccount.length > 0 && !given.has('TWILIO_ACCOUNT_SID')) {
    problems.push(
      `${needAccount.join(', ')}: TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN are needed too`,
    )
  }
  if (given.has('MONGODB_URI') && !given.has('INSTALLATION_SECRET')) {
    // Several processes on one database must derive the same PINs and cookies.
    problems.push('INSTALLATION_SECRET: required with MONGODB_URI (at least 32 characters)')
  }
  return problems
}

function twilioOf(env: Parsed): Config['twilio'] {
  const { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken } = env
  const { TWILIO_API_KEY: sid, TWILIO_API_SECRET: secret } = env
  if (accountSid === undefined || authToken === undefined) return null
  return {
    accountSid,
    authToken,
    apiKey: sid === undefined || secret === undefined ? null : { sid, secret },
    apiBase: env.TWILIO_API_BASE ?? null,
    messagingFrom: env.TWILIO_MESSAGING_FROM ?? null,
    edge: env.TWILIO_EDGE ?? null,
  }
}

function ctiOf(env: Parsed): CtiConfig | null {
  const { CTI_TOKEN: token, CTI_RECORDINGS_BASE: base } = env
  if (token === undefined) return null
  return {
    token,
    hmacSecret: env.CTI_HMAC_SECRET ?? null,
    recordings: base === undefined ? null : { base, token: env.CTI_RECORDINGS_TOKEN ?? null },
  }
}

function speechToTextOf(env: Parsed): Config['speechToText'] {
  const { SPEECH_TO_TEXT_URL: url, SPEECH_TO_TEXT_KEY: key, SPEECH_TO_TEXT_MODEL: model } = env
  return url === undefined ? null : { url, key: key ?? null, model }
}
