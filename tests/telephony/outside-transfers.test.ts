import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CallView } from '#contracts/telephony'
import {
  type Agent,
  type SimulatedCentre,
  startSimulatedCentre,
} from '../support/simulated-centre.ts'
import { rest, soon, talking, until } from '../support/simulated-talk.ts'

const OFFICE = '+842438252525'
const OUTSIDE = { type: 'number', phone: '024 3825 2525' }

let centre: SimulatedCentre
beforeAll(async () => {
  centre = await startSimulatedCentre({ isMischievous: true })
})
afterAll(async () => {
  expect(centre.server.unexpected).toEqual([])
  await centre.end()
})

async function view(agent: Agent, id: string): Promise<CallView> {
  return (await agent.get(`/api/calls/${id}`)).body as CallView
}

async function wrapUp(agent: Agent, id: string): Promise<void> {
  const told = { disposition: 'information-given' }
  await soon(async () => {
    expect((await agent.press(id, 'wrap-up', told)).status).toBe(200)
  })
}

test('a warm transfer outside: both talk first, then the office has the citizen to itself', async () => {
  const agent = await centre.agent('Nguyễn Thị Lan')
  const { line, call } = await talking(centre, agent)
  const asked = await agent.press(call.id, 'transfer', { kind: 'warm', to: OUTSIDE })
  expect(asked.status).toBe(200)
  expect(asked.body).toMatchObject({ state: 'held', transfer: { agent: null, isWarm: true } })
  const conference = centre.company.conferenceOf(line.callSid)
  await soon(async () => {
    expect((await view(agent, call.id)).transfer).toMatchObject({ isThere: true })
  })
  expect(conference?.isHeld(line.callSid)).toBe(true)
  expect(conference?.participants()).toHaveLength(3)

  expect((await agent.press(call.id, 'transfer/complete')).status).toBe(200)
  expect(conference?.isHeld(line.callSid)).toBe(false)
  await soon(() => {
    expect(conference?.participants()).toHaveLength(2)
  })
  await wrapUp(agent, call.id)
  expect(line.status()).toBe('in-progress')

  centre.company.hangUpCalled(OFFICE)
  const ended = await until(centre, line, { endedAs: 'answered' })
  expect(line.status()).toBe('completed')
  expect(await view(agent, call.id)).toMatchObject({ record: { endedBy: 'agent' } })
  expect(ended.legs.map(({ agentRef }) => agentRef)).toContain(null)
  await rest(centre, agent)
})

test('a warm transfer that nobody outside answers leaves the citizen with the agent', async () => {
  const agent = await centre.agent('Trần Thị Bình')
  const { line, call } = await talking(centre, agent)
  centre.company.behave(OFFICE, 'is-busy')
  await agent.press(call.id, 'transfer', { kind: 'warm', to: OUTSIDE })
  await until(centre, line, { transfer: null })
  expect((await agent.press(call.id, 'resume')).body).toMatchObject({ state: 'talking' })
  centre.company.behave(OFFICE, 'answers')
  line.hangUp()
  await until(centre, line, { state: 'wrapup' })
  await wrapUp(agent, call.id)
  expect((await view(agent, call.id)).record).toMatchObject({ endedBy: 'citizen' })
  await rest(centre, agent)
})

test('a cold transfer outside: the agent is free at once, the office talks to the citizen', async () => {
  const agent = await centre.agent('Lê Văn Cường')
  const { line, call } = await talking(centre, agent)
  const asked = await agent.press(call.id, 'transfer', { kind: 'cold', to: OUTSIDE })
  expect(asked.body).toMatchObject({ state: 'wrapup', transfer: { agent: null, isWarm: false } })
  const conference = centre.company.conferenceOf(line.callSid)
  await soon(async () => {
    expect((await view(agent, call.id)).transfer).toMatchObject({ isThere: true })
    expect(conference?.participants()).toHaveLength(2)
  })
  await wrapUp(agent, call.id)
  line.hangUp()
  await until(centre, line, { endedAs: 'answered', transfer: null })
  expect((await view(agent, call.id)).record.endedBy).toBe('citizen')
  await soon(() => {
    expect(conference?.participants()).toEqual([])
  })
  await rest(centre, agent)
})

test('a cold transfer that nobody outside answers: the citizen is first in line again', async () => {
  const agent = await centre.agent('Phạm Thị Dung')
  const { line, call } = await talking(centre, agent)
  centre.company.behave(OFFICE, 'is-busy')
  await agent.press(call.id, 'transfer', { kind: 'cold', to: OUTSIDE })
  expect(await until(centre, line, { state: 'ringing_agent' })).toMatchObject({ endedAt: null })
  expect(line.status()).toBe('in-progress')
  centre.company.behave(OFFICE, 'answers')
  line.hangUp()
  await until(centre, line, { state: 'ended' })
  await rest(centre, agent)
})
