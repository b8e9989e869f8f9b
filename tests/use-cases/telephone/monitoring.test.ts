import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import type { Call } from '#domain/call'
import { DomainError } from '#domain/errors'
import {
  type Centre,
  callIn,
  type Colleague,
  leave,
  startCentre,
} from '../../support/telephone-centre.ts'
import { request } from '../../support/test-server.ts'

let centre: Centre
let lan: Colleague
let lead: Colleague
beforeAll(async () => {
  centre = await startCentre()
  lan = await centre.colleague('Lan')
  lead = await centre.colleague('Trưởng ca', 'supervisor')
})
afterEach(async () => {
  await centre.clear()
  await leave(lan)
})
afterAll(async () => {
  expect(centre.server.unexpected).toEqual([])
  await centre.server.end()
})

async function aTalk(): Promise<Call> {
  await lan.be('away')
  const call = await centre.caller()
  await lan.press(call, 'accept')
  await centre.line(call, lan, 'agent-answered')
  return centre.view(call)
}

test('listening, coaching and joining are on the audit log before anything is heard', async () => {
  const call = await aTalk()
  const { auditLog } = centre.server.ports
  const added = vi.spyOn(auditLog, 'add')
  for (const mode of ['listen', 'coach', 'barge'] as const) {
    const before = centre.company.asked.length
    added.mockImplementationOnce(async (entry) => {
      expect(centre.company.asked).toHaveLength(before)
      await auditLog.add(entry)
    })
    expect((await lead.press(call, 'monitor', { mode })).status).toBe(200)
    expect(added).toHaveBeenLastCalledWith(
      expect.objectContaining({
        staffId: lead.id,
        staffName: 'Trưởng ca',
        action: `call-${mode}`,
        reason: call.id,
      }),
    )
  }
  added.mockRestore()
})

test('what cannot be on the audit log is not heard', async () => {
  const call = await aTalk()
  const { auditLog } = centre.server.ports
  const added = vi
    .spyOn(auditLog, 'add')
    .mockRejectedValueOnce(new DomainError('unavailable', 'database-unavailable'))
  const before = centre.company.asked.length
  expect((await lead.press(call, 'monitor', { mode: 'listen' })).status).toBeGreaterThanOrEqual(500)
  expect(centre.company.asked).toHaveLength(before)
  added.mockRestore()
})

test('a supervisor’s line is shown to supervisors, with how they take part, and not to the agent', async () => {
  const call = await aTalk()
  const seen = callIn(await lead.press(call, 'monitor', { mode: 'listen' }))
  expect(seen.legs).toContainEqual(
    expect.objectContaining({ agent: { id: lead.id, name: 'Trưởng ca' }, monitor: 'listen' }),
  )
  const { headers } = lan
  const theirs = callIn(await request(centre.server, 'GET', `/api/calls/${call.id}`, { headers }))
  expect(theirs.legs).toMatchObject([{ agent: { name: 'Lan' }, monitor: null }])
})
