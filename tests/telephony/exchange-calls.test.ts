import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { CallBackList, CallBoard, CallView } from '#contracts/telephony'
import type { Call } from '#domain/call'
import type { CaseView } from '#contracts/cases'
import { keepExchangeRecordings } from '#use-cases/recordings/keep-exchange-recordings'
import { type Exchange, type ExchangeCall, startExchange } from '../../demo/telephone/exchange.ts'
import { CTI_HMAC_SECRET, CTI_TOKEN } from '../support/cti-exchange.ts'
import { request, signInAs, startTestServer, type TestServer } from '../support/test-server.ts'

const RECORDINGS_TOKEN = 'lets-us-at-the-recordings'

let server: TestServer
let exchange: Exchange
beforeAll(async () => {
  exchange = await startExchange({
    ownUrl: () => server.url,
    token: CTI_TOKEN,
    hmacSecret: CTI_HMAC_SECRET,
    number: '842471022022',
    isMischievous: true,
    recordingsToken: RECORDINGS_TOKEN,
  })
  server = await startTestServer({
    CTI_TOKEN,
    CTI_HMAC_SECRET,
    CTI_RECORDINGS_BASE: exchange.recordingsUrl,
    CTI_RECORDINGS_TOKEN: RECORDINGS_TOKEN,
  })
})
afterAll(async () => {
  await exchange.close()
  expect(server.unexpected).toEqual([])
  await server.end()
}, 120_000)

type Person = {
  readonly id: string
  readonly extension: string
  get(path: string): ReturnType<typeof request>
  post(path: string, body: unknown): ReturnType<typeof request>
  /** What is on their screen. */
  screen(): Promise<CallView | null>
}

/** Somebody at a console, who said which telephone is theirs. */
async function at(extension: string): Promise<Person> {
  const { headers } = await signInAs(server, 'agent')
  const said = { headers, body: { telephone: extension } }
  const { body } = await request(server, 'PATCH', '/api/session', said)
  const get = async (path: string) => request(server, 'GET', path, { headers })
  return {
    id: (body as { id: string }).id,
    extension,
    get,
    post: async (path, sent) => request(server, 'POST', path, { headers, body: sent }),
    screen: async () => ((await get('/api/calls/waiting')).body as CallBoard).exchange,
  }
}

let callers = 0
function aCaller(): ExchangeCall {
  callers += 1
  return exchange.call(`8491${String(3_000_000 + callers)}`)
}

async function kept({ callId }: ExchangeCall): Promise<Call> {
  const call = await server.ports.calls.findCall(`cti:${callId}`)
  if (call === null) throw new Error('the call is not there')
  return call
}

async function callBacksOf(person: Person): Promise<CallBackList['callBacks']> {
  return ((await person.get('/api/call-backs')).body as CallBackList).callBacks
}

const idOf = (call: ExchangeCall) => encodeURIComponent(`cti:${call.callId}`)

test('a call is on the screens it rings at, then on the one that picked up, and is written down', async () => {
  const [first, second, third] = [await at('201'), await at('202'), await at('0912 000 203')]
  const call = aCaller()
  await call.told
  expect(await first.screen()).toBeNull()
  call.ring('201', '84912000203')
  await exchange.settled()
  expect(await first.screen()).toMatchObject({
    id: `cti:${call.callId}`,
    state: 'ringing_agent',
    phone: `+${call.from}`,
  })
  expect(await third.screen()).toMatchObject({ id: `cti:${call.callId}` })
  expect(await second.screen()).toBeNull()

  call.answer('84912000203')
  await exchange.settled()
  expect(await first.screen()).toBeNull()
  expect(await third.screen()).toMatchObject({ state: 'talking' })

  // Whoever talks writes it down, nobody else.
  const report = { text: 'Đèn đường ngõ 12 phố Huế không sáng từ tối qua' }
  const path = `/api/calls/${idOf(call)}/case`
  expect((await first.post(path, report)).status).toBe(403)
  const opened = await third.post(path, report)
  expect(opened.status).toBe(201)
  const { code } = opened.body as { code: string }
  const view = (await third.get(`/api/cases/${code}`)).body as CaseView
  expect(view.contact?.phone).toBe(`+${call.from}`)

  call.hangUp()
  await exchange.settled()
  expect(await third.screen()).toBeNull()
  expect(await kept(call)).toMatchObject({
    endedAs: 'answered',
    caseCode: code,
    answeredBy: { agentRef: third.id },
  })
})

test('a direct line rings at its owner, and an account that is closed has no telephone', async () => {
  const owner = await at('0247 102 2022')
  const call = aCaller()
  await call.told
  expect(await owner.screen()).toMatchObject({ id: `cti:${call.callId}` })
  await server.staffPorts.accounts.change(owner.id, { isActive: false })
  const next = aCaller()
  await next.told
  expect((await kept(next)).rungAgents ?? []).toEqual([])
  for (const each of [call, next]) each.hangUp()
  await exchange.settled()
})

