import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { CallBackView } from '#contracts/telephony'
import type { ReportReceipt } from '#contracts/reports'
import type { Call } from '#domain/call'
import {
  type Centre,
  callIn,
  type Colleague,
  leave,
  startCentre,
} from '../../support/telephone-centre.ts'
import { connectConsole } from '../../support/console-client.ts'
import { request } from '../../support/test-server.ts'

let centre: Centre
let lan: Colleague
let hue: Colleague
let lead: Colleague
beforeAll(async () => {
  centre = await startCentre()
  lan = await centre.colleague('Lan')
  hue = await centre.colleague('Huệ')
  lead = await centre.colleague('Trưởng ca', 'supervisor')
})
afterEach(async () => {
  await centre.clear()
  for (const agent of [lan, hue]) await leave(agent)
})
afterAll(async () => {
  expect(centre.server.unexpected).toEqual([])
  await centre.server.end()
})

/** Lan talks to a citizen, and takes the next one afterwards. */
async function aTalk(from = '+84912345678'): Promise<Call> {
  await lan.be('away')
  const call = await centre.caller({ from })
  expect((await lan.press(call, 'accept')).status).toBe(200)
  await centre.line(call, lan, 'agent-answered')
  await lan.be('available')
  return centre.view(call)
}

const asked = (call: Call) => centre.company.about(call.id).slice(2)

test('hold and resume are counted; another agent may not', async () => {
  const call = await aTalk()
  expect((await hue.press(call, 'hold')).status).toBe(403)
  expect(callIn(await lan.press(call, 'hold')).state).toBe('held')
  centre.pass(30)
  expect(callIn(await lan.press(call, 'resume'))).toMatchObject({
    state: 'talking',
    holdSeconds: 30,
  })
  expect(asked(call)).toEqual(['hold', 'hold'])
})

test('hanging up begins the wrap-up, whose disposition and note are kept; then the agent is free', async () => {
  const call = await aTalk()
  expect(callIn(await lan.press(call, 'hang-up')).state).toBe('wrapup')
  expect(asked(call)).toEqual(['hangUp'])
  // The agent's own line goes first: that is no lost agent.
  await centre.line(call, lan, 'agent-left')
  await centre.tell(call, { type: 'ended', cause: 'completed' })
  expect(await centre.view(call)).toMatchObject({ state: 'wrapup', endedAs: 'answered' })
  expect(await centre.agentState(lan)).toBe('wrapup')
  const told = { disposition: 'information-given', note: 'Đã hướng dẫn' }
  expect((await hue.press(call, 'wrap-up', told)).status).toBe(403)
  expect((await lan.press(call, 'wrap-up', { disposition: 'x' })).status).toBe(400)
  const done = callIn(await lan.press(call, 'wrap-up', told))
  expect(done).toMatchObject({ state: 'ended', disposition: 'information-given' })
  expect(await centre.agentState(lan)).toBe('available')
})

test('where the company does not hang up, the talk goes on', async () => {
  const call = await aTalk()
  centre.company.refuse('hangUp')
  expect((await lan.press(call, 'hang-up')).status).toBe(503)
  expect((await centre.view(call)).state).toBe('talking')
  expect(await centre.agentState(lan)).toBe('talking')
})

test('a wrap-up whose time is over ends without a disposition', async () => {
  const call = await aTalk()
  await centre.tell(call, { type: 'ended', cause: 'completed' })
  centre.pass(61)
  await expect.poll(async () => (await centre.view(call)).state, { timeout: 5_000 }).toBe('ended')
  expect((await centre.view(call)).disposition).toBeNull()
  await expect.poll(async () => centre.agentState(lan)).toBe('available')
})

test('a wrap-up takes more time where its agent asks for it, half an hour in all', async () => {
  const call = await aTalk()
  expect((await lan.press(call, 'wrap-up/extend')).status).toBe(409)
  await centre.tell(call, { type: 'ended', cause: 'completed' })
  const until = async (): Promise<number> =>
    (await centre.view(call)).wrapUp?.until.getTime() ?? Number.NaN
  const first = await until()
  expect((await hue.press(call, 'wrap-up/extend')).status).toBe(403)
  const more = callIn(await lan.press(call, 'wrap-up/extend'))
  expect(Date.parse(more.wrapUpUntil ?? '')).toBe(first + 60_000)
  centre.pass(61)
  // Sweeps go by, and the card stays.
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  expect(await centre.agentState(lan)).toBe('wrapup')
  for (let press = 0; press < 40; press++) await lan.press(call, 'wrap-up/extend')
  expect((await until()) - first).toBe(29 * 60_000)
  await lan.press(call, 'wrap-up', { disposition: 'information-given' })
  expect((await lan.press(call, 'wrap-up/extend')).status).toBe(409)
  expect(await centre.agentState(lan)).toBe('available')
})

