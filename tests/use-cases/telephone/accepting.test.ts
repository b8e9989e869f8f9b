import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import {
  type Centre,
  callIn,
  type Colleague,
  leave,
  startCentre,
} from '../../support/telephone-centre.ts'
import { request, signInAs } from '../../support/test-server.ts'
import type { Call } from '#domain/call'

let centre: Centre
let lan: Colleague
let hue: Colleague
beforeAll(async () => {
  centre = await startCentre()
  lan = await centre.colleague('Lan')
  hue = await centre.colleague('Huệ')
})
afterEach(async () => {
  // Nobody of one test is rung at in the next.
  await centre.clear()
  for (const agent of [lan, hue]) await leave(agent)
})
afterAll(async () => {
  expect(centre.server.unexpected).toEqual([])
  await centre.server.end()
})

const hangUp = async (call: Call) => centre.tell(call, { type: 'ended', cause: 'completed' })

/** Lan was idle for longer. */
async function bothAvailable(): Promise<void> {
  await lan.be('available')
  centre.pass(1)
  await hue.be('available')
}

const ringsAt = async (call: Call) =>
  (await centre.view(call)).offers.findLast(({ outcome }) => outcome === 'pending')?.agent.name ??
  null

test('a waiting call rings at the agent who was idle longest, and is talked to when taken', async () => {
  await bothAvailable()
  const call = await centre.caller()
  await expect.poll(async () => ringsAt(call)).toBe('Lan')
  expect(await centre.agentState(lan)).toBe('ringing')
  expect(await centre.agentState(hue)).toBe('available')

  const accepted = await lan.press(call, 'accept')
  expect(accepted.status).toBe(200)
  expect(callIn(accepted)).toMatchObject({ state: 'ringing_agent', agent: { name: 'Lan' } })
  expect(centre.company.about(call.id)).toEqual(['connectCaller', 'ringAgent'])
  await centre.line(call, lan, 'agent-answered')
  expect(await centre.view(call)).toMatchObject({ state: 'talking', queue: { leftAs: 'answered' } })
  expect(await centre.agentState(lan)).toBe('talking')
})

test('of two agents who press accept at once one gets the call, the other hears who has it', async () => {
  // Away: no call is offered to them, but they may pick one.
  await lan.be('away')
  await hue.be('away')
  const call = await centre.caller()
  const answers = await Promise.all([lan.press(call, 'accept'), hue.press(call, 'accept')])
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  const winner = answers[0].status === 200 ? lan : hue
  const refused = answers.find(({ status }) => status === 409)
  expect(refused?.body).toMatchObject({ code: 'conflict' })
  expect(JSON.stringify(refused?.body)).toContain(winner.name)
  expect(centre.company.about(call.id)).toEqual(['connectCaller', 'ringAgent'])
  const loser = winner === lan ? hue : lan
  expect(await centre.agentState(loser)).toBe('away')
})

test('a call that nobody picks up for 20 seconds goes on to the next, the first one is away', async () => {
  await bothAvailable()
  const call = await centre.caller()
  await expect.poll(async () => ringsAt(call)).toBe('Lan')
  centre.pass(19)
  await new Promise((resolve) => setTimeout(resolve, 1_200))
  expect(await ringsAt(call)).toBe('Lan')
  centre.pass(1)
  await expect.poll(async () => ringsAt(call), { timeout: 5_000 }).toBe('Huệ')
  expect(await centre.agentState(lan)).toBe('away')
  expect((await centre.view(call)).offers.map(({ outcome }) => outcome)).toEqual([
    'timed_out',
    'pending',
  ])
  // Too late for the first one.
  const late = await lan.press(call, 'accept')
  expect(late.status).toBe(409)
  expect(JSON.stringify(late.body)).toContain(hue.name)
})

test('a call goes to those who know its field and language alone', async () => {
  const lead = await centre.colleague('Trưởng ca', 'supervisor')
  await bothAvailable()
  const skills = async (of: Colleague, body: object) =>
    request(centre.server, 'PUT', `/api/agents/${of.id}/skills`, { headers: lead.headers, body })
  expect((await skills(lan, { languages: ['vi'], fields: ['no-such-field'] })).status).toBe(400)
  const fields = centre.server.ports.settings().fields.map(({ id }) => id)
  const [one = '', two = ''] = fields
  expect((await skills(lan, { languages: ['vi'], fields: [one] })).status).toBe(200)
  await skills(hue, { languages: ['vi', 'en'], fields: [two] })
  const call = await centre.caller({ field: two })
  await expect.poll(async () => ringsAt(call)).toBe('Huệ')
  const english = await centre.caller({ field: one, language: 'en' })
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(await ringsAt(english)).toBeNull()
  const denied = await request(centre.server, 'PUT', `/api/agents/${lan.id}/skills`, {
    headers: lan.headers,
    body: { languages: ['vi'], fields: [] },
  })
  expect(denied.status).toBe(403)
  for (const each of [lan, hue]) await skills(each, { languages: ['vi', 'en'], fields: [] })
})

