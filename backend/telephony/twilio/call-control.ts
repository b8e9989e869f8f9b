import type { Twilio } from 'twilio'
import { ANONYMOUS, type Call } from '#domain/call'
import { DomainError } from '#domain/errors'
import type { CallControl } from '#use-cases/ports/telephony'
import { conferenceNameOf } from './conference-name.ts'
import { callCost } from './call-cost.ts'
import { placingQuery } from './placing.ts'
import { fetchRecordingBytes } from './recording-bytes.ts'
import { unlessOver } from './already-over.ts'
import { type TwilioAccount, twilioRestClient } from './rest-client.ts'
import { identityOf, leadLabelOf } from './softphone-identity.ts'

/** What calls are steered with. */
export type ControlOptions = {
  readonly account: TwilioAccount
  /** The public address under which our webhooks are, without a slash at its end. */
  readonly doorsUrl: string
  /** Shown to a softphone for a caller who withheld the number; null: the number they called. */
  readonly ownNumber: () => string | null
  readonly isTalkRecorded: () => boolean
  /** Which of Twilio's edges softphones connect to; null: the nearest. */
  readonly edge: string | null
}

const LEG_EVENTS = ['initiated', 'ringing', 'answered', 'completed']
const CONFERENCE_EVENTS = ['start', 'end', 'join', 'leave', 'hold']
const GUEST_RING_SECONDS = 40
const OUTBOUND_RING_SECONDS = 40

/** Twilio's REST side of a call. Every refusal is `unavailable: provider-refused`. */
export function twilioCallControl(options: ControlOptions): CallControl {
  const { account, doorsUrl } = options
  let made: Promise<Twilio> | null = null
  const client = async (): Promise<Twilio> => (made ??= twilioRestClient(account))

  async function conferenceOf(call: Call): Promise<string> {
    const conferences = (await client()).conferences
    const friendlyName = conferenceNameOf(call.callRef)
    const [found] = await conferences.list({ friendlyName, status: 'in-progress', limit: 1 })
    if (found === undefined) throw new Error(`no conference ${friendlyName} is in progress`)
    return found.sid
  }

  async function addLeg(call: Call, leg: NewLeg): Promise<string> {
    const participants = (await client()).conferences(conferenceNameOf(call.callRef)).participants
    const { agentId, ...rest } = leg
    const { callSid } = await participants.create({
      beep: 'false',
      startConferenceOnEnter: true,
      endConferenceOnExit: false,
      earlyMedia: false,
      ...conferenceCallbacks(call.callRef, options),
      statusCallback: legAddress(doorsUrl, call.callRef, agentId),
      statusCallbackMethod: 'POST',
      statusCallbackEvent: LEG_EVENTS,
      ...rest,
    })
    return callSid
  }

  const softphone = (call: Call, agentId: string) =>
    `client:${identityOf(agentId)}?callId=${encodeURIComponent(call.id)}`
  const fromOf = (call: Call) => numberOf(call, options.ownNumber())

  return refusing({
    provider: 'twilio',
    region: options.edge,

    async connectCaller(call) {
      await (await client()).calls(call.callRef).update({ url: `${doorsUrl}/join`, method: 'POST' })
    },

    ringAgent: async (call, agentId, ringSeconds) =>
      addLeg(call, {
        agentId,
        from: fromOf(call),
        to: softphone(call, agentId),
        label: identityOf(agentId),
        timeout: ringSeconds,
      }),

    ringNumber: async (call, number, callerId) =>
      addLeg(call, { agentId: null, from: callerId, to: number, timeout: GUEST_RING_SECONDS }),

    monitor: async (call, supervisorId, agentLegRef, mode) =>
      addLeg(call, {
        agentId: null,
        from: fromOf(call),
        to: softphone(call, supervisorId),
        label: leadLabelOf(supervisorId),
        timeout: GUEST_RING_SECONDS,
        muted: mode === 'listen',
        ...(mode === 'coach' && { coaching: true, callSidToCoach: agentLegRef }),
      }),

    async hold(call, isHeld) {
      const participants = (await client()).conferences(await conferenceOf(call)).participants
      await participants(call.callRef).update({ hold: isHeld })
    },

    async removeLeg(call, legRef) {
      const participants = (await client()).conferences(await conferenceOf(call)).participants
      await unlessOver(async () => participants(legRef).remove())
    },

    async sendToQueue(call) {
      const url = `${doorsUrl}/requeued`
      await (await client()).calls(call.callRef).update({ url, method: 'POST' })
    },

    async dial(to, callerId, placing) {
      const twilio = await client()
      const { agentRef: agentId } = placing
      // We may stop before we keep it: every webhook of the call says what it is about.
      const why = placingQuery(placing)
      const { sid } = await twilio.calls.create({
        to,
        from: callerId,
        url: `${doorsUrl}/join?${why}`,
        method: 'POST',
        timeout: OUTBOUND_RING_SECONDS,
        statusCallback: `${doorsUrl}/status?${why}`,
        statusCallbackMethod: 'POST',
        statusCallbackEvent: LEG_EVENTS,
      })
      const call = { id: `twilio:${sid}`, callRef: sid } as Call
      try {
        await addLeg(call, {
          agentId,
          from: callerId,
          to: softphone(call, agentId),
          label: identityOf(agentId),
          timeout: OUTBOUND_RING_SECONDS,
        })
      } catch (error) {
        // A citizen must not pick up and hear nobody.
        await twilio.calls(sid).update({ status: 'completed' })
        throw error
      }
      return sid
    },

    async hangUp(call) {
      const twilio = await client()
      await unlessOver(async () => twilio.calls(call.callRef).update({ status: 'completed' }))
      // The caller may be gone while the agent still hears an empty conference.
      const friendlyName = conferenceNameOf(call.callRef)
      const open = await twilio.conferences.list({ friendlyName, status: 'in-progress', limit: 1 })
      for (const { sid } of open) {
        await unlessOver(async () => twilio.conferences(sid).update({ status: 'completed' }))
      }
    },

    costOf: async (call) => callCost(await client(), call),

    fetchRecording: async (recording) => fetchRecordingBytes(account, recording),

    async deleteRecording({ ref }) {
      const twilio = await client()
      await unlessOver(async () => twilio.recordings(ref).remove())
    },
  })
}