test('what a citizen tells becomes a case of theirs, tied to the call', async () => {
  const call = await aTalk('+84905123456')
  const told = { text: 'Đèn đường hẻm 42 hỏng cả tuần nay', fieldId: 'urban' }
  const opened = await lan.press(call, 'case', told)
  expect(opened.status).toBe(201)
  const { code } = opened.body as ReportReceipt
  expect(((await lan.press(call, 'case', told)).body as ReportReceipt).code).toBe(code)
  const view = callIn(await request(centre.server, 'GET', `/api/calls/${call.id}`, lan))
  expect(view.caseCode).toBe(code)
  expect(view.caller.openCases.map((row) => row.code)).toEqual([code])
  const kept = await centre.server.ports.cases.findByCode(code)
  expect(kept).toMatchObject({ channel: 'phone', contact: { phone: '+84905123456' } })
})

test('what is said is shown without personal data', async () => {
  const call = await aTalk()
  const { headers } = lan
  const client = await connectConsole(centre.server.url, headers)
  const heard: string[] = []
  client.socket.on('transcript:said', ({ text }) => heard.push(text))
  const segment = {
    seq: 1,
    speaker: 'citizen',
    at: centre.server.ports.now(),
    text: 'Số của tôi là 0912 345 678',
  } as const
  await centre.tell(call, { type: 'transcribed', segment })
  await expect.poll(() => heard).toHaveLength(1)
  const view = callIn(await request(centre.server, 'GET', `/api/calls/${call.id}`, lan))
  expect([heard[0], view.transcript[0]?.text].join()).not.toContain('345 678')
  client.close()
})

test('a warm transfer hands the call over once the colleague is there', async () => {
  const call = await aTalk()
  const to = { kind: 'warm', to: { type: 'agent', id: hue.id } }
  expect((await lan.press(call, 'transfer', to)).status).toBe(409)
  await hue.be('available')
  expect(callIn(await lan.press(call, 'transfer', to)).state).toBe('held')
  expect(await centre.agentState(hue)).toBe('ringing')
  expect((await lan.press(call, 'transfer/complete')).status).toBe(409)
  await centre.line(call, hue, 'agent-answered')
  expect(callIn(await lan.press(call, 'transfer/complete'))).toMatchObject({
    state: 'talking',
    agent: { name: 'Huệ' },
  })
  // The sweep may ask once more for a line to be removed that is not known to be gone.
  const inTurn = asked(call).filter((each, i, all) => each !== all[i - 1])
  expect(inTurn).toEqual(['hold', 'ringAgent', 'hold', 'removeLeg'])
  await centre.tell(call, { type: 'agent-left', legRef: legOf(await centre.view(call), lan) })
  expect(await centre.view(call)).toMatchObject({ state: 'talking', agent: { name: 'Huệ' } })
  expect(await centre.agentState(lan)).toBe('available')
  expect(await centre.agentState(hue)).toBe('talking')
})

test('a warm transfer that is cancelled brings the caller back', async () => {
  const call = await aTalk()
  await hue.be('available')
  await lan.press(call, 'transfer', { kind: 'warm', to: { type: 'agent', id: hue.id } })
  expect(callIn(await lan.press(call, 'transfer/cancel'))).toMatchObject({
    state: 'talking',
    agent: { name: 'Lan' },
  })
  expect(await centre.agentState(hue)).toBe('available')
})

test('a cold transfer rings at the colleague, to the queue it waits at the front', async () => {
  const call = await aTalk()
  await hue.be('available')
  await lan.press(call, 'transfer', { kind: 'cold', to: { type: 'agent', id: hue.id } })
  expect(await centre.agentState(hue)).toBe('ringing')
  await centre.tell(call, { type: 'agent-left', legRef: legOf(await centre.view(call), lan) })
  expect((await hue.press(call, 'accept')).status).toBe(200)
  await centre.line(call, hue, 'agent-answered')
  await lan.be('offline')
  const queued = callIn(
    await hue.press(call, 'transfer', { kind: 'cold', to: { type: 'queue', field: 'urban' } }),
  )
  expect(queued).toMatchObject({ state: 'queued', agent: null, queue: { field: 'urban' } })
})

