import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Wallboard } from '#contracts/telephony'
import type { Call } from '#domain/call'
import { keepRecordings } from '#use-cases/recordings/keep-recordings'
import type { Line } from '../../demo/telephone/line.ts'
import {
  type Agent,
  type SimulatedCentre,
  startSimulatedCentre,
} from '../support/simulated-centre.ts'
import { request as ask, signInAs } from '../support/test-server.ts'

/** Things happen within milliseconds, but not on a machine that has much else to do. */
const PATIENT = { timeout: 15_000, interval: 50 }

let centre: SimulatedCentre
beforeAll(async () => {
  centre = await startSimulatedCentre({ isMischievous: true })
})
afterAll(async () => centre.end())

let callers = 0
function aCaller(): Line {
  callers += 1
  return centre.company.call(`+8491${String(2_000_000 + callers)}`)
}

async function callOf(line: Line): Promise<Call> {
  const call = await centre.server.ports.calls.findCall(`twilio:${line.callSid}`)
  if (call === null) throw new Error('the call is not there')
  return call
}

async function until(
  line: Line,
  expected: Partial<Call>,
  timeout = PATIENT.timeout,
): Promise<Call> {
  await vi.waitFor(async () => expect(await callOf(line)).toMatchObject(expected), {
    ...PATIENT,
    timeout,
  })
  return callOf(line)
}

/** Asks for an agent, and waits until the call rings at somebody. */
async function askForAgent(line: Line): Promise<Call> {
  await line.settled()
  line.press('3')
  return until(line, { state: 'ringing_agent' })
}

async function talking(agent: Agent): Promise<{ line: Line; call: Call }> {
  const line = aCaller()
  const call = await askForAgent(line)
  expect((await agent.press(call.id, 'accept')).status).toBe(200)
  return { line, call: await until(line, { state: 'talking' }) }
}

async function done(agent: Agent, call: Call): Promise<void> {
  await agent.press(call.id, 'hang-up')
  await vi.waitFor(
    async () =>
      expect(
        (await agent.press(call.id, 'wrap-up', { disposition: 'information-given' })).status,
      ).toBe(200),
    PATIENT,
  )
}

test('a caller asks for an agent, talks, is held, and the call is wrapped up', async () => {
  const agent = await centre.agent('Nguyễn Thị Lan')
  const { line, call } = await talking(agent)
  expect(call).toMatchObject({ agent: { id: agent.id }, queue: { leftAs: 'answered' } })
  const conference = centre.company.conferenceOf(line.callSid)
  expect(conference?.participants()).toHaveLength(2)

  line.speak('số điện thoại của tôi là 0912 345 678')
  await vi.waitFor(async () => {
    const { body } = await agent.get(`/api/calls/${call.id}`)
    const { transcript } = body as { transcript: { speaker: string; text: string }[] }
    expect(transcript.map(({ speaker }) => speaker)).toEqual(['citizen'])
    expect(transcript[0]?.text).toContain('số điện thoại')
    expect(transcript[0]?.text).not.toContain('345 678')
  }, PATIENT)

  await agent.press(call.id, 'hold')
  expect(conference?.isHeld(line.callSid)).toBe(true)
  await agent.press(call.id, 'resume')
  expect(conference?.isHeld(line.callSid)).toBe(false)

  await done(agent, call)
  expect(await until(line, { state: 'ended' })).toMatchObject({
    endedAs: 'answered',
    disposition: 'information-given',
  })
  expect(line.status()).toBe('completed')
  expect(conference?.participants()).toEqual([])
  await agent.press(call.id, 'decline')
  await request(agent, 'away')
})

