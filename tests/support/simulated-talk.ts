import { expect, vi } from 'vitest'
import type { Call } from '#domain/call'
import type { Line } from '../../demo/telephone/line.ts'
import type { Agent, SimulatedCentre } from './simulated-centre.ts'
import { standDown } from './stand-down.ts'
import { request } from './test-server.ts'

let callers = 0

/** A citizen on the line whom nobody else is. */
export function aCaller({ company }: SimulatedCentre): Line {
  callers += 1
  return company.call(`+8491${String(3_000_000 + callers)}`)
}

/** The call of a citizen's line, as it is kept. */
async function callOf({ server }: SimulatedCentre, line: Line): Promise<Call> {
  const call = await server.ports.calls.findCall(`twilio:${line.callSid}`)
  if (call === null) throw new Error('the call is not there')
  return call
}

/** Resolves once the check holds; a company's callbacks and slow machines take their time. */
export async function soon(check: () => void | Promise<void>): Promise<void> {
  await vi.waitFor(check, { timeout: 20_000, interval: 50 })
}

/** The call once it is as expected. */
export async function until(centre: SimulatedCentre, line: Line, expected: object): Promise<Call> {
  await soon(async () => {
    expect(await callOf(centre, line)).toMatchObject(expected)
  })
  return callOf(centre, line)
}

/** A citizen asks for an agent and is talked to. */
export async function talking(
  centre: SimulatedCentre,
  agent: Agent,
): Promise<{ line: Line; call: Call }> {
  const line = aCaller(centre)
  await line.settled()
  line.press('3')
  const call = await until(centre, line, { state: 'ringing_agent' })
  expect((await agent.press(call.id, 'accept')).status).toBe(200)
  return { line, call: await until(centre, line, { state: 'talking' }) }
}

/** No call comes to this agent from now on; a wrap-up is done with first. */
export async function rest({ server }: SimulatedCentre, { headers }: Agent): Promise<void> {
  await standDown('away', (state) =>
    request(server, 'PUT', '/api/agents/me', { headers, body: { state } }),
  )
}
