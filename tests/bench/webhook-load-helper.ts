import autocannon from 'autocannon'
import { randomBytes } from 'node:crypto'
import webhooks from 'twilio/lib/webhooks/webhooks.js'
import { helpParent } from './helper.ts'

/** How many calls to tell of, how many of them at once. */
export type WebhookLoad = {
  readonly url: string
  readonly authToken: string
  readonly calls: number
  readonly inFlight: number
}

/** A call that waits for an agent in vain knocks at these doors, one after the other. */
export const CALL_DOORS = ['voice', 'menu', 'wait', 'left-queue', 'status'] as const
export type CallDoor = (typeof CALL_DOORS)[number]

/** How long each answer took, by door, and all of them together. */
export type WebhookFigures = {
  readonly latenciesMs: Readonly<Record<CallDoor, readonly number[]>>
  readonly tookMs: number
}

const FIELDS_OF: Record<CallDoor, Readonly<Record<string, string>>> = {
  voice: { CallStatus: 'ringing' },
  menu: { CallStatus: 'in-progress', Digits: '3' },
  wait: { CallStatus: 'in-progress', QueueTime: '0', QueuePosition: '1', CurrentQueueSize: '1' },
  'left-queue': { CallStatus: 'in-progress', QueueResult: 'hangup', QueueTime: '31' },
  status: { CallStatus: 'completed', CallDuration: '48', SequenceNumber: '0' },
}
const ACCOUNT = `AC${'0'.repeat(32)}`

// Given by the one who starts this script, of the very same build.
helpParent(async (given) => sendWebhooks(given as WebhookLoad))

/** Tells of calls, each on a connection of its own; throws unless every webhook was answered 2xx. */
async function sendWebhooks(load: WebhookLoad): Promise<WebhookFigures> {
  const { url, authToken, calls, inFlight } = load
  const latenciesMs: Record<CallDoor, number[]> = {
    ...{ voice: [], menu: [], wait: [], 'left-queue': [], status: [] },
  }
  const knocks = new Map<object, number>()
  const amount = calls * CALL_DOORS.length
  let count = 0
  let refusedCount = 0
  let answeredCount = 0
  let startedAt = 0
  let endedAt = 0
  await new Promise<void>((resolve, reject) => {
    const sending = autocannon(
      {
        url,
        amount,
        connections: inFlight,
        // In seconds; what takes longer is a figure too, not a failure.
        timeout: 60,
        requests: CALL_DOORS.map((door) => ({
          method: 'POST',
          path: pathOf(door),
          setupRequest: (request, context: { call?: object }) => {
            if (door === 'voice') context.call = aCall(count++)
            const fields = { ...context.call, ...FIELDS_OF[door] }
            const address = url + pathOf(door)
            return {
              ...request,
              headers: {
                'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
                'x-twilio-signature': webhooks.getExpectedTwilioSignature(
                  authToken,
                  address,
                  fields,
                ),
              },
              body: new URLSearchParams(fields).toString(),
            }
          },
        })),
      },
      (error: unknown) => {
        if (error instanceof Error) reject(error)
        else resolve()
      },
    )
    sending.on('start', () => {
      startedAt = performance.now()
    })
    sending.on('response', (client, status, _bytes, tookMs) => {
      endedAt = performance.now()
      const knock = knocks.get(client) ?? 0
      knocks.set(client, knock + 1)
      const door = CALL_DOORS[knock % CALL_DOORS.length] ?? 'voice'
      latenciesMs[door].push(tookMs)
      answeredCount++
      if (status >= 300) refusedCount++
    })
  })
  if (refusedCount > 0 || answeredCount !== amount) {
    throw new Error(`${answeredCount} of ${amount} answered, ${refusedCount} not with 2xx`)
  }
  return { latenciesMs, tookMs: endedAt - startedAt }
}

function pathOf(door: CallDoor): string {
  return `/telephony/twilio/${door}${door === 'menu' ? '?lang=vi&tries=0' : ''}`
}

/** What every webhook of one call says. */
function aCall(index: number): object {
  const from = `+8491${String(1_000_000 + (index % 9_000_000))}`
  const ends = { From: from, To: '+842471022022', Caller: from, Called: '+842471022022' }
  return {
    CallSid: `CA${randomBytes(16).toString('hex')}`,
    AccountSid: ACCOUNT,
    ApiVersion: '2010-04-01',
    Direction: 'inbound',
    ...ends,
    ...{ FromCountry: 'VN', ToCountry: 'VN', CallerCountry: 'VN', CalledCountry: 'VN' },
  }
}
