import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CallView, Wallboard, WallboardHistory } from '#contracts/telephony'
import type { Call } from '#domain/call'
import { NOTHING_KNOWN } from '#domain/call-progress'
import { DAY_MS, isoDay, vietnamDay } from '#domain/epoch-day'
import { keepCallDays } from '#use-cases/call-history'
import { saveCall } from '#use-cases/save-call'
import { type Centre, startCentre } from '../support/telephone-centre.ts'
import { request } from '../support/test-server.ts'

let centre: Centre
let headers: Record<string, string>
beforeAll(async () => {
  centre = await startCentre()
  headers = (await centre.colleague('Bà Trưởng Ca', 'supervisor')).headers
})
afterAll(async () => centre.server.end())

let callCount = 0

/** Somebody gave up waiting so many days ago, in the line of a field. */
async function abandoned(daysAgo: number, field: string | null = null): Promise<string> {
  callCount += 1
  const callRef = `CA-history-${String(callCount)}`
  const at = new Date(centre.server.ports.now().getTime() - daysAgo * DAY_MS)
  const leftAt = new Date(at.getTime() + 60_000)
  const call: Call = {
    ...NOTHING_KNOWN,
    ...{ id: `twilio:${callRef}`, provider: 'twilio', callRef, startedAt: at, version: 1 },
    ...{ direction: 'inbound', state: 'ended', endedAs: 'abandoned', endedAt: leftAt },
    queuedAt: at,
    queue: {
      ...{ field, language: 'vi', enteredAt: at, requeuedAt: null },
      ...{ leftAt, leftAs: 'abandoned' },
    },
  }
  await centre.server.ports.calls.saveCall(call, 0)
  return isoDay(vietnamDay(at))
}

async function historyOf(day: string): Promise<WallboardHistory['days']> {
  const path = `/api/wallboard/history?from=${day}&until=${day}`
  const { body } = await request(centre.server, 'GET', path, { headers })
  return (body as WallboardHistory).days
}

test('a caller who began to wait a moment ago does no harm to the day’s figures', async () => {
  const { id } = await centre.caller()
  const read = async (path: string) => (await request(centre.server, 'GET', path, { headers })).body
  const today = async () => ((await read('/api/wallboard')) as Wallboard).today
  centre.pass(2)
  expect(await today()).toMatchObject({ offered: 0, serviceLevel: null })
  // Nobody has talked: nothing is told of a hold.
  expect((await read(`/api/calls/${id}`)) as CallView).toMatchObject({
    record: { talkedSeconds: null, heldSeconds: null },
  })
  centre.pass(28)
  expect(await today()).toMatchObject({ offered: 1, serviceLevel: 0 })
})

test('every day has a row of its own, and one for each queue', async () => {
  const day = await abandoned(3, 'urban')
  await abandoned(3)
  expect(await historyOf(day)).toMatchObject([
    { day, queue: null, offered: 2, abandoned: 2, abandonment: 1 },
    { day, queue: 'urban', offered: 1, abandoned: 1, occupancy: null },
  ])
  expect(await historyOf('2026-10-01')).toEqual([])
})

test('a day long over is counted once; yesterday and today are counted anew', async () => {
  const longOver = await abandoned(5)
  const yesterday = await abandoned(1)
  const before = await historyOf(longOver)
  await historyOf(yesterday)
  await abandoned(5)
  await abandoned(1)
  expect(await historyOf(longOver)).toEqual(before)
  expect(await historyOf(yesterday)).toMatchObject([{ offered: 2 }])
})

test('what became known of a call days later is in the figures of its day', async () => {
  const day = await abandoned(6)
  const { ports } = centre.server
  const at = new Date(ports.now().getTime() - 6 * DAY_MS)
  const late = await centre.caller()
  await saveCall(
    late.id,
    (call) => ({ ...(call ?? late), startedAt: at, queuedAt: at, version: late.version + 1 }),
    ports,
  )
  expect(await historyOf(day)).toMatchObject([{ offered: 2, abandoned: 1 }])
  await centre.tell(late, { type: 'ended', cause: 'completed', at: new Date(at.getTime() + 9_000) })
  expect(await historyOf(day)).toMatchObject([{ offered: 2, abandoned: 2 }])
})

test('the figures are kept before anybody asks, a month of days at a run', async () => {
  const [recent, old] = [await abandoned(8), await abandoned(40)]
  await keepCallDays(centre.server.ports)
  await abandoned(8)
  await abandoned(40)
  expect(await historyOf(recent)).toMatchObject([{ offered: 1 }])
  expect(await historyOf(old)).toMatchObject([{ offered: 2 }])
  const other = await abandoned(41)
  await keepCallDays(centre.server.ports)
  await abandoned(41)
  expect(await historyOf(other)).toMatchObject([{ offered: 1 }])
})
