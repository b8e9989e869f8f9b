import { fillCalls } from './calls-data.ts'
import { CALL_DATABASE, type HotlineStack, outcomeOf, startHotline } from './hotline.ts'
import { cpuMsOf } from './process-figures.ts'
import type { Row } from './row.ts'
import { median, percentile } from './statistics.ts'
import type { WebhookFigures } from './webhook-load-helper.ts'

const FEW = 10_000
const MANY = 1_000_000
const CROWD = 100
const IN_FLIGHT = 16
const BASELINE = 'bare express + signature'
const BOUND =
  'one core of the server process; a webhook that tells something new costs three to eight round ' +
  'trips to the database, two of them durable writes, the baseline none.'

type Round = WebhookFigures & { readonly perSecond: number; readonly cpuMs: number | null }

/**
 * A hotline with ten thousand stored calls, and the same with a million: signed webhooks, a hundred
 * callers at once, what supervisors read, and the sweep.
 */
export async function benchTelephony(isQuick: boolean): Promise<Row[]> {
  const stack = await startHotline()
  try {
    const rows = await measureWith(stack, { from: 0, until: FEW }, isQuick)
    if (isQuick) return rows
    return [...rows, ...(await measureWith(stack, { from: FEW, until: MANY }, isQuick))]
  } finally {
    await stack.end()
  }
}

async function measureWith(
  stack: HotlineStack,
  stretch: { readonly from: number; readonly until: number },
  isQuick: boolean,
): Promise<Row[]> {
  const startedAt = performance.now()
  await fillCalls(stack.databaseUri, CALL_DATABASE, { ...stretch, total: stretch.until })
  const perSecond = ((stretch.until - stretch.from) * 1_000) / (performance.now() - startedAt)
  const stored = `${stretch.until.toLocaleString('en')} calls`
  return [
    {
      name: `${stored}, with events, filled in`,
      value: perSecond,
      unit: 'calls/s',
      baseline: null,
    },
    ...(await webhookRows(stack, stored, isQuick)),
    ...(await crowdRows(stack, stored)),
    ...(await readRows(stack, stored, isQuick)),
    ...(await sweepRows(stack, stored, isQuick)),
  ]
}

async function webhookRows(stack: HotlineStack, stored: string, isQuick: boolean): Promise<Row[]> {
  const { product, bare } = stack
  const rounds = { product: [] as Round[], bare: [] as Round[] }
  const measure = async ({ url, pid }: HotlineStack['product']): Promise<Round> => {
    const calls = isQuick ? 160 : 480
    const cpuBefore = cpuMsOf(pid)
    const figures = await stack.sendWebhooks(url, { calls, inFlight: IN_FLIGHT })
    const cpuAfter = cpuMsOf(pid)
    const count = Object.values(figures.latenciesMs).flat().length
    const cpuMs = cpuBefore === null || cpuAfter === null ? null : (cpuAfter - cpuBefore) / count
    return { ...figures, perSecond: (count * 1_000) / figures.tookMs, cpuMs }
  }
  // The first round warms up.
  for (let round = 0; round < (isQuick ? 4 : 6); round++) {
    const measured = [await measure(product), await measure(bare)] as const
    if (round > 0) rounds.product.push(measured[0])
    if (round > 0) rounds.bare.push(measured[1])
  }
  const row = (what: string, unit: string, of: (round: Round) => number): Row => ({
    name: `${stored}: ${what}`,
    value: median(rounds.product.map(of)),
    unit,
    baseline: { name: BASELINE, value: median(rounds.bare.map(of)) },
    bound: BOUND,
  })
  const p99 = (door: keyof Round['latenciesMs']) =>
    row(`webhook ${door}, p99`, 'ms', ({ latenciesMs }) => percentile(latenciesMs[door], 0.99))
  return [
    row(`webhooks, ${IN_FLIGHT} calls at once`, 'webhooks/s', ({ perSecond }) => perSecond),
    ...[p99('voice'), p99('wait'), p99('status')],
    row('processor time per webhook', 'ms', ({ cpuMs }) => cpuMs ?? Number.NaN),
  ]
}

async function crowdRows(stack: HotlineStack, stored: string): Promise<Row[]> {
  const played = await stack.playCrowd(CROWD)
  const { whole, cases } = await outcomeOf(stack, played)
  const name = `${stored}: ${CROWD} whole calls at once`
  const bound =
    `${whole} of ${CROWD} ended as they should, ${cases} cases of ${played.messages.length} ` +
    'messages; every callback came twice and in any order, 8 agents took the talks.'
  if (whole !== CROWD || cases !== played.messages.length) throw new Error(`${name}: ${bound}`)
  const perSecond = (CROWD * 1_000) / played.tookMs
  return [
    { name, value: perSecond, unit: 'calls/s', baseline: null, bound },
    { name: `${name}, none lost or doubled`, value: whole, unit: `of ${CROWD}`, baseline: null },
  ]
}

async function readRows(stack: HotlineStack, stored: string, isQuick: boolean): Promise<Row[]> {
  const runs = isQuick ? 20 : 50
  const rows: Row[] = []
  const read = async (what: string, path: string, times = runs): Promise<string> => {
    const took: number[] = []
    let body = ''
    for (let run = 0; run < times; run++) {
      const startedAt = performance.now()
      const response = await fetch(stack.product.url + path, { headers: stack.administrator })
      body = await response.text()
      took.push(performance.now() - startedAt)
      if (!response.ok) throw new Error(`${path} answered ${response.status}: ${body}`)
    }
    const row = { unit: 'ms', baseline: null }
    rows.push({ name: `${stored}: ${what}`, value: median(took), ...row })
    if (times > 1)
      rows.push({ name: `${stored}: ${what}, p99`, value: percentile(took, 0.99), ...row })
    return body
  }
  await read('the wallboard', '/api/wallboard')
  await read('30 days of figures, first', '/api/wallboard/history', 1)
  await read('30 days of figures', '/api/wallboard/history')
  const { nextCursor } = JSON.parse(await read('a page of calls', '/api/calls')) as {
    nextCursor: string | null
  }
  await read('the next page', `/api/calls?cursor=${encodeURIComponent(nextCursor ?? '')}`)
  return rows
}

async function sweepRows(stack: HotlineStack, stored: string, isQuick: boolean): Promise<Row[]> {
  const times = await stack.timeSweeps(isQuick ? 20 : 50)
  const row = { unit: 'ms', baseline: null }
  return [
    { name: `${stored}: the sweep`, value: median(times), ...row },
    { name: `${stored}: the sweep, p99`, value: percentile(times, 0.99), ...row },
  ]
}
