import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Call } from '#domain/call'
import { applyCallEvent, type NOTHING_KNOWN } from '#domain/call-progress'
import { DomainError } from '#domain/errors'
import { twilioCallControl } from '#telephony/twilio/call-control'
import { type ApiRequest, startTwilioApi, type TwilioApi } from '../support/twilio-api.ts'

const ACCOUNT = `AC${'a'.repeat(32)}`
const CALLER = `CA${'b'.repeat(32)}`
const AGENT_LEG = `CA${'c'.repeat(32)}`
const DOORS = 'https://hotline.example.vn/telephony/twilio'

const PLACING = { agentRef: 'lan01', caseCode: '2611048274', callBackId: 'missed:twilio:CA1' }

const waiting: Call = {
  ...applyCallEvent(null, {
    provider: 'twilio',
    callRef: CALLER,
    legRef: CALLER,
    type: 'answered',
    seq: null,
    at: new Date('2026-11-23T01:00:00Z'),
    direction: 'inbound',
    from: '+84912345678',
    to: '+842471022022',
    cause: null,
    recording: null,
  }),
} satisfies Call & typeof NOTHING_KNOWN

let api: TwilioApi
beforeAll(async () => {
  api = await startTwilioApi()
})
afterAll(async () => api.close())
afterEach(() => {
  api.refuseWith(null)
  api.requests.length = 0
})

function control(isTalkRecorded = false) {
  return twilioCallControl({
    account: { accountSid: ACCOUNT, authToken: 'secret', apiKey: null, apiBase: api.url },
    doorsUrl: DOORS,
    ownNumber: () => '+842471022022',
    edge: null,
    isTalkRecorded: () => isTalkRecorded,
  })
}

function lastRequest(): ApiRequest {
  const last = api.requests.at(-1)
  if (last === undefined) throw new Error('nothing was asked')
  return last
}

