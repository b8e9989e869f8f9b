import { vi } from 'vitest'
import type { CasePage, CaseRow, CaseView } from '#contracts/cases'
import type { Ack, ServerEvents } from '#contracts/events'
import type { Session } from '#contracts/staff'
import type { AgentList, CallBoard } from '#contracts/telephony'
import type { ConsoleSocket } from '../../../agent-console/lib/realtime-link.ts'

type Answer = { readonly status: number; readonly body: unknown }
type Listener = (...args: never[]) => void

export type Sent = { readonly method: string; readonly path: string; readonly body: unknown }

/** The server as the console meets it: HTTP answers that a test sets, and a socket it can speak through. */
export type FakeServer = {
  session: Session | null
  rows: CaseRow[]
  views: Map<string, CaseView>
  /** Answers to commands and sign-in, by `POST /path`. */
  readonly answers: Map<string, Answer | (() => Answer)>
  readonly sent: Sent[]
  /** What the console said over the socket: event name and its values. */
  readonly said: { readonly name: string; readonly value: unknown }[]
  readonly connect: () => ConsoleSocket
  readonly tell: <E extends keyof ServerEvents>(
    name: E,
    ...values: Parameters<ServerEvents[E]>
  ) => void
  readonly loseConnection: () => void
  readonly restoreConnection: () => void
}

/** A server with nobody signed in and nothing in it. Takes `fetch` over until the test ends. */
export function aServer(): FakeServer {
  const listeners = new Map<string, Set<Listener>>()
  const emit = (name: string, ...values: unknown[]) => {
    for (const listener of listeners.get(name) ?? []) listener(...(values as never[]))
  }
  const server: FakeServer = {
    session: null,
    rows: [],
    views: new Map(),
    answers: new Map(),
    sent: [],
    said: [],
    connect: () => socket as unknown as ConsoleSocket,
    tell: (name, ...values) => {
      emit(name, ...values)
    },
    loseConnection: () => {
      emit('disconnect', 'transport close')
    },
    restoreConnection: () => {
      emit('connect')
    },
  }
  const socket = {
    active: true,
    on: (name: string, listener: Listener) => {
      listeners.set(name, (listeners.get(name) ?? new Set()).add(listener))
    },
    off: (name: string, listener: Listener) => listeners.get(name)?.delete(listener),
    timeout: () => ({
      emit: (name: string, ack: (error: Error | null, answer: Ack) => void) => {
        server.said.push({ name, value: null })
        ack(null, { ok: true })
      },
    }),
    emit: (name: string, value: unknown) => server.said.push({ name, value }),
    connect: () => {
      queueMicrotask(() => {
        emit('connect')
      })
      return socket
    },
    disconnect: () => socket,
  }
  vi.stubGlobal('fetch', (path: string, init: RequestInit = {}) =>
    Promise.resolve(respond(server, path, init)),
  )
  return server
}

function respond(server: FakeServer, path: string, init: RequestInit): Response {
  const method = init.method ?? 'GET'
  const { pathname } = new URL(path, 'http://console.test')
  if (method !== 'GET') {
    const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : null
    server.sent.push({ method, path: pathname, body })
  }
  const set = server.answers.get(`${method} ${pathname}`)
  const { status, body } = (typeof set === 'function' ? set() : set) ?? read(server, pathname)
  return new Response(JSON.stringify(body), { status })
}

function read(server: FakeServer, pathname: string): Answer {
  if (pathname === '/api/session' && !server.session) return aProblem(401, 'unauthenticated')
  const known: Record<string, unknown> = {
    '/api/session': server.session,
    '/api/catalogue': CATALOGUE,
    '/api/agencies': [],
    '/api/canned-answers': [{ id: '1', title: 'Đã sửa', text: 'Đơn vị đã sửa xong.' }],
    '/api/calls/waiting': { waiting: [], mine: null, exchange: null } satisfies CallBoard,
    '/api/agents': { agents: [] } satisfies AgentList,
    '/api/cases': { rows: server.rows, nextCursor: null } satisfies CasePage,
    '/api/cases/counts': {
      mine: 0,
      open: 1,
      triage: 0,
      'due-today': 0,
      overdue: 4,
      'awaiting-approval': 0,
      closed: 0,
      all: 1,
    },
  }
  if (pathname in known) return { status: 200, body: known[pathname] }
  if (pathname.endsWith('/duplicates')) return { status: 200, body: [] }
  if (pathname.endsWith('/hints')) return { status: 200, body: { hints: [] } }
  const view = server.views.get(pathname.replace('/api/cases/', ''))
  return view ? { status: 200, body: view } : aProblem(404, 'not-found')
}

/** A refusal as the server writes it. */
export function aProblem(status: number, code: string, more: object = {}): Answer {
  const problem = { type: 'about:blank', title: code, status, code, detail: 'Không được.', ...more }
  return { status, body: problem }
}

const CATALOGUE = {
  fields: [
    { id: 'urban', name: { vi: 'Hạ tầng đô thị', en: 'Urban' }, topics: [] },
    { id: 'electricity', name: { vi: 'Điện', en: 'Electricity' }, topics: [] },
  ],
  provinces: [],
  emergencyNumbers: [],
  proofOfWork: false,
  tileUrl: null,
}
