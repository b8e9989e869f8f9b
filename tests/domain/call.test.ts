import fc from 'fast-check'
import { END_CAUSES } from '#contracts/calls'
import { describe, expect, test } from 'vitest'
import {
  attachCase,
  awaitsCase,
  type Call,
  type CallEvent,
  dedupKey,
  messageOf,
  type Recording,
  RECORDING_STATES,
} from '#domain/call'
import { applyCallEvent } from '#domain/call-progress'

const AT = new Date('2026-11-23T01:00:00Z')

function anEvent(overrides: Partial<CallEvent> = {}): CallEvent {
  return {
    provider: 'twilio',
    callRef: 'CA1',
    legRef: overrides.callRef ?? 'CA1',
    type: 'answered',
    seq: null,
    at: AT,
    direction: null,
    from: null,
    to: null,
    cause: null,
    recording: null,
    ...overrides,
  }
}

function aRecording(overrides: Partial<Recording> = {}): Recording {
  return { ref: 'RE1', url: null, durationSeconds: 42, state: null, ...overrides }
}

function callAfter(...events: CallEvent[]): Call {
  const call = events.reduce<Call | null>(applyCallEvent, null)
  if (call === null) throw new Error('a call needs an event')
  return call
}

const answered = anEvent({ direction: 'inbound', from: '+84912345678', to: '+842471022022' })
const messageLeft = anEvent({ type: 'message-left', recording: aRecording() })
const recorded = anEvent({
  type: 'recording-reported',
  recording: aRecording({ url: 'https://api.twilio.com/RE1', state: 'completed' }),
})
const ended = anEvent({ type: 'ended', cause: 'completed', at: new Date(AT.getTime() + 75_000) })

describe('a call', () => {
  test('is answered, takes a message and ends as a voice message', () => {
    expect(callAfter(answered, messageLeft, recorded, ended)).toMatchObject({
      id: 'twilio:CA1',
      direction: 'inbound',
      state: 'ended',
      endedAs: 'voicemail',
      from: '+84912345678',
      startedAt: AT,
      endedAt: ended.at,
      recordings: [{ ref: 'RE1', url: 'https://api.twilio.com/RE1', durationSeconds: 42 }],
    })
  })

  test('that ends without a message was abandoned, and an outbound one answered', () => {
    expect(callAfter(answered, ended).endedAs).toBe('abandoned')
    expect(callAfter({ ...answered, direction: 'outbound' }, ended).endedAs).toBe('answered')
  })

  test.each(['busy', 'failed', 'no_answer', 'canceled'] as const)(
    'that ends with %s says so',
    (cause) => {
      expect(callAfter(answered, { ...ended, cause }).endedAs).toBe(cause)
    },
  )

  test('that nobody announced is known from its first event', () => {
    expect(callAfter(recorded)).toMatchObject({ version: 1, from: null, direction: null })
  })

  test('never leaves its end: late events only fill what is empty', () => {
    const late = callAfter(ended, answered, messageLeft)
    expect(late).toMatchObject({ state: 'ended', from: '+84912345678', endedAs: 'voicemail' })
  })

  test('does not change when an event comes again', () => {
    const call = callAfter(answered, messageLeft, ended)
    for (const event of [ended, messageLeft, answered]) {
      expect(applyCallEvent(call, event)).toBe(call)
    }
  })

  test('is not ended by another leg of it', () => {
    const call = callAfter(answered, { ...ended, legRef: 'CA2', from: '+842471022022' })
    expect(call).toMatchObject({ state: 'ivr', endedAt: null, from: '+84912345678' })
  })

  test('keeps the first case it was given', () => {
    const filed = attachCase(callAfter(messageLeft), '2611048273')
    expect(attachCase(filed, '9999999999')).toBe(filed)
  })
})

