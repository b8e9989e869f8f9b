import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { CallView } from '#contracts/telephony'
import { DomainError } from '#domain/errors'
import { askCosts } from '#use-cases/telephone/ask-costs'
import { type SimulatedCentre, startSimulatedCentre } from '../support/simulated-centre.ts'
import { aCaller, rest, soon, talking, until } from '../support/simulated-talk.ts'
import { request, sendReport, signInAs } from '../support/test-server.ts'

let centre: SimulatedCentre
let lead: Record<string, string>
beforeAll(async () => {
  centre = await startSimulatedCentre({
    isMischievous: true,
    environment: { TWILIO_EDGE: 'singapore' },
  })
  lead = (await signInAs(centre.server, 'supervisor')).headers
})
afterAll(async () => {
  expect(centre.server.unexpected).toEqual([])
  await centre.end()
})

async function recordFor(headers: Record<string, string>, id: string): Promise<CallView> {
  return (await request(centre.server, 'GET', `/api/calls/${id}`, { headers })).body as CallView
}

test('a talk is recorded second by second, with who hung up first; the cost comes later', async () => {
  const agent = await centre.agent('Nguyễn Thị Lan')
  const { line, call } = await talking(centre, agent)
  centre.pass(60)
  await agent.press(call.id, 'hold')
  centre.pass(30)
  await agent.press(call.id, 'resume')
  expect((await recordFor(lead, call.id)).record).toMatchObject({ endedBy: null, cost: null })
  await agent.press(call.id, 'hang-up')
  centre.pass(20)
  await until(centre, line, { endedAs: 'answered' })
  await agent.press(call.id, 'wrap-up', { disposition: 'information-given' })
  const { record, legs } = await recordFor(lead, call.id)
  expect(record).toMatchObject({ endedBy: 'agent', cause: 'completed', region: 'singapore' })
  const { waitedSeconds, talkedSeconds, heldSeconds, wrapUpSeconds } = record
  // The clock runs meanwhile, and the company tells whole seconds.
  const isAbout = (seconds: number | null, least: number) =>
    seconds !== null && seconds >= least - 1 && seconds < least + 20
  expect({
    waited: isAbout(waitedSeconds, 0),
    talked: isAbout(talkedSeconds, 60),
    held: isAbout(heldSeconds, 30),
    wrapUp: isAbout(wrapUpSeconds, 20),
  }).toEqual({ waited: true, talked: true, held: true, wrapUp: true })
  expect(legs).toMatchObject([{ agent: { name: 'Nguyễn Thị Lan' }, monitor: null }])
  expect(legs[0]?.answeredAt).not.toBeNull()

  centre.pass(180)
  await askCosts(centre.server.ports)
  expect((await recordFor(lead, call.id)).record.cost).toEqual({ amount: 0.0125, currency: 'USD' })
  // What it cost is the supervisors'.
  expect((await recordFor(agent.headers, call.id)).record.cost).toBeNull()
  await rest(centre, agent)
})

test('while the company does not answer, the cost is asked for again, and others’ meanwhile', async () => {
  const line = aCaller(centre)
  await line.settled()
  line.hangUp()
  const { id } = await until(centre, line, { state: 'ended' })
  centre.company.refuseWith(503)
  centre.pass(180)
  await expect(askCosts(centre.server.ports)).rejects.toThrow('costs of calls')
  centre.company.refuseWith(null)
  await askCosts(centre.server.ports)
  expect((await recordFor(lead, id)).record.cost).toBeNull()
  centre.pass(1_000)
  await askCosts(centre.server.ports)
  expect((await recordFor(lead, id)).record.cost).toEqual({ amount: 0.0085, currency: 'USD' })
})

test('who hangs up at a message: the citizen while speaking, we after the code was told', async () => {
  const [heard, gone] = [aCaller(centre), aCaller(centre)]
  for (const [line, endedBy] of [
    [heard, '#'],
    [gone, 'hangup'],
  ] as const) {
    await line.settled()
    line.press('1')
    await line.settled()
    line.leaveMessage({ seconds: 12, endedBy })
  }
  for (const [line, endedBy] of [
    [heard, 'system'],
    [gone, 'citizen'],
  ] as const) {
    const { id } = await until(centre, line, { endedAs: 'voicemail' })
    await soon(async () => {
      const { record, recordings } = await recordFor(lead, id)
      expect(record.endedBy).toBe(endedBy)
      expect(recordings[0]).toMatchObject({ deletedAt: null })
      expect(recordings[0]?.consentAt).not.toBeNull()
    })
  }
})

