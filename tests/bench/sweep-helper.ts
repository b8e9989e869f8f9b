import { pino } from 'pino'
import { readConfig } from '#backend/config'
import { startServer } from '#backend/start-server'
import { sweepTelephone } from '#use-cases/telephone/sweep-telephone'
import { helpParent } from './helper.ts'

/** The environment of one more process of the product, and how often it looks. */
export type Sweeps = {
  readonly environment: Readonly<Record<string, string>>
  readonly runs: number
}

// Given by the one who starts this script, of the very same build.
helpParent(async (given) => timeSweeps(given as Sweeps))

/** How long each pass took that looks for calls whose end was lost and agents who are stuck. */
async function timeSweeps({ environment, runs }: Sweeps): Promise<readonly number[]> {
  const server = await startServer(readConfig(environment), pino({ level: 'silent' }))
  const times: number[] = []
  for (let run = 0; run < runs; run++) {
    const startedAt = performance.now()
    await sweepTelephone(server.ports)
    times.push(performance.now() - startedAt)
  }
  await server.stop()
  return times
}
