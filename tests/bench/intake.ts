import { cpuMsOf } from './process-figures.ts'
import type { Row } from './row.ts'
import { sendReports, type Stack, startStack } from './stack.ts'
import { median, percentile } from './statistics.ts'

type Round = {
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
  readonly cpuMs: number | null
}
type Rounds = { readonly product: readonly Round[]; readonly bare: readonly Round[] }

const BASELINE = 'bare express + insertOne'
const BOUND =
  'one core of the server process; beside its own logic a report costs two round trips ' +
  'to the database (key, insert), the baseline one.'

/** Reports per second and their latency, one at a time and sixteen at once. */
export async function benchIntake(isQuick: boolean): Promise<Row[]> {
  const stack = await startStack()
  try {
    const warmUp = isQuick ? 300 : 1_500
    await sendReports({ url: stack.product.url, amount: warmUp, inFlight: 16 })
    await sendReports({ url: stack.bare.url, amount: warmUp, inFlight: 16 })
    const alone = await alternate(stack, 1, isQuick ? 100 : 400, isQuick ? 3 : 5)
    const crowd = await alternate(stack, 16, isQuick ? 300 : 1_000, isQuick ? 3 : 5)
    return [...rowsOf('1 in flight', alone), ...rowsOf('16 in flight', crowd), ...cpuRow(crowd)]
  } finally {
    await stack.end()
  }
}

/** Product, baseline, product, baseline: what else the machine does meanwhile hits both alike. */
async function alternate(
  { product, bare }: Stack,
  inFlight: number,
  amount: number,
  roundCount: number,
): Promise<Rounds> {
  const rounds = { product: [] as Round[], bare: [] as Round[] }
  for (let round = 0; round < roundCount; round++) {
    rounds.product.push(await measure(product, inFlight, amount))
    rounds.bare.push(await measure(bare, inFlight, amount))
  }
  return rounds
}

async function measure(
  { url, pid }: Stack['product'],
  inFlight: number,
  amount: number,
): Promise<Round> {
  const cpuBefore = cpuMsOf(pid)
  const { latenciesMs, tookMs } = await sendReports({ url, amount, inFlight })
  const cpuAfter = cpuMsOf(pid)
  return {
    perSecond: (amount / tookMs) * 1_000,
    p50: percentile(latenciesMs, 0.5),
    p99: percentile(latenciesMs, 0.99),
    cpuMs: cpuBefore === null || cpuAfter === null ? null : (cpuAfter - cpuBefore) / amount,
  }
}

function rowsOf(load: string, rounds: Rounds): Row[] {
  const row = (name: string, unit: string, of: (round: Round) => number): Row => ({
    name: `intake, ${load}${name}`,
    value: median(rounds.product.map(of)),
    unit,
    baseline: { name: BASELINE, value: median(rounds.bare.map(of)) },
    bound: BOUND,
  })
  return [
    row('', 'reports/s', (round) => round.perSecond),
    row(', p50', 'ms', (round) => round.p50),
    row(', p99', 'ms', (round) => round.p99),
  ]
}

/** What a report costs in the server process, whatever else the machine is doing. */
function cpuRow({ product, bare }: Rounds): Row[] {
  const costs = (rounds: readonly Round[]) =>
    rounds.flatMap(({ cpuMs }) => (cpuMs === null ? [] : [cpuMs]))
  if (costs(product).length === 0) return []
  return [
    {
      name: 'intake, processor time per report',
      value: median(costs(product)),
      unit: 'ms',
      baseline: { name: BASELINE, value: median(costs(bare)) },
      bound: BOUND,
    },
  ]
}
