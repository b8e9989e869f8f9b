import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { freed, newAgent, occupied } from '#domain/agent'
import type { Call } from '#domain/call'
import { acceptCall, offerTo } from '#domain/call-queue'
import { changeCall } from '#use-cases/save-call'
import { acceptCall as accept } from '#use-cases/telephone/accept-call'
import { dispatchCalls } from '#use-cases/telephone/dispatch-calls'
import { endOverdueWrapUps } from '#use-cases/telephone/end-overdue'
import { sweepTelephone } from '#use-cases/telephone/sweep-telephone'
import { type Centre, startCentre } from '../../support/telephone-centre.ts'

let centre: Centre
beforeAll(async () => {
  centre = await startCentre()
})
beforeEach(async () => {
  await centre.clear()
  for (const agent of await centre.server.ports.agents.list()) {
    await centre.server.ports.agents.save(
      { ...freed(agent, centre.server.ports.now()), state: 'offline' },
      agent.version,
    )
  }
})
afterAll(async () => {
  expect(centre.server.unexpected).toEqual([])
  await centre.server.end()
})

let agents = 0
/** Somebody at the telephone, as the database knows them. */
async function anAgent(change: Parameters<typeof occupied>[1] | null = null, callId = '') {
  const { ports } = centre.server
  agents += 1
  const id = `agent-${String(agents).padStart(3, '0')}`
  const fresh = { ...freed(newAgent(id, `TĐV ${id}`, ports.now()), ports.now()), version: 1 }
  const alive = { ...fresh, aliveAt: ports.now() }
  const agent = change === null ? alive : occupied(alive, change, callId, ports.now())
  await ports.agents.save(agent, 0)
  return agent
}

test('an agent reserved for a call that was never offered is free again (killed in between)', async () => {
  const agent = await anAgent('ringing', 'twilio:never-offered')
  centre.pass(16)
  await sweepTelephone(centre.server.ports)
  expect(await centre.agentState(agent)).toBe('available')
})

test('a call that an agent took has them, whatever their own record says (killed in between)', async () => {
  const agent = await anAgent()
  const call = await centre.caller()
  const { ports } = centre.server
  await changeCall(
    call.id,
    (current) => {
      const at = ports.now()
      const isRung = current.state === 'ringing_agent'
      return acceptCall(isRung ? current : offerTo(current, agent, at, 20), agent, at)
    },
    ports,
  )
  await sweepTelephone(ports)
  expect(await centre.agentState(agent)).toBe('ringing')
})

test('a call that ended in the queue leaves it, and its caller is called back (killed in between)', async () => {
  const call = await centre.caller({ from: '+84922222222' })
  const { ports } = centre.server
  const at = ports.now()
  await changeCall(
    call.id,
    (current) => ({
      ...current,
      version: current.version + 1,
      state: 'ended',
      endedAs: 'abandoned',
      cause: 'completed',
      endedAt: at,
    }),
    ports,
  )
  await sweepTelephone(ports)
  expect((await centre.view(call)).queue?.leftAs).toBe('abandoned')
  const open = await ports.callBacks.listOpen(50)
  expect(open.filter(({ callId }) => callId === call.id)).toHaveLength(1)
})

test('a call of which nothing was heard for four hours failed', async () => {
  const call = await centre.caller()
  centre.pass(4 * 3_600 + 1)
  await sweepTelephone(centre.server.ports)
  expect(await centre.view(call)).toMatchObject({ state: 'ended', cause: 'failed' })
})

test('a citizen who was called, and no agent with them, is let go (killed in between)', async () => {
  const agent = await anAgent('ringing', 'dialing:never-kept')
  const placing = { agentRef: agent.id, caseCode: null, callBackId: null }
  const told = { type: 'announced', direction: 'outbound', placing } as const
  await centre.tell({ callRef: 'CAalone' } as Call, told)
  const call = await centre.view({ id: 'twilio:CAalone' })
  expect(call).toMatchObject({ state: 'dialing', agent: { id: agent.id } })
  await sweepTelephone(centre.server.ports)
  expect(centre.company.about(call.id)).toEqual([])
  centre.pass(61)
  await sweepTelephone(centre.server.ports)
  expect(centre.company.about(call.id)).toContain('hangUp')
})

test('an agent whose softphone went silent is away', async () => {
  const agent = await anAgent()
  centre.pass(41)
  await sweepTelephone(centre.server.ports)
  expect(await centre.agentState(agent)).toBe('away')
})

test('a hundred waiting calls and ten agents: each call is talked to once, none is lost', async () => {
  const { ports } = centre.server
  const calls = await Promise.all(
    Array.from({ length: 100 }, async (_, index) =>
      centre.caller({ from: `+8491${String(1_000_000 + index)}` }),
    ),
  )
  for (let index = 0; index < 10; index++) await anAgent()
  const talked: string[] = []
  const deadline = Date.now() + 60_000
  while (talked.length < 100 && Date.now() < deadline) {
    // Two processes dispatch at the same time.
    await Promise.all([dispatchCalls(ports), dispatchCalls(ports)])
    const waiting = await ports.calls.findWaiting()
    const ringing = waiting.filter(({ state }) => state === 'ringing_agent')
    const at = ringing.map(({ offers }) => offers.at(-1)?.agent.id)
    expect(new Set(at).size).toBe(at.length)
    await Promise.all(ringing.map(async (call) => talkTo(call, talked)))
  }
  expect(talked.sort()).toEqual(calls.map(({ id }) => id).sort())
  const ended = await Promise.all(calls.map(async (call) => centre.view(call)))
  expect(ended.every(({ endedAs }) => endedAs === 'answered')).toBe(true)
}, 90_000)

async function talkTo(call: Call, talked: string[]): Promise<void> {
  const { ports } = centre.server
  const agent = call.offers.at(-1)?.agent
  if (agent === undefined || call.agent !== null) return
  await accept(call.id, agent, ports)
  await centre.line(call, agent, 'agent-answered')
  talked.push(call.id)
  await centre.tell(call, { type: 'ended', cause: 'completed' })
  const over = await centre.view(call)
  await changeCall(
    over.id,
    (current) => ({
      ...current,
      version: current.version + 1,
      wrapUp: current.wrapUp && { ...current.wrapUp, until: ports.now() },
    }),
    ports,
  )
  await endOverdueWrapUps(ports)
}
