import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { RequestFailure } from '../../widgets/api/problem.ts'
import { delayBefore, submitUntilSettled } from '../../widgets/report/submission.ts'
import { aReceipt } from './builders.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function aSubmission(outcomes: readonly (RequestFailure | 'received')[]) {
  const stop = new AbortController()
  const wakeUps = new EventTarget()
  const waits: string[] = []
  let sent = 0
  const settled = submitUntilSettled({
    send: () => {
      const outcome = outcomes[sent++] ?? 'received'
      return outcome === 'received' ? Promise.resolve(aReceipt()) : Promise.reject(outcome)
    },
    onWaiting: (because, delayMs) => waits.push(`${because} ${String(delayMs)}`),
    signal: stop.signal,
    wakeUps,
    random: () => 0.5,
  })
  return { settled, stop, wakeUps, waits, sentCount: () => sent }
}

const unavailable = new RequestFailure('unavailable')
const offline = new RequestFailure('offline')

describe('a report on its way', () => {
  test('is sent again after every passing failure until it is received', async () => {
    const { settled, waits } = aSubmission([unavailable, offline, new RequestFailure('timeout')])
    await vi.runAllTimersAsync()
    await expect(settled).resolves.toEqual(aReceipt())
    expect(waits).toEqual(['unavailable 2000', 'offline 4000', 'timeout 8000'])
  })

  test('waits at least as long as the server asks', async () => {
    const { settled, waits } = aSubmission([new RequestFailure('unavailable', null, 30_000)])
    await vi.runAllTimersAsync()
    await settled
    expect(waits).toEqual(['unavailable 30000'])
  })

  test('is not sent again once it is refused', async () => {
    const refused = new RequestFailure('refused')
    const { settled, sentCount } = aSubmission([refused])
    await expect(settled).rejects.toBe(refused)
    expect(sentCount()).toBe(1)
  })

  test('goes at once when the citizen asks or the device is online again', async () => {
    const { settled, wakeUps, sentCount } = aSubmission([offline])
    await vi.advanceTimersByTimeAsync(10)
    expect(sentCount()).toBe(1)
    wakeUps.dispatchEvent(new Event('wake'))
    await expect(settled).resolves.toEqual(aReceipt())
  })

  test('stops waiting when the citizen wants to edit', async () => {
    const { settled, stop, sentCount } = aSubmission([offline, offline])
    const rejection = expect(settled).rejects.toMatchObject({ name: 'AbortError' })
    await vi.advanceTimersByTimeAsync(10)
    stop.abort()
    await rejection
    await vi.runAllTimersAsync()
    expect(sentCount()).toBe(1)
  })
})

test('the wait grows to a minute at most', () => {
  expect(delayBefore(0, null, 0)).toBe(1_600)
  expect(delayBefore(3, null, 0.5)).toBe(16_000)
  expect(delayBefore(1_000, null, 1)).toBe(72_000)
})
