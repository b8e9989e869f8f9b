import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Session } from '#contracts/staff'
import { aCall, anAgent, aTalk } from '../agent-console/support/calls.ts'
import { aPage, launchBrowser } from '../support/browser.ts'
import {
  PASSWORD,
  request,
  signInAs,
  startTestServer,
  type TestServer,
} from '../support/test-server.ts'

/** A microphone that hums, allowed without asking; and addresses as numbers, for want of a name service. */
const FAKE_MEDIA = [
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--disable-features=WebRtcHideLocalIpsWithMdns',
]

let server: TestServer
let browser: Browser

beforeAll(async () => {
  server = await startTestServer({
    TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
    TWILIO_AUTH_TOKEN: 'not-a-real-token-0123456789',
  })
  browser = await launchBrowser(FAKE_MEDIA)
}, 120_000)
afterAll(async () => {
  await browser.close()
  await server.end()
})

/** The caller's end of the line: a peer connection in the same page, with a tone for a voice. */
async function callerOffer(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const context = new AudioContext()
    const voice = context.createMediaStreamDestination()
    const tone = context.createOscillator()
    tone.connect(voice)
    tone.start()
    const caller = new RTCPeerConnection()
    for (const track of voice.stream.getTracks()) caller.addTrack(track, voice.stream)
    Object.assign(globalThis, { caller })
    await caller.setLocalDescription(await caller.createOffer())
    while (caller.iceGatheringState !== 'complete')
      await new Promise((next) => setTimeout(next, 20))
    return caller.localDescription?.sdp ?? ''
  })
}

async function callerHears(page: Page, sdp: string): Promise<void> {
  await page.evaluate(async (answer) => {
    const { caller } = globalThis as unknown as { caller: RTCPeerConnection }
    await caller.setRemoteDescription({ type: 'answer', sdp: answer })
  }, sdp)
}

test('a call is heard in the browser: registered, accepted, talked, hung up', async () => {
  const agent = await signInAs(server, 'agent')
  const page = await aPage(browser, { width: 1280, height: 860 })
  const said: { readonly type: string; readonly payload: { readonly sdp?: string } }[] = []
  let tell: (type: string, payload: object) => void = () => undefined

  // The company's network, and nothing nearer: signalling here, its side doors shut.
  await page.route(/twilio\.com/, (route) => route.fulfill({ status: 204 }))
  await page.routeWebSocket(/twilio\.com/, (socket) => {
    tell = (type, payload) => {
      socket.send(JSON.stringify({ type, payload }))
    }
    socket.onMessage((message) => {
      const told = JSON.parse(String(message)) as (typeof said)[number]
      said.push(told)
      if (told.type === 'listen') {
        tell('connected', {
          region: 'sg1',
          edge: 'singapore',
          token: { identity: 'agent', ttl: 3600 },
        })
      }
      if (told.type === 'register') tell('ready', {})
      if (told.type === 'answer') void callerHears(page, told.payload.sdp ?? '')
    })
  })
  const session = await request(server, 'GET', '/api/session', { headers: agent.headers })
  const { id, name } = session.body as Session
  const me = { id, name }
  let mine: object | null = null
  const json = (body: object) => ({ contentType: 'application/json', body: JSON.stringify(body) })
  await page.route('**/api/softphone/token', (route) =>
    route.fulfill(
      json({
        token: A_TOKEN,
        identity: me.id,
        edge: 'singapore',
        expiresAt: '2999-01-01T00:00:00.000Z',
      }),
    ),
  )
  await page.route('**/api/agents', (route) => route.fulfill(json({ agents: [anAgent(me)] })))
  await page.route('**/api/calls/waiting', (route) =>
    route.fulfill(
      json({
        waiting:
          mine === null ? [{ ...WAITING, enteredAt: WAITING.startedAt, language: 'vi' }] : [],
        mine,
        exchange: null,
      }),
    ),
  )
  await page.route('**/api/calls/*/accept', async (route) => {
    mine = aTalk({ agent: me })
    await route.fulfill(json(mine))
    const sdp = await callerOffer(page)
    const parameters = {
      CallSid: 'CA1',
      From: 'conference',
      Params: `callId=${encodeURIComponent(aCall().id)}`,
    }
    tell('invite', { callsid: 'CA1', sdp, parameters })
  })

  await page.goto(`${server.url}/console`)
  await page.getByRole('textbox', { name: 'Thư điện tử' }).fill(agent.email)
  await page.getByRole('textbox', { name: 'Mật khẩu' }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Đăng nhập' }).click()
  await page.getByTestId('softphone').and(page.locator('[data-health="registered"]')).waitFor()
  await page.getByText('1 người đang đợi').waitFor()
  await page.keyboard.press('p')
  await page.keyboard.press('p')
  await page.getByRole('button', { name: 'Tắt micro' }).and(page.locator(':enabled')).waitFor()
  const isHeard = await page.evaluate(async () => {
    const { caller } = globalThis as unknown as { caller: RTCPeerConnection }
    for (let look = 0; look < 200; look += 1) {
      const stats = [...(await caller.getStats()).values()] as Record<string, unknown>[]
      if (
        stats.some((each) => each['type'] === 'inbound-rtp' && Number(each['packetsReceived']) > 5)
      )
        return true
      await new Promise((next) => setTimeout(next, 50))
    }
    return false
  })
  expect(isHeard).toBe(true)
  await page.keyboard.press('p')
  await page.keyboard.press('m')
  await page.getByText('Micro đang tắt').waitFor()

  // The caller leaves: the company ends the line.
  tell('hangup', { callsid: 'CA1' })
  await page.getByRole('button', { name: 'Tắt micro' }).and(page.locator(':disabled')).waitFor()
  expect(said.map(({ type }) => type)).toEqual(
    expect.arrayContaining(['listen', 'register', 'answer']),
  )
  await page.context().close()
}, 60_000)

const { offers: _offers, ...WAITING } = aCall()

/** Three parts, as tokens have; nobody checks this one. */
const A_TOKEN = ['e30', 'e30', 'c2ln'].join('.')