test('supervisors listen, on the record; agents may not', async () => {
  const call = await aTalk()
  expect((await hue.press(call, 'monitor', { mode: 'listen' })).status).toBe(403)
  expect((await lead.press(call, 'monitor', { mode: 'coach' })).status).toBe(200)
  expect(centre.company.asked.at(-1)).toMatchObject({ what: 'monitor', of: `${lead.id} coach` })
})

test('an agent calls a citizen; short numbers, the night and a company that is down are refused', async () => {
  await lan.be('available')
  const dial = async (body: object) =>
    request(centre.server, 'POST', '/api/calls', { headers: lan.headers, body })
  await centre.caller({ from: 'anonymous' })
  await centre.clear()
  for (const phone of ['113', '115', '1900 1234', '12']) {
    expect((await dial({ phone })).status).toBe(400)
  }
  const placed = await dial({ phone: '0909 123 456' })
  expect(placed.status).toBe(201)
  expect(callIn(placed)).toMatchObject({ state: 'dialing', direction: 'outbound' })
  expect(centre.company.asked.at(-1)?.of).toBe('+84909123456 as +842871234567')
  expect((await dial({ phone: '0909 123 456' })).status).toBe(409)
  await centre.clear()
  await lan.be('away')
  centre.company.refuse('dial')
  expect((await dial({ phone: '0909 777 888' })).status).toBe(503)
  const list = await request(centre.server, 'GET', '/api/call-backs', lan)
  const { callBacks } = list.body as { callBacks: CallBackView[] }
  expect(callBacks.find(({ phone }) => phone === '+84909777888')?.reason).toBe('provider-down')
  centre.pass(13 * 3_600)
  centre.company.refuse()
  await lan.be('away')
  expect((await dial({ phone: '0909 777 888' })).body).toMatchObject({ code: 'not-allowed-now' })
  centre.pass(11 * 3_600)
})

test('a call-back is planned, called, and kept when the citizen answers', async () => {
  await lan.be('away')
  const { headers } = lan
  const planned = await request(centre.server, 'POST', '/api/call-backs', {
    headers,
    body: { phone: '0909 555 666', isMine: true },
  })
  expect(planned.status).toBe(201)
  const { id, version, assignedTo } = planned.body as CallBackView
  expect(assignedTo?.name).toBe('Lan')
  const noted = await request(centre.server, 'PATCH', `/api/call-backs/${id}`, {
    headers,
    body: { version, attempt: 'Máy bận' },
  })
  expect(noted.body).toMatchObject({ state: 'due', attempts: [{ outcome: 'Máy bận' }] })
  const stale = await request(centre.server, 'PATCH', `/api/call-backs/${id}`, {
    headers,
    body: { version, state: 'canceled' },
  })
  expect(stale.status).toBe(409)
  const placed = await request(centre.server, 'POST', '/api/calls', {
    headers,
    body: { callBackId: id },
  })
  expect(placed.status).toBe(201)
  const call = await centre.view(callIn(placed))
  centre.pass(20)
  await centre.tell(call, { type: 'agent-answered', legRef: 'CAown', agentRef: lan.id })
  await centre.tell(call, { type: 'ended', cause: 'completed' })
  expect(await centre.server.ports.callBacks.findById(id)).toMatchObject({ state: 'reached' })
})

test('consoles hear of calls and agents without personal data', async () => {
  const { headers } = hue
  const client = await connectConsole(centre.server.url, headers)
  await client.join()
  const heard: object[] = []
  const offers: string[] = []
  client.socket.on('call:changed', (changed) => heard.push(changed))
  client.socket.on('agent:changed', (agent) => heard.push(agent))
  client.socket.on('call:offered', ({ id }) => offers.push(id))
  await hue.be('available')
  expect(await client.socket.emitWithAck('softphone:alive')).toEqual({ ok: true })
  const call = await centre.caller({ from: '+84944444444' })
  await expect.poll(() => offers).toEqual([call.id])
  expect(JSON.stringify(heard)).not.toContain('944444444')
  expect(heard).toContainEqual(expect.objectContaining({ id: call.id, state: 'ringing_agent' }))
  expect(heard).toContainEqual(expect.objectContaining({ id: hue.id, state: 'ringing' }))
  client.close()
})

function legOf({ legs }: Call, { id }: Colleague): string {
  return legs.find(({ agentRef }) => agentRef === id)?.ref ?? ''
}
