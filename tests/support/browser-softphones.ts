import { createHmac, randomBytes } from 'node:crypto'
import type { Page, WebSocketRoute } from 'playwright-core'
import type { Softphones } from '../../demo/telephone/legs.ts'
import { callerAnswered, callerOffer, callerOfferedAgain } from './browser-caller.ts'

/** For `launchBrowser`: a microphone that hums, and addresses as numbers, for want of a name service. */
export const FAKE_MEDIA = [
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--disable-features=WebRtcHideLocalIpsWithMdns',
  '--autoplay-policy=no-user-gesture-required',
]

/** Real softphones in real browsers at a simulated company: all but its network is the product's. */
export type BrowserSoftphones = Softphones & {
  /** What the product signs its tokens with; anything else is refused. */
  readonly apiSecret: string
  /** The page's way to the company leads here. */
  connect(page: Page): Promise<void>
  isRegistered(identity: string): boolean
  /** The line that this one has now; null where it has none. */
  lineOf(identity: string): string | null
  /** The keys that were pressed on a line. */
  digitsOf(callSid: string): string
  /** Loses the signalling of this one, as a network does; it may come back. */
  cut(identity: string): Promise<void>
  /** How often this one registered. */
  registrationsOf(identity: string): number
}

/** Whoever hears nothing for fifteen seconds takes the company for lost. */
const HEARTBEAT = '\n'
const HEARTBEAT_MS = 3_000

type Told = {
  readonly type: string
  readonly payload: {
    readonly token?: string
    readonly sdp?: string
    readonly callsid?: string
    readonly dtmf?: string
  }
}
type Connection = {
  readonly page: Page
  readonly socket: WebSocketRoute
  readonly end: () => void
}
type Leg = {
  readonly connection: Connection
  readonly identity: string
  isPicked: boolean
  readonly pick: (isPicked: boolean) => void
  readonly onGone: () => void
}

/** Nobody is registered yet. */
export function browserSoftphones(): BrowserSoftphones {
  const apiSecret = randomBytes(16).toString('hex')
  const registered = new Map<string, Connection>()
  const registrations = new Map<string, number>()
  const legs = new Map<string, Leg>()
  const digits = new Map<string, string>()

  function tell({ socket }: Connection, type: string, payload: object): void {
    socket.send(JSON.stringify({ type, payload }))
  }

  function gone(callSid: string): void {
    const leg = legs.get(callSid)
    legs.delete(callSid)
    if (leg?.isPicked === true) leg.onGone()
    else leg?.pick(false)
  }

  function lost(connection: Connection): void {
    for (const [identity, known] of registered) {
      if (known === connection) registered.delete(identity)
    }
    for (const [callSid, leg] of legs) {
      if (leg.connection === connection) gone(callSid)
    }
  }

  function hear(connection: Connection, { type, payload }: Told, identity: string): void {
    const { callsid = '', sdp = '', dtmf = '' } = payload
    const leg = legs.get(callsid)
    if (type === 'register') {
      registered.set(identity, connection)
      registrations.set(identity, (registrations.get(identity) ?? 0) + 1)
      tell(connection, 'ready', {})
    } else if (type === 'unregister') registered.delete(identity)
    else if (type === 'answer' && leg) {
      leg.isPicked = true
      leg.pick(true)
      void callerAnswered(connection.page, callsid, sdp)
    } else if (type === 'reinvite') {
      // A poor network: the softphone looks for another way to the caller.
      void callerOfferedAgain(connection.page, callsid, sdp).then((answer) => {
        tell(connection, 'answer', { callsid, sdp: answer })
      })
    } else if (type === 'dtmf') digits.set(callsid, (digits.get(callsid) ?? '') + dtmf)
    else if (type === 'reject' || type === 'hangup') gone(callsid)
  }

  function open(page: Page, socket: WebSocketRoute): void {
    let identity = ''
    const heartbeat = setInterval(() => {
      socket.send(HEARTBEAT)
    }, HEARTBEAT_MS)
    const end = (): void => {
      clearInterval(heartbeat)
      lost(connection)
    }
    const connection = { page, socket, end }
    socket.onMessage((message) => {
      if (message === HEARTBEAT) return
      const told = JSON.parse(String(message)) as Told
      if (told.type === 'listen') {
        identity = identityIn(told.payload.token ?? '', apiSecret) ?? ''
        if (identity === '') tell(connection, 'error', { error: TOKEN_REFUSED })
        else {
          const token = { identity, ttl: 3_600 }
          tell(connection, 'connected', { region: 'sg1', edge: 'singapore', token })
        }
      } else if (identity !== '') hear(connection, told, identity)
    })
    socket.onClose(end)
    page.on('close', end)
  }

  return {
    apiSecret,
    async connect(page) {
      // The company's network, and nothing nearer: signalling here, its side doors shut.
      await page.route(/twilio\.com/, (route) => route.fulfill({ status: 204 }))
      await page.routeWebSocket(/twilio\.com/, (socket) => {
        open(page, socket)
      })
    },
    isRegistered: (identity) => registered.has(identity),
    lineOf: (identity) =>
      [...legs].find(([, leg]) => leg.identity === identity && leg.isPicked)?.[0] ?? null,
    digitsOf: (callSid) => digits.get(callSid) ?? '',
    async cut(identity) {
      const connection = registered.get(identity)
      if (connection === undefined) return
      connection.end()
      await connection.socket.close({ code: 1011, reason: 'the network is gone' })
    },
    registrationsOf: (identity) => registrations.get(identity) ?? 0,

    async ring({ callSid, identity, parameters: Params, from }, onGone) {
      const connection = registered.get(identity)
      if (connection === undefined) return false
      const sdp = await callerOffer(connection.page, callSid).catch(() => null)
      if (sdp === null) return false
      return new Promise((pick) => {
        legs.set(callSid, { connection, identity, isPicked: false, pick, onGone })
        const parameters = { CallSid: callSid, From: from, To: `client:${identity}`, Params }
        tell(connection, 'invite', { callsid: callSid, sdp, parameters })
      })
    },
    end(callSid) {
      const leg = legs.get(callSid)
      if (leg === undefined) return
      legs.delete(callSid)
      leg.pick(false)
      tell(leg.connection, leg.isPicked ? 'hangup' : 'cancel', { callsid: callSid })
    },
  }
}

const TOKEN_REFUSED = { code: 20101, message: 'Invalid Access Token' }

/** Whose token it is; null where the product did not sign it, or it lets nobody be called. */
function identityIn(token: string, secret: string): string | null {
  const [head = '', body = '', signature] = token.split('.')
  const signed = createHmac('sha256', secret).update(`${head}.${body}`).digest('base64url')
  if (signature !== signed) return null
  const { grants } = JSON.parse(Buffer.from(body, 'base64url').toString()) as {
    grants: { identity: string; voice?: { incoming?: { allow: boolean } } }
  }
  return grants.voice?.incoming?.allow === true ? grants.identity : null
}
