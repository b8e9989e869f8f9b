import type { AgentView, CallBackView, CallView } from '#contracts/telephony'
import type { FakeServer } from './fake-server.ts'
import { aSession } from './builders.ts'

/** An agent of the centre. */
export const LAN = { id: 'lan', name: 'Nguyễn Thu Lan' }
/** Her colleague. */
export const BAO = { id: 'bao', name: 'Trần Quốc Bảo' }

const AT = '2026-11-23T01:12:00.000Z'
const LATER = '2999-01-01T00:00:00.000Z'

/** Nothing of a call is settled yet. */
const A_RECORD: CallView['record'] = {
  waitedSeconds: null,
  talkedSeconds: null,
  heldSeconds: null,
  wrapUpSeconds: null,
  endedBy: null,
  cause: null,
  region: null,
  cost: null,
}

/** A call that waits in line. */
export function aCall(changes: Partial<CallView> = {}): CallView {
  return {
    id: 'twilio:CA1',
    provider: 'twilio',
    direction: 'inbound',
    state: 'queued',
    endedAs: null,
    from: '+84903555118',
    startedAt: AT,
    endedAt: null,
    waitingSeconds: null,
    talkingSeconds: null,
    recordingSeconds: null,
    caseCode: null,
    version: 1,
    to: '+842899990000',
    phone: '+84903555118',
    language: 'vi',
    ivrPath: ['vi', '2'],
    queue: { field: 'urban', enteredAt: AT, leftAt: null, position: null },
    offers: [],
    agent: null,
    answeredAt: null,
    holdSeconds: 0,
    wrapUpUntil: null,
    disposition: null,
    transcript: [],
    recordings: [],
    legs: [],
    transfer: null,
    record: A_RECORD,
    caller: { openCases: [], recentCalls: [] },
    ...changes,
  }
}

/** It rings at Lan. */
export function aRingingCall(changes: Partial<CallView> = {}): CallView {
  const offers = [{ agent: LAN, at: AT, until: LATER, outcome: 'pending' as const }]
  return aCall({ state: 'ringing_agent', version: 2, offers, ...changes })
}

/** Lan talks. */
export function aTalk(changes: Partial<CallView> = {}): CallView {
  return aCall({ state: 'talking', version: 3, agent: LAN, answeredAt: AT, ...changes })
}

/** The talk is over, what came of it is not told yet. */
export function aWrapUp(changes: Partial<CallView> = {}): CallView {
  return aTalk({ state: 'wrapup', version: 9, wrapUpUntil: LATER, ...changes })
}

/** An agent who is ready for calls. */
export function anAgent(changes: Partial<AgentView> = {}): AgentView {
  const { id, name } = LAN
  return {
    id,
    name,
    state: 'available',
    since: AT,
    callId: null,
    afterCall: null,
    languages: ['vi'],
    fields: [],
    ...changes,
  }
}

/** A call-back that is due. */
export function aCallBack(changes: Partial<CallBackView> = {}): CallBackView {
  return {
    id: 'cb1',
    version: 1,
    state: 'due',
    phone: '+84912345678',
    reason: 'asked',
    language: 'vi',
    callId: null,
    caseCode: null,
    dueAt: AT,
    attempts: [],
    assignedTo: null,
    ...changes,
  }
}

/** Says what the line and the agents are from now on; without more, Lan is ready and nobody waits. */
export function setTelephone(
  server: FakeServer,
  now: {
    readonly mine?: CallView | null
    readonly exchange?: CallView | null
    readonly waiting?: readonly CallView[]
    readonly agents?: readonly AgentView[]
  },
): void {
  const waiting = (now.waiting ?? []).map((call) => ({
    ...rowOf(call),
    enteredAt: AT,
    language: call.language,
  }))
  const board = { waiting, mine: now.mine ?? null, exchange: now.exchange ?? null }
  server.answers.set('GET /api/calls/waiting', { status: 200, body: board })
  server.answers.set('GET /api/agents', {
    status: 200,
    body: { agents: now.agents ?? [anAgent()] },
  })
}

/** A centre with Lan signed in. */
export function signInLan(server: FakeServer, role: 'agent' | 'supervisor' = 'agent'): void {
  server.session = aSession({ ...LAN, role, agency: null })
}

function rowOf(call: CallView) {
  const { id, provider, direction, state, endedAs, from } = call
  const { startedAt, endedAt, recordingSeconds, caseCode } = call
  return {
    id,
    provider,
    direction,
    state,
    endedAs,
    from,
    startedAt,
    endedAt,
    recordingSeconds,
    caseCode,
  }
}
