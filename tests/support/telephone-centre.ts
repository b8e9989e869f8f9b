import { randomUUID } from 'node:crypto'
import type { CallView } from '#contracts/telephony'
import type { Role } from '#contracts/vocabulary'
import type { Call, CallEvent } from '#domain/call'
import { enterQueue } from '#domain/call-queue'
import { recordCallEvents } from '#use-cases/record-call'
import { saveCall } from '#use-cases/save-call'
import { type FakeCompany, fakeCompany } from './call-control.ts'
import { standDown } from './stand-down.ts'
import { request, signInAs, startTestServer, type TestServer } from './test-server.ts'

type Answer = Awaited<ReturnType<typeof request>>

/** Somebody signed in at the centre. */
export type Colleague = {
  readonly id: string
  readonly name: string
  readonly headers: Record<string, string>
  /** Presses a button of a call. */
  press(call: { readonly id: string }, button: string, body?: unknown): Promise<Answer>
  be(state: 'available' | 'away' | 'offline'): Promise<Answer>
}

/** A call centre on a server of its own, its telephone company in the test's hands. */
export type Centre = {
  readonly server: TestServer
  readonly company: FakeCompany
  colleague(name: string, role?: Role): Promise<Colleague>
  /** At the telephone, waiting for calls. */
  agent(name: string): Promise<Colleague>
  /** A citizen who waits for an agent. */
  caller(wanted?: { from?: string; field?: string | null; language?: 'vi' | 'en' }): Promise<Call>
  tell(call: Call, event: Partial<CallEvent>): Promise<void>
  /** The agent's line that was rung last is picked up, or let go. */
  line(
    call: Call,
    agent: { readonly id: string },
    type: 'agent-answered' | 'agent-left',
  ): Promise<void>
  view(call: { readonly id: string }): Promise<Call>
  agentState(agent: { readonly id: string }): Promise<string>
  /** Ends every call; the company takes everything again. */
  clear(): Promise<void>
  /** Moves the clock on. */
  pass(seconds: number): Date
}

const START = Date.parse('2026-11-23T02:00:00Z')

/** Starts one; at nine in the morning in Vietnam. */
export async function startCentre(
  environment: Readonly<Record<string, string>> = {},
): Promise<Centre> {
  const company = fakeCompany()
  const server = await startTestServer(environment, undefined, { callControl: company })
  const { ports } = server
  let now = START
  server.setTime(new Date(now))

  async function colleague(name: string, role: Role = 'agent'): Promise<Colleague> {
    const { headers } = await signInAs(server, role, undefined, name)
    const { id } = (await request(server, 'GET', '/api/session', { headers })).body as Colleague
    return {
      id,
      name,
      headers,
      press: async (call, button, body) =>
        request(server, 'POST', `/api/calls/${call.id}/${button}`, {
          headers,
          ...(body === undefined ? {} : { body }),
        }),
      be: async (state) => request(server, 'PUT', '/api/agents/me', { headers, body: { state } }),
    }
  }

  const tell = async (call: Pick<Call, 'callRef'>, event: Partial<CallEvent>) => {
    await recordCallEvents([anEvent(call.callRef, { at: ports.now(), ...event })], ports)
  }
  return {
    server,
    company,
    colleague,
    tell,
    async agent(name) {
      const agent = await colleague(name)
      await agent.be('available')
      return agent
    },
    async caller({ from = '+84912345678', field = null, language = 'vi' } = {}) {
      const callRef = `CA${randomUUID()}`
      await tell({ callRef }, { type: 'answered', from, to: '+842871234567', direction: 'inbound' })
      return saveCall(
        `twilio:${callRef}`,
        (call) => {
          if (call === null) throw new Error('the call is gone')
          return enterQueue(call, { field, language }, ports.now())
        },
        ports,
      )
    },
    line: async (call, { id }, type) =>
      tell(call, { type, legRef: company.legOf(id), agentRef: id }),
    async view({ id }) {
      const found = await ports.calls.findCall(id)
      if (found === null) throw new Error('no such call')
      return found
    },
    agentState: async ({ id }) => (await ports.agents.findById(id))?.state ?? 'nobody',
    async clear() {
      company.refuse()
      const calls = [
        ...(await ports.calls.findWaiting()),
        ...(await ports.calls.findUnsettled(200)),
      ]
      for (const call of calls) await tell(call, { type: 'ended', cause: 'completed' })
    },
    pass(seconds) {
      now += seconds * 1_000
      const at = new Date(now)
      server.setTime(at)
      return at
    },
  }
}

/** Nobody is at this telephone any more; a wrap-up is done with first. */
export async function leave(agent: Colleague): Promise<void> {
  await standDown('offline', (state) => agent.be(state))
}

/** What an answer tells of a call. */
export function callIn({ body }: Answer): CallView {
  return body as CallView
}

function anEvent(callRef: string, overrides: Partial<CallEvent>): CallEvent {
  return {
    provider: 'twilio',
    callRef,
    legRef: callRef,
    type: 'answered',
    seq: null,
    at: new Date(START),
    direction: null,
    from: null,
    to: null,
    cause: null,
    recording: null,
    ...overrides,
  }
}
