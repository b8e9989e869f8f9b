import { setTimeout as pause } from 'node:timers/promises'
import { residentMbOf } from './process-figures.ts'
import type { Row } from './row.ts'
import { sendReports, type Stack, startStack } from './stack.ts'

/** Buffers of the start or of the load are let go within this time. */
const SETTLE_MS = 3_000
const BOUND =
  'the server holds the model, the gazetteer and its indexes; the database maps its file, ' +
  'whose pages the system counts here and takes back when it needs them.'

type Figures = { readonly server: number; readonly database: number; readonly bare: number }

/** What server and database hold in memory after the start, and after many reports. */
export async function benchMemory(isQuick: boolean): Promise<Row[]> {
  const amount = isQuick ? 500 : 2_000
  const stack = await startStack()
  try {
    const before = await look(stack)
    await sendReports({ url: stack.product.url, amount, inFlight: 16 })
    const between = await look(stack)
    await sendReports({ url: stack.bare.url, amount, inFlight: 16 })
    // The database is looked at before the baseline's documents are in it.
    const after = { ...between, bare: (await look(stack)).bare }
    return [
      ...rowsOf('after start', before),
      ...rowsOf(`after ${amount.toLocaleString('en')} reports`, after),
    ]
  } finally {
    await stack.end()
  }
}

async function look({ product, bare, database }: Stack): Promise<Figures> {
  await pause(SETTLE_MS)
  return {
    server: residentMbOf(product.pid),
    database: residentMbOf(database.pid),
    bare: residentMbOf(bare.pid),
  }
}

function rowsOf(when: string, { server, database, bare }: Figures): Row[] {
  return [
    {
      name: `memory of the server ${when}`,
      value: server,
      unit: 'MB',
      baseline: { name: 'bare express + driver', value: bare },
      bound: BOUND,
    },
    {
      name: `memory of the database ${when}`,
      value: database,
      unit: 'MB',
      baseline: null,
      bound: BOUND,
    },
  ]
}
