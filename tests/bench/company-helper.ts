import { setTimeout as pause } from 'node:timers/promises'
import { startCompany } from '../../demo/telephone/company.ts'
import type { Line } from '../../demo/telephone/line.ts'
import { helpParent } from './helper.ts'
import type { ConsoleHeaders } from './staff-door.ts'

/** A crowd of callers, the agents who are there for them, and where the product finds the company. */
export type Crowd = {
  readonly productUrl: string
  readonly companyPort: number
  readonly accountSid: string
  readonly authToken: string
  readonly number: string
  readonly agents: readonly ConsoleHeaders[]
  readonly calls: number
}

/** The calls that asked for an agent, those that left a message, and how long all of them took. */
export type CrowdFigures = {
  readonly talks: readonly string[]
  readonly messages: readonly string[]
  readonly tookMs: number
}

/** One in so many callers asks for an agent. */
const TALKS_EVERY = 5
const LOOKED_EVERY_MS = 60
/** How often somebody at a console without a call says that they are there. */
const SAYS_EVERY_MS = 2_000
const PATIENCE_MS = 240_000

// Given by the one who starts this script, of the very same build.
helpParent(async (given) => playCrowd(given as Crowd))

/** All call at once; every callback comes twice and in any order. Ends when nothing is under way. */
async function playCrowd(crowd: Crowd): Promise<CrowdFigures> {
  const { productUrl, companyPort, accountSid, authToken, number } = crowd
  const company = await startCompany(
    {
      ...{ accountSid, authToken, number, isMischievous: true },
      ...{ publicUrl: () => productUrl, ownUrl: () => productUrl },
      ...{ pickUpMs: 20, secondMs: 5 },
    },
    companyPort,
  )
  const working = { isOver: false }
  const agents = crowd.agents.map(async (headers) => workAs(headers, crowd, working))
  const startedAt = performance.now()
  const lines = Array.from({ length: crowd.calls }, (_, index) =>
    company.call(`+8493${String(1_000_000 + index)}`),
  )
  await Promise.all(lines.map(play))
  await company.settled()
  const tookMs = performance.now() - startedAt
  working.isOver = true
  await Promise.all(agents)
  await company.close()
  const idsOf = (isTalk: boolean) =>
    lines
      .filter((_, index) => wantsTalk(index) === isTalk)
      .map(({ callSid }) => `twilio:${callSid}`)
  return { talks: idsOf(true), messages: idsOf(false), tookMs }
}

/** The whole call of one caller, from the greeting to the end. */
async function play(line: Line, index: number): Promise<void> {
  await line.settled()
  line.press(wantsTalk(index) ? '3' : '1')
  if (!wantsTalk(index)) {
    await line.settled()
    line.speak(`đèn đường trước số nhà ${String(index)} phố Hàng Bông hỏng cả tuần nay`)
    line.leaveMessage({ seconds: 20, endedBy: index % 2 === 0 ? '#' : 'hangup' })
  }
  const until = performance.now() + PATIENCE_MS
  while (['ringing', 'in-progress'].includes(line.status())) {
    if (performance.now() > until) throw new Error(`a call waits for ${line.waitsFor()} for ever`)
    await pause(5)
  }
}

function wantsTalk(index: number): boolean {
  return index % TALKS_EVERY === 0
}

/** An agent takes every call that rings, ends it, and wraps it up. */
async function workAs(
  headers: ConsoleHeaders,
  { productUrl }: Crowd,
  working: { readonly isOver: boolean },
): Promise<void> {
  const send = async (method: string, path: string, body: object): Promise<void> => {
    const init = { method, headers: { ...headers, 'Content-Type': 'application/json' } }
    const response = await fetch(productUrl + path, { ...init, body: JSON.stringify(body) })
    await response.text()
  }
  const press = async (id: string, button: string, body = {}) =>
    send('POST', `/api/calls/${id}/${button}`, body)
  let saidAt = performance.now()
  while (!working.isOver) {
    const response = await fetch(`${productUrl}/api/calls/waiting`, { headers })
    const { mine } = (await response.json()) as { mine: { id: string; state: string } | null }
    if (mine?.state === 'ringing_agent') await press(mine.id, 'accept')
    else if (mine?.state === 'talking') await press(mine.id, 'hang-up')
    else if (mine?.state === 'wrapup') {
      await press(mine.id, 'wrap-up', { disposition: 'information-given' })
    } else if (performance.now() - saidAt > SAYS_EVERY_MS) {
      saidAt = performance.now()
      // As a console does; and whoever missed a call on a busy machine is there again.
      await send('PUT', '/api/agents/me', { state: 'available' })
    }
    await pause(LOOKED_EVERY_MS)
  }
}
