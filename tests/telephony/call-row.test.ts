import { expect, test } from 'vitest'
import { CallRow } from '#contracts/calls'
import { type CallEvent } from '#domain/call'
import { applyCallEvent } from '#domain/call-progress'
import { presentCall } from '#presenters/present-call'

const event: CallEvent = {
  provider: 'twilio',
  callRef: 'CA1',
  legRef: 'CA1',
  type: 'message-left',
  seq: null,
  at: new Date('2026-11-23T01:00:00Z'),
  direction: 'inbound',
  from: '+84912345678',
  to: '+842471022022',
  cause: null,
  recording: { ref: 'RE1', url: null, durationSeconds: 42, state: null },
}

test('a line of the call log masks the number unless it may be shown', () => {
  const call = applyCallEvent(null, event)
  expect(presentCall(call, false).from).toBe('091••••678')
  expect(presentCall(call, true).from).toBe('+84912345678')
})

test('a line of the call log keeps its contract, even for a call of which little is known', () => {
  const stub = applyCallEvent(null, { ...event, direction: null, from: null, recording: null })
  for (const call of [stub, applyCallEvent(null, event)]) {
    expect(() => CallRow.parse(presentCall(call, false))).not.toThrow()
  }
  expect(presentCall(stub, false)).toMatchObject({ direction: 'inbound', from: 'anonymous' })
})
