import { randomBytes } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest'
import type { AgentList, AgentView, CallView } from '#contracts/telephony'
import type { Call } from '#domain/call'
import { connectConsole } from '../../support/console-client.ts'
import { type Centre, type Colleague, leave, startCentre } from '../../support/telephone-centre.ts'
import { request, startTestServer } from '../../support/test-server.ts'

let centre: Centre
let lan: Colleague
beforeAll(async () => {
  centre = await startCentre()
  lan = await centre.colleague('Lan')
})
afterEach(async () => {
  await centre.clear()
  await leave(lan)
})
afterAll(async () => {
  expect(centre.server.unexpected).toEqual([])
  await centre.server.end()
})

async function ringing(at = centre, agent = lan): Promise<Call> {
  await agent.be('available')
  const call = await at.caller()
  await expect.poll(async () => at.agentState(agent)).toBe('ringing')
  return call
}

async function talking(at = centre, agent = lan): Promise<Call> {
  const call = await ringing(at, agent)
  expect((await agent.press(call, 'accept')).status).toBe(200)
  await at.line(call, agent, 'agent-answered')
  return call
}

/** How colleagues see Lan. */
async function seen(): Promise<AgentView | undefined> {
  const { body } = await request(centre.server, 'GET', '/api/agents', lan)
  return (body as AgentList).agents.find(({ id }) => id === lan.id)
}

/** Nobody is rung at by somebody who calls now. */
async function nextCallWaits(): Promise<void> {
  const next = await centre.caller({ from: '+84911222333' })
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect((await centre.view(next)).offers).toEqual([])
}

test('a break chosen while talking begins after the wrap-up, and the next call is not offered', async () => {
  const call = await talking()
  const client = await connectConsole(centre.server.url, lan.headers)
  await client.join()
  const told: AgentView[] = []
  client.socket.on('agent:changed', (agent) => told.push(agent))

  const chosen = await lan.be('away')
  expect(chosen.status).toBe(200)
  expect(chosen.body).toMatchObject({ state: 'talking', callId: call.id, afterCall: 'away' })
  await expect.poll(() => told.at(-1)).toMatchObject({ state: 'talking', afterCall: 'away' })
  client.close()

  await lan.press(call, 'hang-up')
  expect(await seen()).toMatchObject({ state: 'wrapup', afterCall: 'away' })
  await lan.press(call, 'wrap-up', { disposition: 'information-given' })
  expect(await seen()).toMatchObject({ state: 'away', afterCall: null, callId: null })
  await nextCallWaits()
})

test('a choice is taken back, and does not outlast its call', async () => {
  const call = await talking()
  await lan.be('away')
  expect((await lan.be('available')).body).toMatchObject({ state: 'talking', afterCall: null })
  await lan.press(call, 'hang-up')
  await lan.press(call, 'wrap-up', { disposition: 'information-given' })
  expect(await seen()).toMatchObject({ state: 'available' })
})

test('a break chosen while wrapping up leaves the wrap-up to be told, and can be taken back', async () => {
  const call = await talking()
  await lan.press(call, 'hang-up')
  expect((await lan.be('away')).body).toMatchObject({ state: 'wrapup', afterCall: 'away' })
  expect((await lan.be('available')).body).toMatchObject({ state: 'wrapup', afterCall: null })
  await lan.be('offline')
  await lan.press(call, 'wrap-up', { disposition: 'wrong-number' })
  expect(await centre.view(call)).toMatchObject({ disposition: 'wrong-number' })
  expect(await seen()).toMatchObject({ state: 'offline', afterCall: null })
})

test('where the caller gives up while it rings, the break begins at once', async () => {
  const call = await ringing()
  expect((await lan.be('away')).body).toMatchObject({ state: 'ringing', afterCall: 'away' })
  await centre.tell(call, { type: 'ended', cause: 'completed' })
  await expect.poll(seen).toMatchObject({ state: 'away', afterCall: null })
  await nextCallWaits()
})

test('who is away and calls a citizen is away again afterwards', async () => {
  await lan.be('away')
  const placed = await request(centre.server, 'POST', '/api/calls', {
    headers: lan.headers,
    body: { phone: '0909 123 456' },
  })
  expect(placed.status).toBe(201)
  expect(await seen()).toMatchObject({ state: 'ringing', afterCall: 'away' })
  const { id } = placed.body as CallView
  await centre.tell(await centre.view({ id }), { type: 'ended', cause: 'no_answer' })
  await expect.poll(seen).toMatchObject({ state: 'away' })
})

test('the choice survives a restart', async () => {
  const uri = new URL(inject('mongodbUri'))
  uri.pathname = `/test_${randomBytes(6).toString('hex')}`
  const first = await startCentre({ MONGODB_URI: uri.href })
  const agent = await first.agent('Huệ')
  const call = await talking(first, agent)
  await agent.be('away')
  await first.server.end()

  const second = await startTestServer({ MONGODB_URI: uri.href })
  const { body } = await request(second, 'GET', '/api/agents', agent)
  const { agents } = body as AgentList
  await second.end()
  expect(agents).toMatchObject([
    { id: agent.id, state: 'talking', callId: call.id, afterCall: 'away' },
  ])
})
