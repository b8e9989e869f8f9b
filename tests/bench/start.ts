import { join } from 'node:path'
import { freePort } from '../support/server-process.ts'
import { childrenOf, cpuMsOf } from './process-figures.ts'
import { emptyFolder, type Running, startProduct, startServer } from './product.ts'
import type { Row } from './row.ts'
import { median } from './statistics.ts'

type Start = { readonly tookMs: number; readonly cpuMs: number | null }
type Kind = 'cold' | 'warm' | 'bare'

const BASELINE = 'bare express'
const BOUND =
  'loading well over a thousand small modules takes more than half of it; a cold start also writes ' +
  'the agencies of the whole country.'

/** From the command to `/readyz`: on an empty folder, and again on the same one. */
export async function benchStart(isQuick: boolean): Promise<Row[]> {
  const starts: Record<Kind, Start[]> = { cold: [], warm: [], bare: [] }
  for (let round = 0; round < (isQuick ? 3 : 5); round++) {
    const folder = join(emptyFolder(), 'data')
    starts.cold.push(await measure(await startProduct(folder)))
    starts.warm.push(await measure(await startProduct(folder)))
    starts.bare.push(await measure(await startBare()))
  }
  return [
    row('cold start', starts.cold, starts.bare, ({ tookMs }) => tookMs),
    row('warm start', starts.warm, starts.bare, ({ tookMs }) => tookMs),
    ...cpuRow('cold start, processor time', starts.cold, starts.bare),
    ...cpuRow('warm start, processor time', starts.warm, starts.bare),
  ]
}

async function measure(running: Running): Promise<Start> {
  const all = [running.pid, ...childrenOf(running.pid)].map(cpuMsOf)
  const known = all.filter((each) => each !== null)
  await running.end()
  return {
    tookMs: running.startMs,
    cpuMs: known.length === 0 ? null : known.reduce((sum, each) => sum + each, 0),
  }
}

async function startBare(): Promise<Running> {
  const port = await freePort()
  const script = `require('express')().get('/', (_, answer) => answer.send('')).listen(${port}, '127.0.0.1')`
  return startServer(['-e', script], port, '/')
}

function row(
  name: string,
  starts: readonly Start[],
  bare: readonly Start[],
  of: (start: Start) => number,
): Row {
  return {
    name,
    value: median(starts.map(of)),
    unit: 'ms',
    baseline: { name: BASELINE, value: median(bare.map(of)) },
    bound: BOUND,
  }
}

/** Server and database together; what else the machine does counts less here than in the time. */
function cpuRow(name: string, starts: readonly Start[], bare: readonly Start[]): Row[] {
  if (starts.some(({ cpuMs }) => cpuMs === null)) return []
  return [row(name, starts, bare, ({ cpuMs }) => cpuMs ?? Number.NaN)]
}