test('an agent whose browser is lost does not lose the caller: the next one has them', async () => {
  const first = await centre.agent('Trần Văn Minh')
  const { line, call } = await talking(first)
  centre.company.loseSoftphone(first.softphone)
  await until(line, { state: 'queued' })
  await vi.waitFor(() => {
    expect(line.heard.join(' ')).toMatch(/bị ngắt/)
  }, PATIENT)
  expect(line.status()).toBe('in-progress')

  const second = await centre.agent('Lê Thị Hoa')
  await until(line, { state: 'ringing_agent' })
  expect((await second.press(call.id, 'accept')).status).toBe(200)
  expect(await until(line, { state: 'talking' })).toMatchObject({ agent: { id: second.id } })
  line.hangUp()
  expect(await until(line, { state: 'wrapup' })).toMatchObject({ endedAs: 'answered' })
  await second.press(call.id, 'wrap-up', { disposition: 'information-given' })
  await request(second, 'away')
})

test('a message is a case with a code; its recording is kept, and heard on record', async () => {
  const agent = await centre.agent('Phạm Thị Thu')
  const line = aCaller()
  await line.settled()
  line.press('1')
  await line.settled()
  line.leaveMessage({ seconds: 42, endedBy: '#' })
  const call = await until(line, { endedAs: 'voicemail' })
  expect(call.caseCode).toMatch(/^\d{10}$/)
  expect(line.heard.join(' ')).toContain('Mã tra cứu')

  await vi.waitFor(async () => {
    await keepRecordings(centre.server.ports, ({ error }) => {
      throw error
    })
    expect((await callOf(line)).recordings[0]?.kept?.sha256).toMatch(/^[0-9a-f]{64}$/)
  }, PATIENT)
  const [recording] = (await callOf(line)).recordings
  const heard = await agent.get(`/api/calls/${call.id}/recordings/${recording?.ref ?? ''}`)
  expect(heard.status).toBe(200)
  expect(heard.headers.get('content-type')).toBe('audio/mpeg')
  expect((await callOf(line)).recordings[0]?.heardAt).toBeInstanceOf(Date)
  expect((await agent.get(`/api/calls/${call.id}/recordings/RE0`)).status).toBe(404)
  await request(agent, 'away')
})

test('while the company refuses, the agent is told and the caller is promised a call back', async () => {
  const agent = await centre.agent('Đỗ Văn Nam')
  const line = aCaller()
  const call = await askForAgent(line)
  centre.company.refuseWith(503)
  const refused = await agent.press(call.id, 'accept')
  expect(refused.status).toBe(503)
  centre.company.refuseWith(null)
  // They hear that they will be called back, and the promise is there.
  await vi.waitFor(() => {
    expect(line.status()).toBe('completed')
  }, PATIENT)
  expect(await until(line, { endedAs: 'callback_requested' })).toMatchObject({ from: line.from })
  const { callBacks } = (await agent.get('/api/call-backs')).body as {
    callBacks: { phone: string; callId: string }[]
  }
  expect(callBacks.map(({ callId }) => callId)).toContain(call.id)
  await request(agent, 'away')
})

test('a citizen is called by an agent, and both hear each other', async () => {
  const agent = await centre.agent('Vũ Thị Mai')
  const { company } = centre
  await request(agent, 'available')
  const placed = await agent.get('/api/agents')
  expect(placed.status).toBe(200)
  const answer = await post(agent, '/api/calls', { phone: '0912 345 678' })
  expect(answer).toMatchObject({ status: 201 })
  const line = company.calledCitizens.at(-1)
  if (line === undefined) throw new Error('nobody was called')
  const call = await until(line, { state: 'talking' })
  expect(call).toMatchObject({ direction: 'outbound', to: '+84912345678' })
  line.hangUp()
  expect(await until(line, { state: 'wrapup' })).toMatchObject({ endedAs: 'answered' })
  await agent.press(call.id, 'wrap-up', { disposition: 'information-given' })
  await request(agent, 'away')
})

