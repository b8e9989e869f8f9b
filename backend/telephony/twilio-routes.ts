import express, { type Request, type RequestHandler, type Response, Router } from 'express'
import type { Ports } from '#use-cases/ports'
import type { CallEventJournal } from '#use-cases/ports/telephony'
import type { Answering, Door, Log } from './door.ts'
import { guessLimits } from './guess-limits.ts'
import { notePlan } from './note-plan.ts'
import type { Query, TelephonyProvider } from './provider.ts'
import { TWILIO_DOORS } from './twilio-doors.ts'
import { refuse, refuseMethod } from './refuse.ts'
import { smsRoutes } from './sms-routes.ts'
import { MUSIC_FILE } from './twilio/door-url.ts'
import { twilioProvider } from './twilio/twilio-provider.ts'
import { isForm, webhookIn } from './webhook-form.ts'

/** What telephony is wired with. */
type TelephonyOptions = {
  readonly ports: Ports
  /** Where Twilio reaches us: scheme, host, and port and path where there are any. */
  readonly publicUrl: string
  /** Null where no telephone company is set up; every webhook is refused then. */
  readonly twilio: { readonly authToken: string } | null
  /** The melody of those who wait, a WAV file. */
  readonly musicFile: string
  readonly log: Log
  /** Where events wait while the database is away. */
  readonly journal: Pick<CallEventJournal, 'append'>
  /** After this long a caller hears an answer that needs no database; Twilio gives up at 15 s. */
  readonly answerWithinMs?: number
  /** False where nothing slows down the guessing of codes; for load tests. */
  readonly isRateLimited?: boolean
}

/** Ten thousand characters that a recogniser heard, each percent-encoded from three bytes. */
const BODY_LIMIT = '128kb'
const ANSWER_WITHIN_MS = 8_000
const MUSIC_KEPT_MS = 86_400_000

/**
 * Everything under `/telephony`. Mount before any body parser: signatures are checked over what
 * arrived, and nothing else happens before the signature holds.
 */
export function telephonyRoutes(options: TelephonyOptions): Router {
  const { ports, twilio, log, journal, answerWithinMs = ANSWER_WITHIN_MS } = options
  const guesses = guessLimits(options.isRateLimited ?? true)
  const router = Router()
  // Companies fetch sounds without signing, and there is nothing to hide in a melody.
  router.get(`/twilio/${MUSIC_FILE}`, sendMusic(options.musicFile))
  if (twilio === null) router.use('/twilio', refuseAll(log))
  else {
    const provider = twilioProvider(twilio.authToken, options.publicUrl.replace(/\/+$/, ''))
    router.use('/twilio', webhookRoutes(provider, { ports, log, answerWithinMs, guesses, journal }))
  }
  return router
}

function sendMusic(file: string): RequestHandler {
  return (_req, res, next) => {
    res.type('audio/wav')
    res.sendFile(file, { maxAge: MUSIC_KEPT_MS, dotfiles: 'allow' }, (error: unknown) => {
      if (error !== undefined && !res.headersSent) next(error)
    })
  }
}

function webhookRoutes(provider: TelephonyProvider, answering: Answering): Router {
  const router = Router()
  router.use(readBody, mustBeSigned(provider))
  for (const door of TWILIO_DOORS) {
    router
      .route(`/${door.name}`)
      .post(webhook(door, provider, answering))
      .all(refuseMethod)
  }
  router.use(smsRoutes(answering))
  router.use((_req, res) => {
    refuse(res, 404, 'There is no webhook at this address.')
  })
  return router
}

function webhook(door: Door, provider: TelephonyProvider, answering: Answering): RequestHandler {
  return async (req, res) => {
    const { fields } = webhookIn(req)
    const query = queryIn(req)
    const { ports } = answering
    const told = isForm(req) ? door.parse(fields, ports.now(), query) : null
    if (told === null) {
      refuse(res, 400, 'This is not a webhook about a call.')
      return
    }
    const plan = await door.answer({ ...told, query }, answering)
    if (plan === null) {
      res.sendStatus(204)
      return
    }
    const { mediaType, body } = provider.render(plan)
    const at = ports.now()
    res.type(mediaType).send(body)
    // The fallback touches no database. Elsewhere, what fails costs a line of the record.
    if (!door.name.startsWith('fallback')) await notePlan(told, plan, at, ports).catch(ignored)
  }
}

function ignored(): void {
  // Whatever stands in the way of it was logged when the call itself could not be recorded.
}

/** What the address carries: signed like everything else, so it is what we once put there. */
function queryIn({ query }: Request): Query {
  return Object.fromEntries(
    Object.entries(query).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  )
}

const parseBytes: RequestHandler = express.raw({ type: () => true, limit: BODY_LIMIT })

/** A body that cannot be read (too large, broken encoding) cannot be signed either. */
const readBody: RequestHandler = (req, res, next) => {
  void parseBytes(req, res, (error?: unknown) => {
    if (error === undefined) next()
    else refuseUnsigned(res)
  })
}

function mustBeSigned(provider: TelephonyProvider): RequestHandler {
  return (req, res, next) => {
    if (provider.verify(webhookIn(req))) next()
    else refuseUnsigned(res)
  }
}

function refuseAll(log: Log): RequestHandler {
  let isTold = false
  return (_req, res) => {
    if (!isTold) log.warn({}, 'telephone webhooks are refused: no Twilio auth token is set')
    isTold = true
    refuseUnsigned(res)
  }
}

function refuseUnsigned(res: Response): void {
  refuse(res, 403, 'Not signed by the telephone provider for this address.')
}
