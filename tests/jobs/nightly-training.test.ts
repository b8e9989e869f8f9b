import { pino } from 'pino'
import { expect, test } from 'vitest'
import { nightlyTraining } from '#jobs/nightly-training'

const log = pino({ level: 'silent' })
/** 3 o'clock in Vietnam. */
const NIGHT = new Date('2026-11-23T20:00:00Z')
const NOON = new Date('2026-11-24T05:00:00Z')

function aTraining(train: () => Promise<unknown> = () => Promise.resolve()) {
  let at = NOON
  let count = 0
  const training = nightlyTraining(
    async (onStep) => {
      count += 1
      onStep('counting')
      await train()
    },
    { now: () => at },
    log,
  )
  const atTime = (next: Date) => {
    at = next
  }
  return { training, atTime, count: () => count }
}

test('it trains once a night, and not by day', async () => {
  const { training, atTime, count } = aTraining()
  await training.beginAtNight()
  expect(count()).toBe(0)
  atTime(NIGHT)
  await training.beginAtNight()
  await training.beginAtNight()
  expect(count()).toBe(1)
  atTime(new Date(NIGHT.getTime() + 86_400_000))
  await training.beginAtNight()
  expect(count()).toBe(2)
})

test('one at a time, and its step can be seen', async () => {
  let finish: () => void = () => undefined
  const { training } = aTraining(() => new Promise<void>((resolve) => (finish = resolve)))
  expect(training.step()).toBeNull()
  expect(training.begin()).toBe(true)
  expect(training.begin()).toBe(false)
  expect(training.step()).toBe('counting')
  finish()
  await training.settled()
  expect(training.step()).toBeNull()
})

test('one that fails leaves the way free for the next', async () => {
  const { training, count } = aTraining(() => Promise.reject(new Error('no memory')))
  training.begin()
  await training.settled()
  expect(training.begin()).toBe(true)
  await training.settled()
  expect(count()).toBe(2)
})
