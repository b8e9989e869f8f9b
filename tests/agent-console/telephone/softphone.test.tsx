import { beforeEach, expect, test, vi } from 'vitest'
import { aCall, anAgent, aRingingCall, aTalk, setTelephone, signInLan } from '../support/calls.ts'
import { aProblem, aServer, type FakeServer } from '../support/fake-server.ts'
import { company } from '../support/fake-softphone.ts'
import {
  byName,
  during,
  eventually,
  key,
  renderConsole,
  usePage,
} from '../support/render-console.tsx'

// The company's library is outside: it stands for a network that tests do not have.
vi.mock('@twilio/voice-sdk', async () => {
  const { FakeDevice } = await import('../support/fake-softphone.ts')
  return { Device: FakeDevice, Call: { Codec: { Opus: 'opus', PCMU: 'pcmu' } } }
})

usePage()

const ID = encodeURIComponent(aCall().id)
const health = () =>
  document.querySelector('[data-testid="softphone"]')?.getAttribute('data-health')
const device = () => company.devices.at(-1)
const beats = (server: FakeServer) => server.said.filter(({ name }) => name === 'softphone:alive')
const token = (name: string) => ({
  status: 200,
  body: { token: name, identity: 'lan', edge: 'singapore', expiresAt: '2999-01-01T00:00:00.000Z' },
})

let server: FakeServer
beforeEach(() => {
  company.reset()
  server = aServer()
  signInLan(server)
  setTelephone(server, {})
  server.answers.set('POST /api/softphone/token', token('first'))
})

test('registers once calls may come, says so to the server, and leaves nothing behind', async () => {
  server.answers.set('PUT /api/agents/me', {
    status: 200,
    body: anAgent({ state: 'offline', since: '2999-01-01T00:00:00.000Z' }),
  })
  await renderConsole(server)
  await eventually(() => health() === 'registered')
  expect(device()?.tokens).toEqual(['first'])
  expect(device()?.options).toMatchObject({ edge: 'singapore' })
  expect(beats(server).length).toBeGreaterThan(0)
  await key('p')
  await key('o')
  await eventually(() => device()?.isDestroyed)
})

test('without a company the console still rings, and says that nothing is heard here', async () => {
  server.answers.set('POST /api/softphone/token', aProblem(503, 'unavailable'))
  setTelephone(server, { mine: aRingingCall() })
  await renderConsole(server)
  await eventually(() => health() === 'off')
  expect(byName('section', 'Cuộc gọi đến')).not.toBeNull()
  expect(company.devices).toEqual([])
  expect(beats(server).length).toBeGreaterThan(0)
})

test('takes the line of the call that was accepted, and refuses any other', async () => {
  setTelephone(server, { mine: aRingingCall() })
  await renderConsole(server)
  await eventually(() => health() === 'registered')
  const early = device()?.ring(aCall().id)
  await eventually(() => early?.done.includes('reject'))
  server.answers.set(`POST /api/calls/${ID}/accept`, { status: 200, body: aTalk() })
  setTelephone(server, { mine: aTalk() })
  await key('p')
  await key('p')
  const line = device()?.ring(aCall().id)
  const stranger = device()?.ring('twilio:other')
  await eventually(() => line?.done.includes('accept') && stranger?.done.includes('reject'))
  await key('p')
  await key('m')
  await eventually(() => document.body.textContent.includes('Micro đang tắt'))
  await key('p')
  await key('q')
  await during(() => byName('button', 'Gửi phím 5')?.click())
  expect(line?.done).toEqual(['accept', 'mute', 'digits 5'])
})

test('whoever is asked in may answer before the line is there, for that line and no later one', async () => {
  const colleague = { id: 'bao', name: 'Trần Quốc Bảo' }
  setTelephone(server, { mine: aTalk({ agent: colleague }) })
  await renderConsole(server)
  await eventually(() => health() === 'registered')
  await eventually(() => document.body.textContent.includes('Trần Quốc Bảo mời bạn'))
  await key('p')
  await key('p')
  await eventually(() => document.body.textContent.includes('Đang nối máy'))
  const line = device()?.ring(aCall().id)
  await eventually(() => line?.done.includes('accept'))
  await during(() => line?.emit('disconnect'))

  // Asked in once more, nobody has answered yet.
  const second = device()?.ring(aCall().id)
  await eventually(() => byName('button', 'Nghe máy')?.hasAttribute('disabled') === false)
  expect(second?.done).toEqual([])
  await during(() => byName('button', 'Từ chối')?.click())
  await eventually(() => second?.done.includes('reject'))
})

test('a line that ends while it is asked whose it is cannot be answered any more', async () => {
  setTelephone(server, { mine: aTalk({ agent: { id: 'bao', name: 'Trần Quốc Bảo' } }) })
  await renderConsole(server)
  await eventually(() => health() === 'registered')
  const line = device()?.ring(aCall().id)
  line?.emit('cancel')
  await key('p')
  await key('p')
  await eventually(() => document.body.textContent.includes('Đang nối máy'))
  expect(line?.done).toEqual([])
})

test('a lost registration is shown and won again', async () => {
  await renderConsole(server)
  await eventually(() => health() === 'registered')
  await during(() => device()?.loseRegistration())
  expect(health()).toBe('reconnecting')
  await eventually(() => health() === 'registered')
  expect(device()?.registrations).toBe(2)
})

test('a token is renewed before it expires, and again where that fails', async () => {
  await renderConsole(server)
  await eventually(() => health() === 'registered')
  let asked = 0
  server.answers.set('POST /api/softphone/token', () => {
    asked += 1
    return asked === 1 ? aProblem(503, 'unavailable') : token('second')
  })
  await during(() => device()?.emit('tokenWillExpire'))
  await eventually(() => device()?.tokens.includes('second'))
  expect(health()).toBe('registered')
  expect(asked).toBe(2)
})

test('a token that comes while the line is offline is not lost: another is asked for', async () => {
  await renderConsole(server)
  await eventually(() => health() === 'registered')
  const offline = device()
  if (offline) offline.isOffline = true
  server.answers.set('POST /api/softphone/token', token('second'))
  // The library warns once, and never again.
  await during(() => device()?.emit('tokenWillExpire'))
  expect(device()?.tokens).toEqual(['first'])
  if (offline) offline.isOffline = false
  await eventually(() => device()?.tokens.includes('second'))
})

test('a token is renewed in time though the library never warned', async () => {
  const soon = new Date(Date.now() + 60_500).toISOString()
  const first = token('first')
  server.answers.set('POST /api/softphone/token', () => {
    server.answers.set('POST /api/softphone/token', token('second'))
    return { ...first, body: { ...first.body, expiresAt: soon } }
  })
  await renderConsole(server)
  await eventually(() => device()?.tokens.includes('second'))
  expect(health()).toBe('registered')
})
