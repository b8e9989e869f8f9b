import type { Call, Device } from '@twilio/voice-sdk'
import type { SoftphoneToken } from '#contracts/telephony'
import { errorCode } from './api.ts'
import { createMicrophones } from './microphones.ts'
import {
  type LineDecision,
  RESTING,
  type Softphone,
  type SoftphoneState,
} from './softphone-state.ts'

const FIRST_RETRY_MS = 1_000
const LONGEST_RETRY_MS = 30_000
/** Where no company is set up, an administrator may do so at any time, but not this minute. */
const OFF_RETRY_MS = 300_000
/** A token is renewed this long before it expires; the library's own warning may come once or never. */
const RENEW_BEFORE_MS = 60_000
/** Timers count to 2³¹ ms and no further; whatever a token promises, it is renewed once a day. */
const LONGEST_TOKEN_MS = 24 * 60 * 60_000
/** What the library says when the token itself is the trouble. */
const TOKEN_TROUBLES = [20101, 20102, 20103, 20104, 31204, 31205, 31207]

/** Makes a softphone. `decide` is asked for each line that rings, by the call that it belongs to. */
export function createSoftphone(options: {
  readonly fetchToken: () => Promise<SoftphoneToken>
  readonly decide: (callId: string) => Promise<LineDecision>
}): Softphone {
  let state = RESTING
  let device: Device | null = null
  let line: Call | null = null
  let ringing: Call | null = null
  /** A line may end while it is asked whose it is. */
  const ended = new WeakSet<Call>()
  let isStarted = false
  /** Grows with every start and stop: what was begun before comes to nothing. */
  let life = 0
  let failures = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let renewal: ReturnType<typeof setTimeout> | undefined
  const listeners = new Set<() => void>()
  const microphones = createMicrophones(become)

  function become(change: Partial<SoftphoneState>): void {
    state = { ...state, ...change }
    for (const listener of listeners) listener()
  }

  async function connect(): Promise<void> {
    const mine = life
    try {
      const token = await options.fetchToken()
      if (life !== mine) return
      const { Call: TwilioCall, Device: TwilioDevice } = await import('@twilio/voice-sdk')
      if (life !== mine) return
      dropDevice()
      device = new TwilioDevice(token.token, {
        ...(token.edge !== null && { edge: token.edge }),
        appName: 'hoi-am',
        closeProtection: true,
        // Opus bears a poor network better; the other is what every line can.
        codecPreferences: [TwilioCall.Codec.Opus, TwilioCall.Codec.PCMU],
        logLevel: 'silent',
      })
      listen(device)
      renewLater(token.expiresAt)
      // Whether a microphone is allowed may take a person a while to say: calls can ring meanwhile.
      microphones.attach(device.audio)
      await device.register()
    } catch (error) {
      if (life !== mine) return
      // Refused by name: nobody set a company up, and asking again will not change that soon.
      if (device === null && errorCode(error) === 'unavailable') become({ health: 'off' })
      else become({ health: 'reconnecting' })
      connectLater()
    }
  }

  function connectLater(): void {
    clearTimeout(timer)
    const isOff = state.health === 'off'
    const wait = isOff ? OFF_RETRY_MS : Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures)
    failures += 1
    timer = setTimeout(() => void again(), wait)
  }

  /** A lost registration is asked for again; a device that cannot be mended is replaced between calls. */
  async function again(): Promise<void> {
    if (!isStarted || (device !== null && isRegistered(device))) return
    if (line !== null) {
      connectLater()
      return
    }
    if (device === null || failures > 2) {
      await connect()
      return
    }
    try {
      await device.register()
    } catch {
      connectLater()
    }
  }

  function renewLater(expiresAt: string): void {
    clearTimeout(renewal)
    const left = Date.parse(expiresAt) - Date.now() - RENEW_BEFORE_MS
    const wait = Math.min(LONGEST_TOKEN_MS, Math.max(FIRST_RETRY_MS, left))
    renewal = setTimeout(() => void renew(0), wait)
  }

  async function renew(attempt: number): Promise<void> {
    const mine = life
    try {
      const token = await options.fetchToken()
      if (life !== mine) return
      renewLater(token.expiresAt)
      // Throws where the device went offline meanwhile: registering anew takes a new token too.
      device?.updateToken(token.token)
    } catch {
      if (life !== mine) return
      clearTimeout(renewal)
      const wait = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** attempt)
      renewal = setTimeout(() => void renew(attempt + 1), wait)
    }
  }

  function listen(heard: Device): void {
    const isCurrent = () => heard === device
    heard.on('registered', () => {
      if (!isCurrent()) return
      failures = 0
      become({ health: 'registered' })
    })
    heard.on('unregistered', () => {
      if (!isCurrent()) return
      become({ health: 'reconnecting' })
      connectLater()
    })
    heard.on('tokenWillExpire', () => {
      if (isCurrent()) void renew(0)
    })
    heard.on('error', (error: { readonly code: number }) => {
      if (!isCurrent()) return
      if (TOKEN_TROUBLES.includes(error.code)) void renew(0)
      if (!isRegistered(heard)) {
        become({ health: 'reconnecting' })
        connectLater()
      }
    })
    heard.on('incoming', (call: Call) => {
      if (isCurrent()) void receive(call)
    })
    const { audio } = heard
    if (!audio) return
    // The console rings by itself, and only when it was offered a call.
    audio.incoming(false)
    audio.outgoing(false)
    audio.disconnect(false)
  }

  async function receive(call: Call): Promise<void> {
    const callId = call.customParameters.get('callId') ?? ''
    const end = () => {
      ended.add(call)
      if (ringing === call) ringing = null
      if (line !== call) return
      line = null
      become({ hasLine: false, isMuted: false })
    }
    for (const name of ['disconnect', 'cancel', 'reject', 'error'] as const) call.on(name, end)
    const own = answerTo(callId) ?? (callId === '' ? 'refuse' : await options.decide(callId))
    if (ended.has(call)) return
    // Somebody may have answered while it was asked whose line this is.
    const decision = answerTo(callId) ?? own
    if (decision === 'take') take(call)
    else if (decision === 'refuse') call.reject()
    else ringing = call
  }

  /** What was said to this call's line, once: a later line of the same call is asked about anew. */
  function answerTo(callId: string): LineDecision | null {
    if (state.awaited?.callId !== callId) return null
    const { isTaken } = state.awaited
    become({ awaited: null })
    return isTaken ? 'take' : 'refuse'
  }

  function take(call: Call): void {
    ringing = null
    line = call
    call.on('mute', (isMuted: boolean) => {
      if (line === call) become({ isMuted })
    })
    call.accept()
    become({ hasLine: true, isMuted: false })
  }

  function dropDevice(): void {
    const old = device
    device = null
    microphones.release()
    old?.destroy()
  }

  /** A tab that comes back to the front, or a network that does, may have lost its line silently. */
  function wake(): void {
    if (document.visibilityState === 'hidden') return
    failures = 0
    clearTimeout(timer)
    microphones.lookAgain()
    void again()
  }

  return {
    state: () => state,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    start: () => {
      if (isStarted) return
      isStarted = true
      life += 1
      failures = 0
      become({ health: 'connecting' })
      document.addEventListener('visibilitychange', wake)
      window.addEventListener('online', wake)
      void connect()
    },
    stop: () => {
      if (!isStarted) return
      isStarted = false
      life += 1
      clearTimeout(timer)
      clearTimeout(renewal)
      document.removeEventListener('visibilitychange', wake)
      window.removeEventListener('online', wake)
      line = null
      ringing = null
      dropDevice()
      become(RESTING)
    },
    answer: (callId, isTaken) => {
      if (ringing?.customParameters.get('callId') !== callId) {
        become({ awaited: { callId, isTaken } })
      } else if (isTaken) take(ringing)
      else ringing.reject()
    },
    forgetAnswer: () => {
      if (state.awaited !== null) become({ awaited: null })
    },
    mute: (isMuted) => line?.mute(isMuted),
    sendDigits: (digits) => line?.sendDigits(digits),
    hangUp: () => line?.disconnect(),
    chooseMicrophone: (id) => microphones.choose(id),
    onLevel: (listener) => microphones.onLevel(listener),
  }
}

/** The library's states are an enum of its own; their values are words. */
function isRegistered({ state }: Device): boolean {
  const word: string = state
  return word === 'registered'
}