test('a hundred callers at once: none is lost, none is doubled', { timeout: 180_000 }, async () => {
  const agents = await Promise.all(
    Array.from({ length: 8 }, async (_, index) => centre.agent(`Tổng đài viên ${String(index)}`)),
  )
  let isOver = false
  const working = agents.map(async (agent) => {
    while (!isOver) {
      const { mine } = (await agent.get('/api/calls/waiting')).body as {
        mine: { id: string; state: string } | null
      }
      if (mine?.state === 'ringing_agent') await agent.press(mine.id, 'accept')
      else if (mine?.state === 'talking') await agent.press(mine.id, 'hang-up')
      else if (mine?.state === 'wrapup') {
        await agent.press(mine.id, 'wrap-up', { disposition: 'information-given' })
      }
      await new Promise((resolve) => setTimeout(resolve, 60))
    }
  })
  const lines = Array.from({ length: 100 }, aCaller)
  await Promise.all(
    lines.map(async (line, index) => {
      await line.settled()
      if (index % 5 === 0) {
        line.press('3')
        return
      }
      line.press('1')
      await line.settled()
      line.leaveMessage({ seconds: 20, endedBy: index % 2 === 0 ? '#' : 'hangup' })
    }),
  )
  const talked = lines.filter((_, index) => index % 5 === 0)
  const left = lines.filter((_, index) => index % 5 !== 0)
  const codes = new Set<string | null>()
  try {
    for (const line of talked) await until(line, { endedAs: 'answered' }, 120_000)
    for (const line of left) {
      codes.add((await until(line, { endedAs: 'voicemail' }, 60_000)).caseCode)
    }
  } finally {
    isOver = true
    await Promise.all(working)
  }
  expect(codes.size).toBe(left.length)
  expect(codes.has(null)).toBe(false)
})

test('supervisors see the wall and its days; agents do not', async () => {
  const agent = await centre.agent('Hồ Thị Lý')
  await request(agent, 'away')
  expect((await agent.get('/api/wallboard')).status).toBe(403)

  centre.pass(600)
  const { headers } = await signInAs(centre.server, 'supervisor')
  const wall = (await ask(centre.server, 'GET', '/api/wallboard', { headers })).body as Wallboard
  expect(wall).toMatchObject({ waiting: 0, longestWaitSince: null })
  expect(wall.today.answered).toBeGreaterThan(0)
  expect(wall.today.answered).toBeLessThanOrEqual(wall.today.offered)
  expect(wall.today.occupancy).toBeGreaterThan(0)
  expect(wall.unheardVoicemails).toBeGreaterThan(0)
  expect(wall.agents.map(({ name }) => name)).toContain('Hồ Thị Lý')

  const csv = await ask(centre.server, 'GET', '/api/wallboard/history.csv?lang=vi', { headers })
  expect(csv.headers.get('content-type')).toContain('text/csv')
  expect(String(csv.body)).toContain('Mức độ dịch vụ 80/20')
  const wrong = '/api/wallboard/history?from=2026-11-30&until=2026-11-01'
  expect((await ask(centre.server, 'GET', wrong, { headers })).status).toBe(400)
})

/** Until it holds: whoever stayed available would take the next test's call. */
async function request(agent: Agent, state: 'available' | 'away'): Promise<void> {
  const choose = async (chosen: string): Promise<{ state: string }> => {
    const answer = await fetch(`${centre.server.url}/api/agents/me`, {
      method: 'PUT',
      headers: { ...agent.headers, 'Content-Type': 'application/json' },
      body: JSON.stringify({ state: chosen }),
    })
    expect(answer.status).toBe(200)
    return (await answer.json()) as { state: string }
  }
  await vi.waitFor(async () => {
    let seen = await choose(state)
    // A wrap-up: takes back what is kept for afterwards, then is done with it.
    for (let press = 0; press < 2 && seen.state === 'wrapup'; press++) {
      seen = await choose('available')
    }
    if (seen.state !== state) seen = await choose(state)
    expect(seen).toMatchObject({ state })
  }, PATIENT)
}

async function post(agent: Agent, path: string, body: object): Promise<{ status: number }> {
  return fetch(centre.server.url + path, {
    method: 'POST',
    headers: { ...agent.headers, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
}
