import type { Conference } from './conference.ts'
import { pause, type WebhookSender } from './webhooks.ts'

/** Whether a softphone or a number that is called picks up. */
export type Answering = 'answers' | 'ignores' | 'is-busy'

/** A leg as it rings at a browser. */
export type RingingLeg = {
  readonly callSid: string
  readonly identity: string
  /** What was written behind the identity, as a query string. */
  readonly parameters: string
  readonly from: string
}

/** The browsers that are registered at the company. */
export type Softphones = {
  /**
   * Rings at a browser; true once it picks up, false where it refuses or nobody is registered.
   * `onGone` is called when a leg that was picked up is ended by the browser, or lost with it.
   */
  ring(leg: RingingLeg, onGone: () => void): Promise<boolean>
  /** Stops ringing, or ends the line; nothing where it is over. */
  end(callSid: string): void
}

/** What legs are made with. */
export type LegOptions = {
  readonly accountSid: string
  readonly webhooks: WebhookSender
  readonly newSid: () => string
  /** What a number, or a softphone that is played, does when it is called. */
  readonly behaviourOf: (called: string) => Answering
  /** Null: softphones are played. */
  readonly softphones: Softphones | null
  readonly pickUpMs: number
  readonly secondMs: number
}

/** The legs that the product called into conferences. */
export type CalledLegs = {
  /** Calls a softphone or a number into a conference, and tells how that went. */
  call(conference: Conference, form: URLSearchParams): string
  /** Ends a leg, ringing or not; false where there is none. */
  hangUp(callSid: string): boolean
  isKnown(callSid: string): boolean
  /** Every leg of this softphone or number is gone. */
  lose(called: string): void
}

type Leg = {
  readonly callSid: string
  readonly called: string
  readonly parameters: string
  readonly conference: Conference
  isRinging: boolean
}

const RING_SECONDS = 60

/** Legs of a company that has called nobody yet. */
export function calledLegs(options: LegOptions): CalledLegs {
  const { accountSid, webhooks, softphones, pickUpMs, secondMs } = options
  const legs = new Map<string, Leg>()

  function teller(leg: Leg, form: URLSearchParams): (status: string) => void {
    const url = form.get('StatusCallback')
    let seq = 0
    return (CallStatus) => {
      if (url === null) return
      webhooks.tell(url, {
        CallSid: leg.callSid,
        AccountSid: accountSid,
        Direction: 'outbound-api',
        From: form.get('From') ?? '',
        To: leg.called,
        CallStatus,
        SequenceNumber: String(seq++),
        CallbackSource: 'call-progress-events',
      })
    }
  }

  /** What came of the ringing, in the company's words. */
  async function outcome(
    leg: Leg,
    form: URLSearchParams,
  ): Promise<'in-progress' | 'no-answer' | 'busy'> {
    const ringing = pause(Number(form.get('Timeout') ?? RING_SECONDS) * secondMs)
    if (softphones !== null && leg.called.startsWith('client:')) {
      const { callSid, conference, parameters } = leg
      const identity = leg.called.slice('client:'.length)
      const picked = softphones.ring(
        { callSid, identity, parameters, from: form.get('From') ?? '' },
        () => {
          conference.remove(callSid)
        },
      )
      const isPicked = await Promise.race([picked, ringing.then(() => false)])
      return isPicked ? 'in-progress' : 'no-answer'
    }
    const does = options.behaviourOf(leg.called)
    await (does === 'ignores' ? ringing : pause(pickUpMs))
    if (does === 'is-busy') return 'busy'
    return does === 'answers' ? 'in-progress' : 'no-answer'
  }

  async function ring(leg: Leg, form: URLSearchParams): Promise<void> {
    const { callSid, conference } = leg
    const tell = teller(leg, form)
    tell('initiated')
    tell('ringing')
    const status = await outcome(leg, form)
    const isAnswered = status === 'in-progress' && leg.isRinging
    leg.isRinging = false
    tell(isAnswered || status !== 'in-progress' ? status : 'no-answer')
    if (!isAnswered) {
      softphones?.end(callSid)
      return
    }
    conference.join({
      callSid,
      label: form.get('Label'),
      statusUrl: form.get('ConferenceStatusCallback'),
      isMuted: form.get('Muted') === 'true',
      coaches: form.get('Coaching') === 'true' ? form.get('CallSidToCoach') : null,
      leave: () => {
        softphones?.end(callSid)
        tell('completed')
      },
    })
  }

  return {
    call(conference, form) {
      const callSid = options.newSid()
      const [called = '', parameters = ''] = (form.get('To') ?? '').split('?')
      const leg: Leg = { callSid, called, parameters, conference, isRinging: true }
      legs.set(callSid, leg)
      void ring(leg, form)
      return callSid
    },
    hangUp(callSid) {
      const leg = legs.get(callSid)
      if (leg === undefined) return false
      leg.isRinging = false
      softphones?.end(callSid)
      leg.conference.remove(callSid)
      return true
    },
    isKnown: (callSid) => legs.has(callSid),
    lose(called) {
      for (const leg of legs.values()) {
        if (leg.called === called) leg.conference.remove(leg.callSid)
      }
    },
  }
}
