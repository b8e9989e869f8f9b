import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Call, dedupKey } from '#domain/call'
import { applyCallEvent } from '#domain/call-progress'
import { parsePush } from '#telephony/generic-cti/parse'
import { PUSH_EVENTS, readPush } from '#telephony/generic-cti/push'

const NOW = new Date('2026-11-23T01:00:00Z')

function eventsOf(fields: Record<string, unknown>) {
  const read = readPush({ callId: 'c1', from: '0912345678', to: '02471022022', ...fields })
  if ('problem' in read) throw new Error(read.problem)
  return parsePush(read.push, NOW)
}

const aPush = fc.record({
  event: fc.constantFrom(...PUSH_EVENTS),
  timestamp: fc.integer({ min: 0, max: 3 }).map((s) => String(NOW.getTime() / 1_000 - s)),
  from: fc.constantFrom('0912345678', '84912345678', 'anonymous', '101'),
  to: fc.constantFrom('02471022022', '101', 'voicemail'),
  user: fc.constantFrom('', 'Hoa', 'voicemail'),
  answeringNumber: fc.constantFrom('', '101', '102', 'voicemail'),
  cause: fc.constantFrom('', 'normalClearing', 'busy', 'cancel', 'noAnswer', 'forwarded', 'odd'),
  status: fc.constantFrom('', 'ANSWERED', 'NO ANSWER', 'ABANDON', 'VOICEMAIL', 'odd'),
  billsec: fc.constantFrom('', '0', '3'),
  holdtime: fc.constantFrom('', '2'),
  recordingfile: fc.constantFrom('a.wav', 'https://pbx.example.vn/b.wav'),
})

test.each(['in', 'out'])(
  'any pushes of one call (%s), in any order and repeated, add up alike',
  (direction) => {
    const pushes = fc.array(aPush, { minLength: 1, maxLength: 6 })
    const shuffled = pushes.chain((some) => {
      const events = some.flatMap((push) => eventsOf({ ...push, direction }))
      const others = fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 })
      return fc.tuple(fc.constant(events), others)
    })
    fc.assert(
      fc.property(shuffled, ([events, others]) => {
        const one = events.reduce<Call | null>(applyCallEvent, null)
        const other = others.reduce<Call | null>(applyCallEvent, null)
        expect({ ...other, version: 0 }).toEqual({ ...one, version: 0 })
      }),
    )
  },
)

test('a push that comes again has the keys it had, another one has others', () => {
  const answer = { event: 'answer', direction: 'in', answeringNumber: '101' }
  const [first] = eventsOf(answer)
  const [again] = eventsOf({ ...answer, timestamp: '2026-11-23T00:59:00Z' })
  const [handedOn] = eventsOf({ ...answer, answeringNumber: '102' })
  const keys = [first, again, handedOn].map((event) => (event ? dedupKey(event) : ''))
  expect(keys[1]).toBe(keys[0])
  expect(keys[2]).not.toBe(keys[0])
})

test.each([
  ['2026-11-23T08:00:05+07:00', '2026-11-23T01:00:05.000Z'],
  ['1795395605', '2026-11-23T01:00:05.000Z'],
  ['a clock without its zone 2026-11-23 08:00:05', NOW.toISOString()],
  ['2026-11-20T01:00:00Z', NOW.toISOString()],
])('the timestamp "%s" means %s', (timestamp, expected) => {
  const [event] = eventsOf({ event: 'newCall', direction: 'in', timestamp })
  expect(event?.at.toISOString()).toBe(expected)
})