describe('what we ask of Twilio, checked against its own description', () => {
  test('the caller goes from the queue into the conference of the call', async () => {
    await control().connectCaller(waiting)
    const { path, form } = lastRequest()
    expect(path).toBe(`/2010-04-01/Accounts/${ACCOUNT}/Calls/${CALLER}.json`)
    expect(form.get('Url')).toBe(`${DOORS}/join`)
  })

  test('an agent is called for twenty seconds, by name, and neither starts nor ends what is heard', async () => {
    const legRef = await control().ringAgent(waiting, 'lan01', 20)
    expect(legRef).toMatch(/^CA/)
    const { path, form } = lastRequest()
    expect(path).toContain(`/Conferences/call-${CALLER}/Participants.json`)
    expect(Object.fromEntries(form)).toMatchObject({
      From: '+84912345678',
      To: `client:agent-lan01?callId=twilio%3A${CALLER}`,
      Label: 'agent-lan01',
      Timeout: '20',
      EndConferenceOnExit: 'false',
      StatusCallback: `${DOORS}/agent-leg?call=${CALLER}&agent=lan01`,
      ConferenceStatusCallback: `${DOORS}/conference`,
    })
    // A list over REST is a repeated key.
    expect(form.getAll('StatusCallbackEvent')).toEqual([
      'initiated',
      'ringing',
      'answered',
      'completed',
    ])
    expect(form.has('ConferenceRecord')).toBe(false)
  })

  test('a talk is recorded only where that is wanted, and its recording says of which call', async () => {
    await control(true).ringAgent(waiting, 'lan01', 20)
    const { form } = lastRequest()
    expect(form.get('ConferenceRecord')).toBe('record-from-start')
    expect(form.get('ConferenceRecordingStatusCallback')).toBe(
      `${DOORS}/talk-recorded?call=${CALLER}`,
    )
  })

  test('a caller without a number is shown as ours, never as an invalid one', async () => {
    await control().ringAgent({ ...waiting, from: 'anonymous' }, 'lan01', 20)
    expect(lastRequest().form.get('From')).toBe('+842471022022')
  })

  test.each([
    ['listen', { Muted: 'true' }],
    ['coach', { Coaching: 'true', CallSidToCoach: AGENT_LEG, Muted: 'false' }],
    ['barge', { Muted: 'false' }],
  ] as const)('a supervisor can %s', async (mode, expected) => {
    await control().monitor(waiting, 'minh', AGENT_LEG, mode)
    expect(Object.fromEntries(lastRequest().form)).toMatchObject({
      Label: 'lead-minh',
      ...expected,
    })
  })

  test('a colleague elsewhere is called with the number of the hotline', async () => {
    await control().ringNumber(waiting, '+842438252525', '+842471022022')
    expect(Object.fromEntries(lastRequest().form)).toMatchObject({
      From: '+842471022022',
      To: '+842438252525',
    })
  })

  test('hold is music for the caller alone', async () => {
    await control().hold(waiting, true)
    const { method, path, form } = lastRequest()
    expect(method).toBe('POST')
    expect(path).toMatch(new RegExp(`/Conferences/CF[0-9a-f]+/Participants/${CALLER}\\.json$`))
    expect(form.get('Hold')).toBe('true')
    expect(api.requests[0]?.path).toContain(`FriendlyName=call-${CALLER}`)
  })

  test('one leg leaves', async () => {
    await control().removeLeg(waiting, AGENT_LEG)
    expect(lastRequest()).toMatchObject({ method: 'DELETE' })
    expect(lastRequest().path).toContain(`/Participants/${AGENT_LEG}.json`)
  })

  test('a caller whose agent was lost goes back to the queue', async () => {
    await control().sendToQueue(waiting)
    expect(lastRequest().form.get('Url')).toBe(`${DOORS}/requeued`)
  })

  test('a citizen is called, and the agent with them; every webhook will say why', async () => {
    const callRef = await control().dial('+84912345678', '+842471022022', PLACING)
    const [citizen, agent] = api.requests
    const why = 'placedBy=lan01&case=2611048274&callBack=missed%3Atwilio%3ACA1'
    expect(Object.fromEntries(citizen?.form ?? [])).toMatchObject({
      To: '+84912345678',
      From: '+842471022022',
      Url: `${DOORS}/join?${why}`,
      StatusCallback: `${DOORS}/status?${why}`,
    })
    expect(agent?.path).toContain(`/Conferences/call-${callRef}/Participants.json`)
  })

  test('a citizen whose agent cannot be called is not left alone on the line', async () => {
    api.refuseWith({ status: 500, part: '/Participants' })
    await expect(control().dial('+84912345678', '+842471022022', PLACING)).rejects.toMatchObject({
      refusal: 'provider-refused',
    })
    expect(lastRequest().path).toMatch(/\/Calls\/CA[0-9a-f]+\.json$/)
    expect(lastRequest().form.get('Status')).toBe('completed')
  })

  test('a call costs what its lines cost that were answered', async () => {
    const leg = { ref: AGENT_LEG, agentRef: 'lan01', leftAt: null, cause: null }
    const legs = [
      { ...leg, answeredAt: waiting.startedAt },
      { ...leg, ref: `CA${'d'.repeat(32)}`, answeredAt: null },
    ]
    const cost = await control().costOf({ ...waiting, legs })
    expect(cost).toEqual({ amount: 0.4, currency: 'USD', isWhole: true })
    expect(api.requests.map(({ method, path }) => `${method} ${path.slice(-40)}`)).toEqual([
      `GET /${CALLER}.json`,
      `GET /${AGENT_LEG}.json`,
    ])
    api.refuseWith({ status: 404, code: 20404 })
    expect(await control().costOf(waiting)).toBeNull()
  })

  test('hanging up ends the call and the conference that would wait for nobody', async () => {
    await control().hangUp(waiting)
    expect(api.requests.map(({ method, path }) => `${method} ${path.split('?')[0] ?? ''}`)).toEqual(
      [
        `POST /2010-04-01/Accounts/${ACCOUNT}/Calls/${CALLER}.json`,
        `GET /2010-04-01/Accounts/${ACCOUNT}/Conferences.json`,
        expect.stringMatching(/^POST .*\/Conferences\/CF[0-9a-f]+\.json$/),
      ],
    )
  })
})

describe('when Twilio does not do it', () => {
  test.each([{ status: 500 }, { status: 401, code: 20003 }, { status: 429, code: 20429 }])(
    'an answer of $status is told as the refusal of the provider, with its words as the cause',
    async (answer) => {
      api.refuseWith(answer)
      const refusal = await control()
        .ringAgent(waiting, 'lan01', 20)
        .catch((error: unknown) => error)
      expect(refusal).toBeInstanceOf(DomainError)
      expect(refusal).toMatchObject({ code: 'unavailable', refusal: 'provider-refused' })
      expect((refusal as DomainError).cause).toMatchObject({ status: answer.status })
    },
  )

  test('a call that is over already is hung up', async () => {
    api.refuseWith({ status: 404, code: 20404 })
    await expect(control().removeLeg(waiting, AGENT_LEG)).rejects.toMatchObject({
      refusal: 'provider-refused',
    })
    api.refuseWith({ status: 400, code: 21220 })
    const hungUp = control().hangUp(waiting)
    await expect(hungUp).rejects.toMatchObject({ refusal: 'provider-refused' })
    expect(api.requests.at(-1)?.path).toContain('/Conferences.json')
  })

  test('a company that is away is told likewise', async () => {
    const away = twilioCallControl({
      account: {
        accountSid: ACCOUNT,
        authToken: 'secret',
        apiKey: null,
        apiBase: 'http://127.0.0.1:9',
      },
      doorsUrl: DOORS,
      ownNumber: () => null,
      edge: null,
      isTalkRecorded: () => false,
    })
    await expect(away.connectCaller(waiting)).rejects.toMatchObject({ refusal: 'provider-refused' })
  })
})
