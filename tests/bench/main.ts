import { writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { benchDuplicates } from './duplicates.ts'
import { benchEmbedded } from './embedded.ts'
import { benchIntake } from './intake.ts'
import { benchLive } from './live.ts'
import { describeMachine } from './machine.ts'
import { benchMemory } from './memory.ts'
import { benchNlp } from './nlp.ts'
import { ROOT } from './product.ts'
import type { Row } from './row.ts'
import { benchStart } from './start.ts'
import { formatTable } from './table.ts'
import { benchTelephony } from './telephony.ts'

const SECTIONS: Readonly<Record<string, (isQuick: boolean) => Row[] | Promise<Row[]>>> = {
  intake: benchIntake,
  live: benchLive,
  nlp: benchNlp,
  duplicates: benchDuplicates,
  embedded: benchEmbedded,
  telephony: benchTelephony,
  start: benchStart,
  memory: benchMemory,
}
const USAGE = `Usage: npm run bench -- [--only ${Object.keys(SECTIONS).join('|')}] [--quick]`

await main()

async function main(): Promise<void> {
  const { only, isQuick } = readFlags()
  const machine = describeMachine()
  const rows: Row[] = []
  for (const [name, bench] of Object.entries(SECTIONS)) {
    if (only !== undefined && only !== name) continue
    process.stderr.write(`${name} …\n`)
    rows.push(...(await bench(isQuick)))
  }
  const loadAfter = Math.round((loadavg()[0] ?? 0) * 10) / 10
  const results = { measuredAt: new Date().toISOString(), isQuick, machine, loadAfter, rows }
  writeFileSync(join(ROOT, 'bench-results.json'), `${JSON.stringify(results, null, 2)}\n`)

  console.log(`\n${formatTable(rows)}`)
  console.log(
    `\n${machine.cpuCount} × ${machine.cpu}, ${machine.memoryMb} MB, ${machine.system}, ` +
      `Node ${machine.node}; load ${machine.loadBefore} before, ${loadAfter} after.`,
  )
  if (machine.loadBefore > machine.cpuCount) {
    console.log('The machine was busy before this began: trust the ratios, not the figures.')
  }
}

function readFlags(): { only: string | undefined; isQuick: boolean } {
  try {
    const { values } = parseArgs({
      options: { only: { type: 'string' }, quick: { type: 'boolean', default: false } },
    })
    if (values.only !== undefined && !(values.only in SECTIONS)) throw new Error(USAGE)
    return { only: values.only, isQuick: values.quick }
  } catch {
    console.error(USAGE)
    return process.exit(2)
  }
}
