import { z } from 'zod'
import { CallRecord, LegView, MONITOR_MODES, RecordingView, TransferView } from './call-record.ts'
import { type CALL_ENDINGS, type CALL_STATES, CallRow } from './calls.ts'
import { CaseRow } from './cases.ts'
import { StaffRef } from './staff.ts'
import { freeText } from './text.ts'
import { LANGUAGES } from './vocabulary.ts'

/** What an agent is doing, as far as the telephone is concerned. */
export const AGENT_STATES = [
  'offline',
  'available',
  'ringing',
  'talking',
  'wrapup',
  'away',
] as const
export type AgentState = (typeof AGENT_STATES)[number]

/** What an agent in the middle of a call can choose to be once it is done with. */
export const AFTER_CALL_STATES = ['away', 'offline'] as const
export type AfterCallState = (typeof AFTER_CALL_STATES)[number]

/** How the offer of a call to an agent ended. */
export const OFFER_OUTCOMES = [
  'pending',
  'accepted',
  'declined',
  'timed_out',
  'unreached',
  'withdrawn',
] as const
export type OfferOutcome = (typeof OFFER_OUTCOMES)[number]

/** What came of a call, chosen in the wrap-up. */
export const DISPOSITIONS = [
  'case-opened',
  'case-answered',
  'information-given',
  'call-back-agreed',
  'wrong-number',
  'abusive',
  'no-one-there',
] as const
export type Disposition = (typeof DISPOSITIONS)[number]

const moment = z.iso.datetime()
const id = z.string().min(1).max(200)
const phone = z.string().regex(/^\+?[\d ().-]{3,20}$/)

/** An agent as colleagues see them. */
export const AgentView = z.strictObject({
  id: z.string(),
  name: z.string(),
  state: z.enum(AGENT_STATES),
  since: moment,
  callId: z.string().nullable(),
  /** Chosen during a call, for when it is done with; null: the next call may come then. */
  afterCall: z.enum(AFTER_CALL_STATES).nullable(),
  languages: z.array(z.enum(LANGUAGES)),
  /** Fields answered; empty: all. */
  fields: z.array(z.string()),
})
export type AgentView = z.infer<typeof AgentView>

/** `GET /api/agents`. */
export const AgentList = z.strictObject({ agents: z.array(AgentView) })
export type AgentList = z.infer<typeof AgentList>

/**
 * `PUT /api/agents/me`: an agent says whether calls may come. During a call it is kept for
 * `afterCall`; `available` takes that back.
 */
export const AgentPresence = z.strictObject({ state: z.enum(['available', 'away', 'offline']) })
export type AgentPresence = z.infer<typeof AgentPresence>

/** `PUT /api/agents/{id}/skills` (supervisors). */
export const AgentSkills = z.strictObject({
  languages: z.array(z.enum(LANGUAGES)).min(1).max(2),
  fields: z.array(z.string().max(60)).max(100),
})
export type AgentSkills = z.infer<typeof AgentSkills>

/** `POST /api/softphone/token`: lets this browser register; null where no provider is set. */
export const SoftphoneToken = z.strictObject({
  token: z.string(),
  identity: z.string(),
  edge: z.string().nullable(),
  expiresAt: moment,
})
export type SoftphoneToken = z.infer<typeof SoftphoneToken>

/** A sentence of the live transcript, personal data masked. */
export const TranscriptLine = z.strictObject({
  at: moment,
  speaker: z.enum(['citizen', 'agent']),
  text: z.string(),
})
export type TranscriptLine = z.infer<typeof TranscriptLine>

/** `GET /api/calls/{id}`: a call with everything the screen-pop shows. */
export const CallView = CallRow.extend({
  version: z.int(),
  to: z.string(),
  /** The number to call back; null where withheld or not shown to this role. */
  phone: z.string().nullable(),
  language: z.enum(LANGUAGES).nullable(),
  ivrPath: z.array(z.string()),
  queue: z
    .strictObject({
      field: z.string().nullable(),
      enteredAt: moment,
      leftAt: moment.nullable(),
      position: z.int().nullable(),
    })
    .nullable(),
  offers: z.array(
    z.strictObject({
      agent: StaffRef,
      at: moment,
      until: moment,
      outcome: z.enum(OFFER_OUTCOMES),
    }),
  ),
  agent: StaffRef.nullable(),
  answeredAt: moment.nullable(),
  holdSeconds: z.int(),
  wrapUpUntil: moment.nullable(),
  disposition: z.enum(DISPOSITIONS).nullable(),
  transcript: z.array(TranscriptLine),
  recordings: z.array(RecordingView),
  legs: z.array(LegView),
  transfer: TransferView.nullable(),
  record: CallRecord,
  caller: z.strictObject({
    openCases: z.array(CaseRow),
    recentCalls: z.array(CallRow),
  }),
})
export type CallView = z.infer<typeof CallView>

/** `GET /api/calls/waiting`: who waits, first in line first, and who is being talked to. */
export const CallBoard = z.strictObject({
  waiting: z.array(CallRow.extend({ enteredAt: moment, language: z.enum(LANGUAGES).nullable() })),
  mine: CallView.nullable(),
  /** What an exchange rings at this agent's telephone, or they picked up there. */
  exchange: CallView.nullable(),
})
export type CallBoard = z.infer<typeof CallBoard>

