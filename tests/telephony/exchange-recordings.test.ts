import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { RecordingProblem } from '#contracts/calls'
import type { CallView } from '#contracts/telephony'
import { httpExchangeRecordings } from '#telephony/generic-cti/recordings'
import { keepExchangeRecordings } from '#use-cases/recordings/keep-exchange-recordings'
import { CTI_TOKEN, pushJson, recordedPush } from '../support/cti-exchange.ts'
import { request, signInAs, startTestServer, type TestServer } from '../support/test-server.ts'

const MAX_BYTES = 5_000
const TOKEN = 'lets-us-in'
const SOUND = Buffer.from('RIFF….WAVEfmt ')

type Asked = { readonly path: string; readonly authorization: string | undefined }

let exchange: Server
let other: Server
let asked: Asked[] = []
beforeAll(async () => {
  ;[exchange, other] = await Promise.all([listening(), listening()])
})
beforeEach(() => {
  asked = []
})
afterAll(() => {
  for (const server of [exchange, other]) {
    server.close()
    server.closeAllConnections()
  }
})

/** An exchange's server with everything that may be wrong with one. */
async function listening(): Promise<Server> {
  const server = createServer(({ url = '', headers }, response) => {
    asked.push({ path: url, authorization: headers.authorization })
    const name = url.slice(url.lastIndexOf('/') + 1)
    const sound = { 'content-type': 'audio/x-wav; rate=8000' }
    const leadTo = LEADS[name]
    if (leadTo !== undefined) response.writeHead(302, { location: leadTo() }).end()
    else if (name === 'large.wav') response.writeHead(200, sound).end(Buffer.alloc(MAX_BYTES + 1))
    else if (name === 'said-large.wav') {
      response.writeHead(200, { ...sound, 'content-length': '99999999' }).write('x')
    } else if (name === 'page.wav') {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<script>')
    } else if (name === 'untyped.wav') response.writeHead(200).end(SOUND)
    else if (name === 'gone.wav') response.writeHead(404, sound).end('none')
    else if (name === 'broken.wav') response.destroy()
    else response.writeHead(200, sound).end(SOUND)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server
}

const LEADS: Readonly<Record<string, () => string>> = {
  'moved.wav': () => 'a/b/found.wav',
  'led-out.wav': () => '/secret/found.wav',
  'led-away.wav': () => `${originOf(other)}/records/found.wav`,
  'round.wav': () => 'round.wav',
}

function originOf(server: Server): string {
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`
}

const base = () => `${originOf(exchange)}/records/`
const fetchIt = async (address: string, token: string | null = TOKEN) =>
  httpExchangeRecordings({ base: base(), token }, MAX_BYTES).fetch(address)

describe('from the base that an administrator set', () => {
  test.each(['a.wav', '2026/11/23/in-0912345678-101.wav', 'a.wav?part=1', 'moved.wav'])(
    '%s is fetched, with the token',
    async (name) => {
      const got = await fetchIt(base() + name)
      expect(got).toEqual({ bytes: SOUND, type: 'audio/wav' })
      expect(asked.map(({ authorization }) => authorization)).not.toContain(undefined)
      expect(asked[0]?.authorization).toBe(`Bearer ${TOKEN}`)
    },
  )

  test('without a token nothing is shown', async () => {
    await fetchIt(`${base()}a.wav`, null)
    expect(asked).toEqual([{ path: '/records/a.wav', authorization: undefined }])
  })

  test.each([
    ['large.wav', 'too-large'],
    ['said-large.wav', 'too-large'],
    ['page.wav', 'not-sound'],
    ['untyped.wav', 'not-sound'],
    ['gone.wav', 'unreachable'],
    ['broken.wav', 'unreachable'],
    ['led-out.wav', 'redirected'],
    ['led-away.wav', 'redirected'],
    ['round.wav', 'redirected'],
  ])('%s is not taken: %s', async (name, problem) => {
    expect(await fetchIt(base() + name)).toMatchObject({ problem })
    // Wherever it led, nobody else was asked.
    expect(asked.every(({ path }) => path.startsWith('/records/'))).toBe(true)
    expect(asked.some(({ path }) => path.endsWith('found.wav'))).toBe(false)
  })
})

test.each([
  ['another host', () => `${originOf(other)}/records/a.wav`],
  ['another name of it', () => base().replace('127.0.0.1', 'localhost') + 'a.wav'],
  ['another scheme', () => base().replace('http:', 'https:') + 'a.wav'],
  ['a folder beside', () => `${originOf(exchange)}/records-of-others/a.wav`],
  ['a way out', () => `${base()}../secret/a.wav`],
  ['a coded way out', () => `${base()}%2e%2e/secret/a.wav`],
  ['coded slashes', () => `${base()}..%2fsecret%2fa.wav`],
  ['a backslash', () => `${base()}..\\secret\\a.wav`],
  ['a name before the host', () => base().replace('http://', 'http://evil@') + 'a.wav'],
  ['the base as a name', () => base().replace('http://', 'http://evil.example/?http://')],
  ['the cloud’s own data', () => 'http://169.254.169.254/latest/meta-data/'],
  ['a file', () => 'file:///etc/passwd'],
  ['no address', () => 'in-0912345678-101.wav'],
])('%s is refused and nobody is asked', async (_, address) => {
  expect(await fetchIt(address())).toMatchObject({ problem: 'other-host' })
  expect(asked).toEqual([])
})

describe('on the record of a call', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer({ CTI_TOKEN, CTI_RECORDINGS_BASE: base() })
  })
  afterAll(async () => {
    expect(server.unexpected).toEqual([])
    await server.end()
  })

  test.each<[RecordingProblem, () => string]>([
    ['other-host', () => `${originOf(other)}/records/a.wav`],
    ['not-sound', () => `${base()}page.wav`],
    ['unreachable', () => `${base()}gone.wav`],
    ['no-address', () => 'in-0912345678-101.wav'],
  ])('it is said that there is none, and why: %s', async (problem, address) => {
    const { headers } = await signInAs(server, 'agent')
    const callId = `recorded-${problem}`
    const push = recordedPush('recording', {
      call_id: callId,
      timestamp: undefined,
      recordingfile: address(),
    })
    expect((await pushJson(server, push)).status).toBe(200)
    const problems: unknown[] = []
    await keepExchangeRecordings(server.ports, (met) => problems.push(met))
    const { body } = await request(server, 'GET', `/api/calls/cti:${callId}`, { headers })
    expect((body as CallView).recordings).toMatchObject([{ isPlayable: false, problem }])
    // What passes is tried again, the rest is not.
    asked = []
    await keepExchangeRecordings(server.ports, () => undefined)
    expect(asked.some(({ path }) => address().endsWith(path))).toBe(problem === 'unreachable')
  })
})
