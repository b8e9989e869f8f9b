import express, { type RequestHandler, type Response, Router } from 'express'
import type { CallEvent } from '#domain/call'
import { type AgentAccounts, findAgent } from '#use-cases/find-agent'
import type { Ports } from '#use-cases/ports'
import { recordCallEvents } from '#use-cases/record-call'
import { fieldsOf, isKnownType } from './generic-cti/body.ts'
import { parsePush } from './generic-cti/parse.ts'
import { readPush } from './generic-cti/push.ts'
import { renderAnswer } from './generic-cti/render.ts'
import { isSigned, isToken } from './generic-cti/verify.ts'

/** What the door for telephone exchanges is wired with. */
type CtiOptions = {
  readonly ports: Ports
  readonly accounts: AgentAccounts
  /** Null where no exchange is connected: every push is refused then. */
  readonly cti: { readonly token: string; readonly hmacSecret: string | null } | null
}

const BODY_LIMIT = '64kb'
const SIGNATURE_HEADER = 'X-CTI-Signature'

/**
 * `/telephony/cti/{token}`: what a telephone exchange tells of its calls. Mount before any body
 * parser: a signature is over the bytes that arrived.
 */
export function ctiRoutes({ ports, accounts, cti }: CtiOptions): Router {
  const router = Router()
  if (cti === null) {
    router.use((_req, res) => {
      refuse(res, 401, 'No exchange is connected here: CTI_TOKEN is not set.')
    })
    return router
  }
  router
    .route('/:token')
    .all(mustHaveToken(cti.token))
    .post(readBody, mustBeSigned(cti.hmacSecret), push(ports, accounts))
    .all(refuseMethod)
  return router
}

function push(ports: Ports, accounts: AgentAccounts): RequestHandler {
  return async (req, res) => {
    const mediaType = req.get('content-type') ?? ''
    if (!isKnownType(mediaType)) {
      refuse(res, 415, 'Content-Type: must be application/json or a form.')
      return
    }
    const fields = await fieldsOf(mediaType, bytesOf(req.body))
    if (fields === null) {
      refuse(res, 422, `body: is not ${mediaType}`)
      return
    }
    const read = readPush(fields)
    if ('problem' in read) {
      refuse(res, 422, read.problem)
      return
    }
    const events = parsePush(read.push, ports.now())
    await recordCallEvents(await withAgents(events, accounts), ports)
    res.json(renderAnswer(read.push, ports.settings().cti))
  }
}

/** The same events with our own ids of people: null, or left out, where a name is nobody's. */
async function withAgents(
  events: readonly CallEvent[],
  accounts: AgentAccounts,
): Promise<CallEvent[]> {
  return Promise.all(
    events.map(async ({ agentRef, rungAgents = [], ...event }) => {
      const rung = await Promise.all(rungAgents.map(async (name) => findAgent(name, accounts)))
      const known = [...new Set(rung.filter((id) => id !== null))].sort()
      return {
        ...event,
        ...(agentRef === undefined || agentRef === null
          ? {}
          : { agentRef: await findAgent(agentRef, accounts) }),
        ...(known.length > 0 && { rungAgents: known }),
      }
    }),
  )
}

function mustHaveToken(token: string): RequestHandler {
  return (req, res, next) => {
    if (isToken(String(req.params['token']), token)) next()
    else refuse(res, 401, 'The token in the address is not ours.')
  }
}

function mustBeSigned(secret: string | null): RequestHandler {
  return (req, res, next) => {
    if (secret === null || isSigned(bytesOf(req.body), req.get(SIGNATURE_HEADER), secret)) next()
    else refuse(res, 401, `${SIGNATURE_HEADER}: is not the HMAC-SHA256 of this body.`)
  }
}

const parseBytes: RequestHandler = express.raw({ type: () => true, limit: BODY_LIMIT })

const readBody: RequestHandler = (req, res, next) => {
  void parseBytes(req, res, (error?: unknown) => {
    if (error === undefined) next()
    else if (isTooLarge(error)) refuse(res, 413, `body: must not be larger than ${BODY_LIMIT}.`)
    else refuse(res, 422, 'body: could not be read.')
  })
}

function isTooLarge(error: unknown): boolean {
  return error instanceof Error && 'type' in error && error.type === 'entity.too.large'
}

/** A request without a body has none that `express.raw` would have read. */
function bytesOf(body: unknown): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0)
}

const refuseMethod: RequestHandler = (_req, res) => {
  res.set('Allow', 'POST')
  refuse(res, 405, 'Pushes are sent with POST.')
}

/** Read by whoever debugs at the exchange's side, in the form of the contract and in English. */
function refuse(res: Response, status: number, error: string): void {
  res.status(status).json({ error })
}
