import { expect, test } from 'vitest'
import type { Call } from '#domain/call'
import { figuresOf, secondsInState } from '#domain/call-metrics'
import { NOTHING_KNOWN } from '#domain/call-progress'

const AT = new Date('2026-11-23T03:00:00Z')
const after = (seconds: number) => new Date(AT.getTime() + seconds * 1_000)

function aCall(told: Partial<Call>): Call {
  const ends = { id: 'a', provider: 'twilio', callRef: 'a', startedAt: AT }
  return { ...NOTHING_KNOWN, ...ends, direction: 'inbound', queuedAt: AT, ...told }
}

/** Answered after `waited` seconds, talked for 60, wrapped up in 30. */
function answered(waited: number): Call {
  const wrapUp = {
    since: after(waited + 60),
    until: after(waited + 120),
    doneAt: after(waited + 90),
  }
  const at = { answeredAt: after(waited), endedAt: after(waited + 60) }
  return aCall({ ...at, endedAs: 'answered', wrapUp })
}

function abandoned(waited: number): Call {
  return aCall({ endedAs: 'abandoned', endedAt: after(waited) })
}

test('the figures are those of the usual formulas', () => {
  const calls = [answered(10), answered(20), answered(50), abandoned(3), abandoned(40)]
  expect(figuresOf(calls, 270, after(600))).toEqual({
    offered: 5,
    answered: 3,
    abandoned: 2,
    // Two within twenty seconds, of five less the one who hung up at once.
    serviceLevel: 2 / 4,
    averageAnswerSeconds: 80 / 3,
    abandonment: 1 / 4,
    averageHandleSeconds: 90,
    occupancy: 270 / 540,
  })
})

test('whoever began to wait a moment ago does not count until it is known how', () => {
  const seconds = 30
  const waiting = (waited: number) => aCall({ queuedAt: after(seconds - waited) })
  const figures = (...calls: Call[]) => figuresOf(calls, 0, after(seconds))
  // One caller two seconds in line is no failure of anybody.
  expect(figures(waiting(2))).toMatchObject({ offered: 0, serviceLevel: null, abandonment: null })
  expect(figures(waiting(20), answered(10))).toMatchObject({ offered: 1, serviceLevel: 1 })
  expect(figures(waiting(21), answered(10))).toMatchObject({ offered: 2, serviceLevel: 1 / 2 })
  const calledBack = {
    ...{ field: null, language: 'vi' as const, enteredAt: AT, requeuedAt: null },
    ...{ leftAt: after(8), leftAs: 'call-back' as const },
  }
  expect(figures(aCall({ queue: calledBack }), answered(10))).toMatchObject({ offered: 2 })
})

test('an empty day has no figures rather than good ones', () => {
  expect(figuresOf([], 0, AT)).toMatchObject({
    offered: 0,
    serviceLevel: null,
    averageAnswerSeconds: null,
    abandonment: null,
    averageHandleSeconds: null,
    occupancy: null,
  })
})

test('calls that never waited, and calls of ours, are not offered ones', () => {
  const menuOnly = aCall({ queuedAt: null, endedAs: 'self_service', endedAt: after(30) })
  const ours = { ...answered(0), direction: 'outbound' as const, queuedAt: null }
  expect(figuresOf([menuOnly, ours], 0, after(600))).toMatchObject({
    offered: 0,
    averageHandleSeconds: 90,
  })
})

test('time in a state counts what lies within the day, and goes on while it lasts', () => {
  const spells = [
    { agentId: 'lan', state: 'available' as const, from: after(-100), until: after(50) },
    { agentId: 'lan', state: 'talking' as const, from: after(50), until: after(80) },
    { agentId: 'bao', state: 'available' as const, from: after(60), until: null },
  ]
  expect(secondsInState(spells, 'available', AT, after(100))).toBe(50 + 40)
})
