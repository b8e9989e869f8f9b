import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { CallView } from '#contracts/telephony'
import type { Call, Recording } from '#domain/call'
import { deleteOldRecordings, keepRecordings } from '#use-cases/recordings/keep-recordings'
import { type Centre, startCentre } from '../support/telephone-centre.ts'
import { request } from '../support/test-server.ts'

const YEAR_S = 366 * 86_400

let centre: Centre
let headers: Record<string, string>
beforeAll(async () => {
  centre = await startCentre()
  headers = (await centre.colleague('Phạm Thị Lời')).headers
})
beforeEach(() => {
  centre.company.refuse()
})
afterAll(async () => {
  expect(centre.server.unexpected).toEqual([])
  await centre.server.end()
})

let messages = 0

/** Somebody left a message; its file is at the company. */
async function aMessage(): Promise<{ call: Call; ref: string }> {
  messages += 1
  const ref = `RE${String(messages).padStart(32, '0')}`
  const call = await centre.caller()
  const recording: Recording = { ref, url: null, durationSeconds: 9, state: 'completed' }
  await centre.tell(call, { type: 'recording-reported', recording })
  await centre.tell(call, { type: 'ended', cause: 'completed' })
  return { call, ref }
}

async function keep(): Promise<string[]> {
  const problems: string[] = []
  await keepRecordings(centre.server.ports, ({ callId }) => problems.push(callId))
  return problems
}

const shown = async ({ id }: Call) =>
  (await request(centre.server, 'GET', `/api/calls/${id}`, { headers })).body as CallView
const listen = async ({ id }: Call, ref: string) =>
  (await request(centre.server, 'GET', `/api/calls/${id}/recordings/${ref}`, { headers })).status
const deletions = (ref: string) =>
  centre.company.asked.filter(({ what, of }) => what === 'deleteRecording' && of === ref).length

test('a recording is kept here and then removed at the company, which may take a second try', async () => {
  const { call, ref } = await aMessage()
  centre.company.refuse('deleteRecording')
  expect(await keep()).toEqual([call.id])
  expect(await listen(call, ref)).toBe(200)
  centre.company.refuse()
  expect(await keep()).toEqual([])
  expect(deletions(ref)).toBe(2)
  await keep()
  expect(deletions(ref)).toBe(2)
  const fetched = centre.company.asked.filter(
    ({ what, of }) => what === 'fetchRecording' && of === ref,
  )
  expect(fetched).toHaveLength(1)
})

test('after its time a recording is gone everywhere, and the call says when', async () => {
  const { call, ref } = await aMessage()
  await keep()
  const unfetched = await aMessage()
  expect(await deleteOldRecordings(centre.server.ports)).toBe(0)
  const at = centre.pass(YEAR_S)
  expect(await deleteOldRecordings(centre.server.ports)).toBeGreaterThanOrEqual(2)
  // The sessions of a year ago are over.
  headers = (await centre.colleague('Lê Văn Sau')).headers
  expect((await shown(call)).recordings).toMatchObject([
    { ref, isPlayable: false, deletedAt: at.toISOString() },
  ])
  expect(await listen(call, ref)).toBe(404)
  expect(await listen(unfetched.call, unfetched.ref)).toBe(404)
  expect(deletions(unfetched.ref)).toBe(1)
  expect(await deleteOldRecordings(centre.server.ports)).toBe(0)
})

test('one that the company will not delete keeps no other from being deleted', async () => {
  const stuck = await aMessage()
  const other = await aMessage()
  centre.pass(1)
  const kept = await aMessage()
  centre.company.refuse('deleteRecording')
  await keep()
  centre.company.refuse()
  centre.pass(YEAR_S)
  headers = (await centre.colleague('Trần Thị Tiếp')).headers
  const { callControl } = centre.server.ports
  if (callControl === null) throw new Error('no company is set up')
  const remove = callControl.deleteRecording.bind(callControl)
  callControl.deleteRecording = async (recording) => {
    if (recording.ref === stuck.ref) throw new Error('not today')
    await remove(recording)
  }
  await expect(deleteOldRecordings(centre.server.ports)).rejects.toThrow('old recordings are left')
  callControl.deleteRecording = remove
  for (const { call } of [other, kept]) {
    expect((await shown(call)).recordings[0]?.deletedAt).not.toBeNull()
  }
  // What the company had beside our copy went too, and the last one goes at the next run.
  expect(deletions(kept.ref)).toBe(2)
  expect((await shown(stuck.call)).recordings[0]?.deletedAt).toBeNull()
  await deleteOldRecordings(centre.server.ports)
  expect((await shown(stuck.call)).recordings[0]?.deletedAt).not.toBeNull()
})
