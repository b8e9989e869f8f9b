import { pino } from 'pino'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { scheduleJobs } from '#jobs/schedule'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const log = pino({ level: 'silent' })

test('a job runs again and again until it is stopped', async () => {
  let runs = 0
  const jobs = scheduleJobs(
    [{ name: 'count', everyMs: 1_000, run: async () => Promise.resolve((runs += 1)) }],
    log,
  )
  await vi.advanceTimersByTimeAsync(3_500)
  expect(runs).toBe(3)
  await jobs.stop()
  await vi.advanceTimersByTimeAsync(5_000)
  expect(runs).toBe(3)
})

test('a run that takes long is not started a second time, and stopping waits for it', async () => {
  let started = 0
  let finish: () => void = () => undefined
  const run = async () => {
    started += 1
    await new Promise<void>((resolve) => (finish = resolve))
  }
  const jobs = scheduleJobs([{ name: 'slow', everyMs: 1_000, run }], log)
  await vi.advanceTimersByTimeAsync(5_000)
  expect(started).toBe(1)
  let isStopped = false
  const stopping = jobs.stop().then(() => (isStopped = true))
  await vi.advanceTimersByTimeAsync(1_000)
  expect(isStopped).toBe(false)
  finish()
  await stopping
  expect(isStopped).toBe(true)
})

test('a failure is tried again at the next turn and disturbs no other job', async () => {
  let attempts = 0
  let others = 0
  const failing = async () => {
    attempts += 1
    return Promise.reject(new Error('away'))
  }
  const jobs = scheduleJobs(
    [
      { name: 'failing', everyMs: 1_000, run: failing },
      { name: 'other', everyMs: 1_000, run: async () => Promise.resolve((others += 1)) },
    ],
    log,
  )
  await vi.advanceTimersByTimeAsync(3_000)
  expect([attempts, others]).toEqual([3, 3])
  await jobs.stop()
})