describe('a message', () => {
  test('waits for its case until one is attached', () => {
    const call = callAfter(messageLeft)
    expect(awaitsCase(call)).toBe(true)
    expect(awaitsCase(attachCase(call, '2611048273'))).toBe(false)
  })

  test.each([
    ['lasts no second', aRecording({ durationSeconds: 0 })],
    ['is absent', aRecording({ durationSeconds: null, state: 'absent' })],
    ['is still being taken', aRecording({ durationSeconds: null, state: 'in_progress' })],
  ])('was not left where the recording %s', (_, recording) => {
    expect(messageOf(callAfter({ ...messageLeft, recording }))).toBeNull()
  })

  test('was left where the recording is complete and its length unknown', () => {
    const recording = aRecording({ durationSeconds: null, state: 'completed' })
    expect(messageOf(callAfter({ ...recorded, recording }))).toEqual(recording)
  })

  test('was left even where its file was lost: the caller did speak', () => {
    const failed = {
      ...recorded,
      recording: aRecording({ durationSeconds: null, state: 'failed' }),
    }
    expect(messageOf(callAfter(messageLeft, failed))).toMatchObject({ state: 'failed' })
  })
})

describe('the key of an event', () => {
  test('tells apart what happened to one recording', () => {
    const states = RECORDING_STATES.map((state) =>
      dedupKey({ ...recorded, recording: aRecording({ state }) }),
    )
    expect(new Set(states).size).toBe(RECORDING_STATES.length)
  })

  test('does not depend on when the event arrived', () => {
    expect(dedupKey({ ...ended, at: new Date(0) })).toBe(dedupKey(ended))
  })

  test('tells apart legs, counters and providers', () => {
    const keys = [
      ended,
      { ...ended, legRef: 'CA2' },
      { ...ended, seq: 1 },
      { ...ended, provider: 'x' },
    ]
    expect(new Set(keys.map(dedupKey)).size).toBe(keys.length)
  })
})

/** Any event that one and the same call may cause; what several of them say, they say alike. */
const eventOfOneCall: fc.Arbitrary<CallEvent> = fc
  .record({
    type: fc.constantFrom(
      'announced',
      'answered',
      'message-left',
      'recording-reported',
      'ended',
    ) satisfies fc.Arbitrary<CallEvent['type']>,
    legRef: fc.constantFrom('CA1', 'CA1', 'CA2'),
    seq: fc.option(fc.nat({ max: 5 })),
    at: fc.nat({ max: 300 }).map((seconds) => new Date(AT.getTime() + seconds * 1_000)),
    direction: fc.constantFrom(null, 'inbound' as const),
    from: fc.constantFrom(null, '+84912345678'),
    to: fc.constantFrom(null, '+842471022022'),
    cause: fc.option(fc.constantFrom(...END_CAUSES)),
    recording: fc.option(
      fc.record({
        ref: fc.constantFrom('RE1', 'RE2', 'RE3'),
        url: fc.constantFrom(null, 'https://api.twilio.com/recording'),
        durationSeconds: fc.option(fc.nat({ max: 180 })),
        state: fc.option(fc.constantFrom(...RECORDING_STATES)),
      }),
    ),
  })
  .map((event) => ({ ...event, provider: 'twilio', callRef: 'CA1' }))

const eventsTwice = fc
  .array(eventOfOneCall, { minLength: 1, maxLength: 8 })
  .chain((events) =>
    fc
      .tuple(fc.constant(events), fc.subarray(events))
      .chain(([all, again]) =>
        fc.tuple(
          fc.constant(all),
          fc.shuffledSubarray([...all, ...again], { minLength: all.length + again.length }),
        ),
      ),
  )

describe('any events of a call', () => {
  test('add up to the same call in any order, with any of them repeated', () => {
    fc.assert(
      fc.property(eventsTwice, ([inOrder, shuffled]) => {
        const version = 1
        expect({ ...callAfter(...shuffled), version }).toEqual({
          ...callAfter(...inOrder),
          version,
        })
      }),
    )
  })

  test('never move a call back, never take away what is known', () => {
    fc.assert(
      fc.property(fc.array(eventOfOneCall, { minLength: 2, maxLength: 8 }), (events) => {
        const before = callAfter(...events.slice(0, -1))
        const after = callAfter(...events)
        if (before.state === 'ended') expect(after.state).toBe('ended')
        for (const fact of ['from', 'to', 'direction', 'endedAt', 'cause'] as const) {
          if (before[fact] !== null) expect(after[fact]).not.toBeNull()
        }
        expect(after.recordings.length).toBeGreaterThanOrEqual(before.recordings.length)
      }),
    )
  })
})