test('a call that the company drops is the company’s end; one that waits in vain, the citizen’s', async () => {
  const [dropped, waiting] = [aCaller(centre), aCaller(centre)]
  await dropped.settled()
  dropped.hangUp('failed')
  await waiting.settled()
  waiting.press('3')
  await until(centre, waiting, { state: 'queued' })
  waiting.hangUp()
  for (const [line, endedBy] of [
    [dropped, 'company'],
    [waiting, 'citizen'],
  ] as const) {
    const { id } = await until(centre, line, { state: 'ended' })
    expect((await recordFor(lead, id)).record.endedBy).toBe(endedBy)
  }
})

test('supervisors take the records along as CSV, on the audit log; agents may not', async () => {
  const agent = await centre.agent('Hồ Thị Lý')
  await rest(centre, agent)
  const { server } = centre
  expect((await agent.get('/api/calls.csv')).status).toBe(403)
  const added = vi.spyOn(server.ports.auditLog, 'add')
  const path = '/api/calls.csv?from=2026-11-23&until=2026-11-24&lang=vi'
  const csv = await request(server, 'GET', path, { headers: lead })
  expect(csv.headers.get('content-type')).toContain('text/csv')
  const [head, ...rows] = String(csv.body).trimEnd().split('\r\n')
  expect(head).toContain('Ai gác máy trước')
  const columns = head?.split(',').length
  expect(rows.length).toBeGreaterThan(3)
  expect(rows.every((row) => row.split(',').length === columns)).toBe(true)
  expect(rows.join()).toMatch(
    /tổng đài viên,completed,đã cung cấp thông tin,.*,0\.0125,USD,singapore/,
  )
  expect(added).toHaveBeenCalledWith(
    expect.objectContaining({ action: 'calls-export', reason: '2026-11-23..2026-11-24' }),
  )
  added.mockRestore()
  const wrong = '/api/calls.csv?from=2026-11-30&until=2026-11-01'
  expect((await request(server, 'GET', wrong, { headers: lead })).status).toBe(400)
  expect((await request(server, 'GET', '/api/calls.csv')).status).toBe(401)
})

test('a call placed just before we stopped is whole: whose, about which case, for which promise', async () => {
  const agent = await centre.agent('Vũ Thị Mai')
  const { headers } = agent
  const { ports } = centre.server
  const { code } = await sendReport(centre.server)
  const planned = await request(centre.server, 'POST', '/api/call-backs', {
    headers,
    body: { caseCode: code, isMine: true },
  })
  const { id: callBackId } = planned.body as { id: string }
  const { callControl, calls } = ports
  if (callControl === null) throw new Error('no company is set up')
  // The very next thing after the company took the call is to keep it.
  let isCut = false
  const dial = callControl.dial.bind(callControl)
  const dialled = vi.spyOn(callControl, 'dial').mockImplementation(async (...given) => {
    const ref = await dial(...given)
    isCut = true
    return ref
  })
  const find = calls.findCall.bind(calls)
  const found = vi.spyOn(calls, 'findCall').mockImplementation(async (id) => {
    if (!isCut) return find(id)
    isCut = false
    throw new DomainError('unavailable', 'database-unavailable')
  })
  const placed = await request(centre.server, 'POST', '/api/calls', {
    headers,
    body: { callBackId },
  })
  dialled.mockRestore()
  found.mockRestore()
  expect(placed.status).toBe(503)
  const line = centre.company.calledCitizens.at(-1)
  if (line === undefined) throw new Error('nobody was called')
  const call = await until(centre, line, { state: 'talking' })
  expect(call).toMatchObject({
    direction: 'outbound',
    to: '+84912345678',
    agent: { id: agent.id, name: 'Vũ Thị Mai' },
    caseCode: code,
    callBackId,
  })
  const { mine } = (await agent.get('/api/calls/waiting')).body as { mine: CallView | null }
  expect(mine?.id).toBe(call.id)
  line.hangUp()
  await until(centre, line, { state: 'wrapup' })
  await agent.press(call.id, 'wrap-up', { disposition: 'information-given' })
  expect((await ports.callBacks.findById(callBackId))?.state).toBe('reached')
  await rest(centre, agent)
})
