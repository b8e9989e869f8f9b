import { describe, expect, test } from 'vitest'
import {
  afterQuietHours,
  beginCallBack,
  type CallBack,
  callBackMissed,
  callBackReached,
  cancelCallBack,
  promiseCallBack,
} from '#domain/call-back'

const RULES = { quietFrom: '21:00', quietUntil: '07:30', callBackAttempts: 3 }
const LAN = { id: 'lan', name: 'Lan' }
const MINH = { id: 'minh', name: 'Minh' }
// 10:00 in Vietnam.
const MORNING = new Date('2026-11-23T03:00:00Z')
const PROMISED = {
  id: 'twilio:CA1',
  phone: '+84912345678',
  reason: 'asked',
  language: 'vi',
  field: null,
  callId: 'twilio:CA1',
  caseCode: null,
} as const

const promised = promiseCallBack(PROMISED, MORNING, RULES)
const minutesLater = (callBack: CallBack, at: Date) =>
  (callBack.dueAt.getTime() - at.getTime()) / 60_000

describe('quiet hours', () => {
  test.each([
    ['in the day', '2026-11-23T03:00:00Z', '2026-11-23T03:00:00Z'],
    ['in the evening', '2026-11-23T14:30:00Z', '2026-11-24T00:30:00Z'],
    ['when they begin', '2026-11-23T14:00:00Z', '2026-11-24T00:30:00Z'],
    ['after midnight', '2026-11-22T18:00:00Z', '2026-11-23T00:30:00Z'],
    ['when they end', '2026-11-23T00:30:00Z', '2026-11-23T00:30:00Z'],
  ])('%s', (_, at, allowed) => {
    expect(afterQuietHours(new Date(at), RULES)).toEqual(new Date(allowed))
  })

  test('may lie within a day, or be none', () => {
    const noon = { quietFrom: '11:30', quietUntil: '13:30' }
    expect(afterQuietHours(new Date('2026-11-23T05:00:00Z'), noon)).toEqual(
      new Date('2026-11-23T06:30:00Z'),
    )
    expect(afterQuietHours(MORNING, { quietFrom: '08:00', quietUntil: '08:00' })).toEqual(MORNING)
  })

  test('hold for a promise made at night', () => {
    const atNight = promiseCallBack(PROMISED, new Date('2026-11-23T18:00:00Z'), RULES)
    expect(atNight.dueAt).toEqual(new Date('2026-11-24T00:30:00Z'))
  })
})

describe('a promise', () => {
  test('is kept when the citizen is reached', () => {
    const calling = beginCallBack(promised, LAN)
    expect(calling).toMatchObject({ state: 'calling', assignedTo: LAN, version: 2 })
    const kept = callBackReached(calling, LAN, MORNING)
    expect(kept).toMatchObject({ state: 'reached', attempts: [{ outcome: 'reached', by: 'Lan' }] })
    expect(callBackReached(kept, LAN, MORNING)).toBe(kept)
  })

  test('is one agent’s at a time, who may begin twice', () => {
    const calling = beginCallBack(promised, LAN)
    expect(beginCallBack(calling, LAN)).toBe(calling)
    expect(() => beginCallBack(calling, MINH)).toThrow('call-taken')
  })

  test('is tried ever later, never at night, and given up after the attempts', () => {
    const once = callBackMissed(beginCallBack(promised, LAN), 'no_answer', LAN, MORNING, RULES)
    expect(once).toMatchObject({ state: 'due', assignedTo: null })
    expect(minutesLater(once, MORNING)).toBe(15)
    const evening = new Date('2026-11-23T13:30:00Z')
    const twice = callBackMissed(beginCallBack(once, MINH), 'busy', MINH, evening, RULES)
    expect(twice.dueAt).toEqual(new Date('2026-11-24T00:30:00Z'))
    const given = callBackMissed(beginCallBack(twice, LAN), 'no_answer', LAN, MORNING, RULES)
    expect(given).toMatchObject({ state: 'given-up', attempts: { length: 3 } })
    expect(() => beginCallBack(given, LAN)).toThrow('call-back-not-found')
    expect(() => callBackMissed(given, 'busy', LAN, MORNING, RULES)).toThrow('call-back-not-found')
  })

  test('can be taken back until it is kept', () => {
    const canceled = cancelCallBack(promised)
    expect(canceled.state).toBe('canceled')
    expect(cancelCallBack(canceled)).toBe(canceled)
    expect(() => cancelCallBack(callBackReached(promised, LAN, MORNING))).toThrow()
  })
})