type NewLeg = {
  readonly agentId: string | null
  readonly from: string
  readonly to: string
  readonly label?: string
  readonly timeout: number
  readonly muted?: boolean
  readonly coaching?: boolean
  readonly callSidToCoach?: string
}

/** Only the first participant's addresses count, so every participant gives the same ones. */
function conferenceCallbacks(callRef: string, { doorsUrl, isTalkRecorded }: ControlOptions) {
  return {
    conferenceStatusCallback: `${doorsUrl}/conference`,
    conferenceStatusCallbackMethod: 'POST',
    conferenceStatusCallbackEvent: CONFERENCE_EVENTS,
    ...(isTalkRecorded() && {
      conferenceRecord: 'record-from-start',
      // A conference's recording does not say of which call it is.
      conferenceRecordingStatusCallback: `${doorsUrl}/talk-recorded?call=${callRef}`,
      conferenceRecordingStatusCallbackMethod: 'POST',
      conferenceRecordingStatusCallbackEvent: ['completed', 'absent'],
    }),
  }
}

function legAddress(doorsUrl: string, callRef: string, agentId: string | null): string {
  const query = new URLSearchParams({ call: callRef, ...(agentId !== null && { agent: agentId }) })
  return `${doorsUrl}/agent-leg?${query.toString()}`
}

/** The number a softphone shows: the caller's, or ours for a caller without one. */
function numberOf(call: Call, ownNumber: string | null): string {
  const isNumber = call.from !== null && call.from !== ANONYMOUS && call.from.startsWith('+')
  const number = isNumber ? call.from : (ownNumber ?? call.to)
  if (number === null) throw new Error('neither the caller nor this hotline has a number')
  return number
}

/** What the company refuses, or does not answer, becomes one refusal of ours; its words are the cause. */
function refusing(control: CallControl): CallControl {
  const { provider, region, ...acts } = control
  const guarded = Object.entries(acts).map(([name, act]) => [
    name,
    async (...given: never[]) => {
      try {
        return await (act as (...those: never[]) => unknown)(...given)
      } catch (error) {
        const refusal = new DomainError('unavailable', 'provider-refused')
        refusal.cause = error
        throw refusal
      }
    },
  ])
  return { provider, region, ...Object.fromEntries(guarded) } as CallControl
}