test('what an exchange recorded is here after it was told of, and is heard on record', async () => {
  const person = await at('301')
  const call = aCaller()
  await call.told
  call.ring('301')
  call.answer('301')
  call.hangUp()
  await exchange.settled()
  const view = async () => (await person.get(`/api/calls/${idOf(call)}`)).body as CallView
  await vi.waitFor(async () => {
    await keepExchangeRecordings(server.ports, ({ error }) => {
      throw error
    })
    expect((await view()).recordings).toMatchObject([{ isPlayable: true, problem: null }])
  })
  expect((await kept(call)).recordings[0]?.kept?.sha256).toMatch(/^[0-9a-f]{64}$/)
  const { ref = '' } = (await view()).recordings[0] ?? {}
  const address = `/api/calls/${idOf(call)}/recordings/${encodeURIComponent(ref)}`
  const heard = await person.get(address)
  expect(heard.status).toBe(200)
  expect(heard.headers.get('content-type')).toBe('audio/wav')
  expect(String(heard.body)).toMatch(/^RIFF/)
  // Told again, it is not fetched again.
  expect(await keepExchangeRecordings(server.ports, () => undefined)).toBe(0)
})

test('who was missed is called back, unless blocked, withheld or from inside', async () => {
  const person = await at('401')
  const { headers } = await signInAs(server, 'administrator')
  const blocked = exchange.call('84913999001')
  const rules = { blocked: ['0913 999 001'], callerIds: [] }
  await request(server, 'PUT', '/api/settings/cti', { headers, body: rules })
  const missed = aCaller()
  const others = [blocked, exchange.call('anonymous'), exchange.call('402')]
  for (const call of [missed, ...others]) {
    await call.told
    call.ring('401')
    call.hangUp('cancel')
  }
  await exchange.settled()
  const ids = [missed, ...others].map(({ callId }) => `cti:${callId}`)
  const promised = (await callBacksOf(person)).filter(({ callId }) => ids.includes(callId ?? ''))
  expect(promised).toMatchObject([
    { reason: 'missed', state: 'due', phone: `+${missed.from}`, callId: ids[0] },
  ])
})

test('a promise that somebody began with is not taken back by a late answer', async () => {
  const person = await at('501')
  const call = aCaller()
  await call.told
  call.hangUp('cancel')
  await exchange.settled()
  const due = (await callBacksOf(person)).find(({ callId }) => callId === `cti:${call.callId}`)
  const { headers } = await signInAs(server, 'agent')
  await request(server, 'PATCH', `/api/call-backs/${encodeURIComponent(due?.id ?? '')}`, {
    headers,
    body: { version: due?.version, isMine: true },
  })
  call.answer('501')
  await exchange.settled()
  expect(await kept(call)).toMatchObject({ endedAs: 'answered' })
  const [left] = (await callBacksOf(person)).filter(({ id }) => id === due?.id)
  expect(left).toMatchObject({ state: 'due' })
})

test('a hundred calls at once: none is lost, none is doubled', { timeout: 300_000 }, async () => {
  const people = [await at('601'), await at('602'), await at('603')]
  const calls = Array.from({ length: 100 }, aCaller)
  const fates = ['answered', 'missed', 'answered', 'voicemail', 'answered'] as const
  const fateOf = (index: number) => fates[index % fates.length] ?? 'answered'
  const personOf = (index: number) => people[index % people.length] ?? people[0]
  await Promise.all(
    calls.map(async (call, index) => {
      await call.told
      call.ring(...people.map(({ extension }) => extension))
      if (fateOf(index) === 'answered') call.answer(personOf(index)?.extension ?? '')
      if (fateOf(index) === 'voicemail') call.leaveMessage(20)
      // Everything is under way at once: ends overtake answers, and all come twice.
      call.hangUp(fateOf(index) === 'missed' ? 'noAnswer' : 'normalClearing')
    }),
  )
  await exchange.settled()

  const rows = await Promise.all(calls.map(kept))
  expect(rows.map(({ endedAs }) => endedAs)).toEqual(calls.map((_, index) => fateOf(index)))
  for (const [index, { answeredBy, recordings, caseCode }] of rows.entries()) {
    const isAnswered = fateOf(index) === 'answered'
    expect(answeredBy?.agentRef).toBe(isAnswered ? personOf(index)?.id : undefined)
    const told = recordings.filter(({ state }) => state === 'completed')
    expect(told).toHaveLength(fateOf(index) === 'missed' ? 0 : 1)
    if (fateOf(index) === 'voicemail') expect(caseCode).toMatch(/^\d{10}$/)
    else expect(caseCode).toBeNull()
  }
  const codes = rows.flatMap(({ caseCode }) => caseCode ?? [])
  expect(new Set(codes).size).toBe(20)

  const promised = new Map(
    (await server.ports.callBacks.listOpen(500)).map(({ callId, phone }) => [callId, phone]),
  )
  for (const [index, { id, from }] of rows.entries()) {
    expect(promised.get(id)).toBe(fateOf(index) === 'missed' ? from : undefined)
  }
  for (const person of people) expect(await person.screen()).toBeNull()
})
