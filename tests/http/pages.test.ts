import { connect } from 'node:net'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { io } from 'socket.io-client'
import { request, signInAs, startTestServer, type TestServer } from '../support/test-server.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer({
    TILE_URL: 'https://{s}.tiles.example/{z}/{x}/{y}.png',
    TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
    TWILIO_AUTH_TOKEN: 'not-a-real-token-0123456789',
  })
})
afterAll(async () => {
  expect(server.unexpected).toEqual([])
  await server.end()
})

const BROWSER = { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }
const visit = async (path: string, method = 'GET') =>
  request(server, method, path, { headers: BROWSER })

describe('pages that people open', () => {
  test.each([
    '/',
    '/cases',
    '/cases/2611048273',
    '/answers',
    '/answers/2611048273',
    '/performance',
  ])('the portal is at %s', async (path) => {
    const { status, body, headers } = await visit(path)
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(body).toContain('<!doctype html>')
    expect(headers.get('cache-control')).toBe('no-cache')
  })

  test.each(['/console', '/console/', '/console/cases/2611048273', '/console/settings'])(
    'the console is at %s, and is not the portal',
    async (path) => {
      const { status, body } = await visit(path)
      expect(status).toBe(200)
      expect(body).toContain('/console/')
      expect(body).not.toBe((await visit('/')).body)
    },
  )

  test('a policy says where they may load from, and that nobody frames them', async () => {
    for (const path of ['/', '/console']) {
      const { headers } = await visit(path)
      const policy = headers.get('content-security-policy') ?? ''
      expect(policy).toContain("default-src 'self'")
      expect(policy).toMatch(/script-src 'self'(;|$)/)
      expect(policy).toContain("object-src 'none'")
      expect(policy).toContain("frame-ancestors 'self'")
      expect(policy).toMatch(/img-src [^;]*https:\/\/\*\.tiles\.example/)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).not.toBeNull()
      expect(headers.get('x-powered-by')).toBeNull()
    }
  })

  test('only the console may hear and reach the telephone company', async () => {
    const [portal, agents] = await Promise.all(
      ['/', '/console/calls'].map(async (path) => visit(path)),
    )
    expect(agents?.headers.get('permissions-policy')).toBe('microphone=(self)')
    expect(portal?.headers.get('permissions-policy')).toBe('microphone=()')
    const connections = (page: typeof portal) =>
      /connect-src ([^;]*)/.exec(page?.headers.get('content-security-policy') ?? '')?.[1]
    expect(connections(agents)).toBe("'self' https://*.twilio.com wss://*.twilio.com")
    expect(connections(portal)).toBe("'self'")
  })

  test('a page that is not there is 404 and still a page', async () => {
    const { status, body, headers } = await visit('/khong-co-trang-nay')
    expect(status).toBe(404)
    expect(headers.get('content-type')).toContain('text/html')
    expect(body).toContain('<!doctype html>')
  })

  test('what they load may be kept for ever under its hashed name', async () => {
    const { body } = await visit('/console')
    const [, script = ''] = /src="(\/console\/assets\/[^"]+\.js)"/.exec(body as string) ?? []
    const { status, headers } = await request(server, 'GET', script)
    expect(status).toBe(200)
    expect(headers.get('cache-control')).toContain('immutable')
    expect(headers.get('content-type')).toContain('javascript')
  })

  test('a script that is gone is no page', async () => {
    const answer = await request(server, 'GET', '/console/assets/old-1234.js', {
      headers: { Accept: '*/*' },
    })
    expect(answer.body).not.toContain('<!doctype html>')
    expect(answer.status).toBe(404)
  })
})

describe('the widget', () => {
  test('any page may load it, and asks each time whether it changed', async () => {
    const { status, headers } = await request(server, 'GET', '/widget.js', {
      headers: { Origin: 'https://phuong.example' },
    })
    expect(status).toBe(200)
    expect(headers.get('content-type')).toContain('javascript')
    expect(headers.get('access-control-allow-origin')).toBe('*')
    expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin')
    expect(headers.get('cache-control')).toContain('must-revalidate')
    const again = await rawGet('/widget.js', `If-None-Match: ${headers.get('etag') ?? ''}\r\n`)
    expect(again).toContain('HTTP/1.1 304')
  })
})

describe('what is nowhere', () => {
  test.each([
    ['GET', '/api'],
    ['GET', '/api/nothing'],
    ['POST', '/api/nothing'],
    ['DELETE', '/api/reports/2611048273'],
    ['GET', '/api/reports/%E0%A4%A'],
    ['GET', '/api/auth/get-session'],
    ['POST', '/khong-co'],
  ])('%s %s is refused with a problem, for a browser too', async (method, path) => {
    const answer = await visit(path, method)
    expect(answer.status).toBe(404)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect(answer.body).toMatchObject({ code: 'not-found' })
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  })

  test('a path that climbs out of its folder leads nowhere', async () => {
    for (const path of [
      '/../package.json',
      '/%2e%2e/package.json',
      '/console/..%2f..%2fpackage.json',
    ]) {
      expect(await rawGet(path)).not.toContain('hoi-am')
    }
  })
})

test.each(['/', '/console', '/widget.js', '/healthz', '/api/catalogue', '/api/answers'])(
  'HEAD %s answers as GET does, without the body',
  async (path) => {
    const head = await fetch(`${server.url}${path}`, { method: 'HEAD', headers: BROWSER })
    const get = await visit(path)
    expect(head.status).toBe(200)
    expect(await head.text()).toBe('')
    expect(head.headers.get('content-type')).toBe(get.headers.get('content-type'))
  },
)

test('a console behind a proxy that knows no WebSocket connects by polling', async () => {
  const { headers } = await signInAs(server, 'agent')
  const socket = io(server.url, {
    transports: ['polling'],
    extraHeaders: headers,
    forceNew: true,
    reconnection: false,
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('connect_error', reject)
  })
  expect(await socket.emitWithAck('inbox:join')).toEqual({ ok: true })
  socket.disconnect()
})

/** A request whose path no client library has tidied up. */
async function rawGet(path: string, header = ''): Promise<string> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
  let answer = ''
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString()))
  socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${header}\r\n`)
  await once(socket, 'close')
  return answer
}