test('a declined call rings at the next agent; a stranger cannot decline it', async () => {
  await bothAvailable()
  const call = await centre.caller()
  await expect.poll(async () => ringsAt(call)).toBe('Lan')
  expect((await hue.press(call, 'decline')).status).toBe(403)
  expect((await lan.press(call, 'decline')).status).toBe(200)
  await expect.poll(async () => ringsAt(call)).toBe('Huệ')
  expect(await centre.agentState(lan)).toBe('away')
})

test('where the company refuses, the caller waits on at the front and the agent is told', async () => {
  await lan.be('available')
  const call = await centre.caller()
  await expect.poll(async () => ringsAt(call)).toBe('Lan')
  centre.company.refuse('ringAgent')
  const refused = await lan.press(call, 'accept')
  expect(refused.status).toBe(503)
  expect(refused.body).toMatchObject({ code: 'unavailable' })
  expect(centre.company.about(call.id)).toContain('sendToQueue')
  const waiting = await centre.view(call)
  expect(waiting.queue).toMatchObject({ leftAt: null })
  expect(waiting.queue?.requeuedAt).not.toBeNull()
  expect(waiting.offers[0]?.outcome).toBe('unreached')
  expect(await callBacksOf(call)).toEqual([])
})

test('a caller who is lost by a refusal is promised a call-back', async () => {
  await lan.be('available')
  const call = await centre.caller({ from: '+84987654321' })
  await expect.poll(async () => ringsAt(call)).toBe('Lan')
  centre.company.refuse('connectCaller', 'sendToQueue')
  expect((await lan.press(call, 'accept')).status).toBe(503)
  expect(await callBacksOf(call)).toEqual([
    expect.objectContaining({ reason: 'provider-down', phone: '+84987654321' }),
  ])
  expect(await centre.agentState(lan)).toBe('available')
})

test('an agent who is lost sends the caller to the front of the line', async () => {
  await lan.be('available')
  const call = await centre.caller()
  await expect.poll(async () => ringsAt(call)).toBe('Lan')
  await lan.press(call, 'accept')
  await centre.line(call, lan, 'agent-answered')
  centre.pass(30)
  const other = await centre.caller({ from: '+84911111111' })
  centre.pass(5)
  await centre.line(call, lan, 'agent-left')
  expect(await centre.agentState(lan)).toBe('away')
  expect(centre.company.about(call.id).at(-1)).toBe('sendToQueue')
  const board = await request(centre.server, 'GET', '/api/calls/waiting', lan)
  const { waiting } = board.body as { waiting: { id: string }[] }
  expect(waiting.map(({ id }) => id)).toEqual([call.id, other.id])
  // The same event again loses nobody.
  expect((await hue.be('available')).body).toMatchObject({ state: 'available' })
  await expect.poll(async () => ringsAt(call)).toBe('Huệ')
  await hue.press(call, 'accept')
  await centre.line(call, hue, 'agent-answered')
  await centre.tell(call, {
    type: 'agent-left',
    legRef: (await centre.view(call)).legs.find(({ agentRef }) => agentRef === lan.id)?.ref ?? '',
    agentRef: lan.id,
  })
  expect(await centre.view(call)).toMatchObject({ state: 'talking', agent: { name: 'Huệ' } })
})

test('a caller who hangs up while it rings frees the agent and is called back', async () => {
  await lan.be('available')
  const call = await centre.caller({ from: '+84933333333' })
  await expect.poll(async () => ringsAt(call)).toBe('Lan')
  await hangUp(call)
  expect(await centre.agentState(lan)).toBe('available')
  const ended = await centre.view(call)
  expect(ended).toMatchObject({ state: 'ended', endedAs: 'abandoned' })
  expect(ended.offers[0]?.outcome).toBe('withdrawn')
  await hangUp(call)
  expect(await callBacksOf(call)).toEqual([
    expect.objectContaining({ reason: 'missed', phone: '+84933333333' }),
  ])
  const late = await lan.press(call, 'accept')
  expect(late.status).toBe(409)
})

test('a call that nobody of ours has is not there, and strangers have no door', async () => {
  await lan.be('available')
  expect((await lan.press({ id: 'twilio:none' }, 'accept')).status).toBe(404)
  const [agency] = await centre.server.ports.agencies.search('Sở', 1)
  const { headers } = await signInAs(centre.server, 'officer', agency?.id)
  for (const path of ['/api/calls/waiting', '/api/agents', '/api/call-backs', '/api/calls/x']) {
    expect((await request(centre.server, 'GET', path, { headers })).status).toBe(403)
  }
})

async function callBacksOf({ id }: Call) {
  const open = await centre.server.ports.callBacks.listOpen(100)
  return open.filter(({ callId }) => callId === id)
}
