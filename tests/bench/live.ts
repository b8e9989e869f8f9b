import { join } from 'node:path'
import type { LiveFigures, LiveTask } from './consoles-helper.ts'
import { askHelper, startHelper } from './helper.ts'
import { ADMIN, emptyFolder, startProduct } from './product.ts'
import type { Row } from './row.ts'
import { percentile } from './statistics.ts'

const CONSOLE_COUNT = 200

/** From a report sent over HTTP to `case:changed` at every console concerned. */
export async function benchLive(isQuick: boolean): Promise<Row[]> {
  const product = await startProduct(join(emptyFolder(), 'data'))
  const bare = await startHelper<number>(new URL('./bare-socket-helper.js', import.meta.url), null)
  try {
    const figures = await askHelper<LiveFigures>(new URL('./consoles-helper.js', import.meta.url), {
      productUrl: product.url,
      bareUrl: `http://127.0.0.1:${bare.answer}`,
      administrator: ADMIN,
      consoleCount: CONSOLE_COUNT,
      warmUpCount: isQuick ? 50 : 200,
      rounds: isQuick ? 3 : 5,
      reportsPerRound: isQuick ? 15 : 50,
    } satisfies LiveTask)
    return [row('p50', 0.5, figures), row('p99', 0.99, figures)]
  } finally {
    await Promise.all([product.end(), bare.end()])
  }
}

function row(name: string, share: number, figures: LiveFigures): Row {
  const { productMs, bareMs, concernedCount } = figures
  return {
    name: `submit to screen, ${CONSOLE_COUNT} consoles, ${name}`,
    value: percentile(productMs, share),
    unit: 'ms',
    baseline: { name: 'bare Socket.IO echo', value: percentile(bareMs, share) },
    bound:
      `the report's own intake, then one WebSocket write for each of the ` +
      `${concernedCount} consoles concerned; the echo does the same writes and no intake.`,
  }
}