/** `POST /api/calls/{id}/transfer`. `warm`: both agents talk first; `cold`: the first leaves. */
export const Transfer = z.strictObject({
  kind: z.enum(['warm', 'cold']),
  to: z.union([
    z.strictObject({ type: z.literal('agent'), id }),
    z.strictObject({ type: z.literal('queue'), field: z.string().max(60).nullable() }),
    z.strictObject({ type: z.literal('number'), phone }),
  ]),
})
export type Transfer = z.infer<typeof Transfer>

/** `POST /api/calls/{id}/monitor` (supervisors). */
export const Monitor = z.strictObject({ mode: z.enum(MONITOR_MODES) })
export type Monitor = z.infer<typeof Monitor>

/** `POST /api/calls/{id}/wrap-up`. */
export const WrapUp = z.strictObject({
  disposition: z.enum(DISPOSITIONS),
  note: freeText(0, 2_000).optional(),
  caseCode: z.string().max(20).nullable().optional(),
})
export type WrapUp = z.infer<typeof WrapUp>

/** `POST /api/calls`: an agent calls a citizen. */
export const NewCall = z.strictObject({
  /** A number, or the case whose citizen is called. */
  phone: phone.optional(),
  caseCode: z.string().max(20).optional(),
  callBackId: z.string().max(100).optional(),
})
export type NewCall = z.infer<typeof NewCall>

export const CALL_BACK_STATES = ['due', 'calling', 'reached', 'given-up', 'canceled'] as const
export type CallBackState = (typeof CALL_BACK_STATES)[number]

/** A promise to call somebody back. */
export const CallBackView = z.strictObject({
  id: z.string(),
  version: z.int(),
  state: z.enum(CALL_BACK_STATES),
  phone: z.string(),
  reason: z.enum(['asked', 'missed', 'provider-down', 'agent']),
  language: z.enum(LANGUAGES),
  callId: z.string().nullable(),
  caseCode: z.string().nullable(),
  dueAt: moment,
  attempts: z.array(z.strictObject({ at: moment, outcome: z.string(), by: z.string() })),
  assignedTo: StaffRef.nullable(),
})
export type CallBackView = z.infer<typeof CallBackView>

/** `GET /api/call-backs`: those due first. */
export const CallBackList = z.strictObject({ callBacks: z.array(CallBackView) })
export type CallBackList = z.infer<typeof CallBackList>

/** `POST /api/call-backs`: a number, or the case whose citizen is to be called. */
export const NewCallBack = z.strictObject({
  phone: phone.optional(),
  caseCode: z.string().max(20).optional(),
  language: z.enum(LANGUAGES).optional(),
  /** Now where left out. */
  dueAt: moment.optional(),
  isMine: z.boolean().optional(),
})
export type NewCallBack = z.infer<typeof NewCallBack>

/**
 * `PATCH /api/call-backs/{id}`: takes it over or gives it back, plans it for later, or tells what
 * came of it: `attempt` in vain, or how it was closed.
 */
export const CallBackChange = z.strictObject({
  version: z.int().min(1),
  isMine: z.boolean().optional(),
  attempt: freeText(1, 200).optional(),
  state: z.enum(['reached', 'given-up', 'canceled']).optional(),
  dueAt: moment.optional(),
})
export type CallBackChange = z.infer<typeof CallBackChange>

/** What a console hears when a call changed; no personal data, so numbers come over HTTP. */
export type CallChanged = {
  readonly id: string
  readonly version: number
  readonly state: (typeof CALL_STATES)[number]
  readonly endedAs: (typeof CALL_ENDINGS)[number] | null
  readonly agentId: string | null
}

/** Something that an agent asked for failed after the answer; `refusal` has a sentence. */
export type TelephoneTold = { readonly refusal: string }

/** A call rings at this agent until `until`. */
export type CallOffered = { readonly id: string; readonly until: string }

/** A sentence being said, perhaps not its final form. */
export type TranscriptSaid = {
  readonly callId: string
  readonly speaker: 'citizen' | 'agent'
  readonly text: string
  readonly isFinal: boolean
}

/** `GET /api/wallboard`, and the socket's `wallboard:changed`: the centre as it is now. */
export const Wallboard = z.strictObject({
  at: moment,
  waiting: z.int(),
  longestWaitSince: moment.nullable(),
  agents: z.array(AgentView),
  today: z.strictObject({
    offered: z.int(),
    answered: z.int(),
    abandoned: z.int(),
    /** Shares from 0 to 1 and seconds; null where nothing was counted yet. */
    serviceLevel: z.number().nullable(),
    averageAnswerSeconds: z.number().nullable(),
    abandonment: z.number().nullable(),
    averageHandleSeconds: z.number().nullable(),
    occupancy: z.number().nullable(),
  }),
  callBacksDue: z.int(),
  unheardVoicemails: z.int(),
})
export type Wallboard = z.infer<typeof Wallboard>

/** `GET /api/wallboard/history?from&to&queue`: a row a day and queue, oldest first. */
export const WallboardHistory = z.strictObject({
  days: z.array(
    z.strictObject({
      day: z.iso.date(),
      queue: z.string().nullable(),
      ...Wallboard.shape.today.shape,
    }),
  ),
})
export type WallboardHistory = z.infer<typeof WallboardHistory>
