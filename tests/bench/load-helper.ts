import autocannon from 'autocannon'
import { randomUUID } from 'node:crypto'
import { helpParent } from './helper.ts'
import { reportNumber } from './reports.ts'

/** Where to send how many reports, how many of them at once. */
export type Load = { readonly url: string; readonly amount: number; readonly inFlight: number }

/** How long each answer took, and all of them together. */
export type LoadFigures = { readonly latenciesMs: readonly number[]; readonly tookMs: number }

// Given by the one who starts this script, of the very same build.
helpParent(async (given) => sendReports(given as Load))

/** Sends different reports under different keys; throws unless each was answered 201. */
async function sendReports({ url, amount, inFlight }: Load): Promise<LoadFigures> {
  const latenciesMs: number[] = []
  let count = 0
  let refusedCount = 0
  let startedAt = 0
  let endedAt = 0
  await new Promise<void>((resolve, reject) => {
    const sending = autocannon(
      {
        url: `${url}/api/reports`,
        method: 'POST',
        amount,
        connections: inFlight,
        requests: [
          {
            setupRequest: (request) => ({
              ...request,
              headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
              body: JSON.stringify(reportNumber(count++)),
            }),
          },
        ],
      },
      (error: unknown) => {
        if (error instanceof Error) reject(error)
        else resolve()
      },
    )
    sending.on('start', () => {
      startedAt = performance.now()
    })
    sending.on('response', (_client, status, _bytes, tookMs) => {
      endedAt = performance.now()
      if (status !== 201) refusedCount++
      latenciesMs.push(tookMs)
    })
  })
  if (refusedCount > 0 || latenciesMs.length !== amount) {
    throw new Error(`${latenciesMs.length} of ${amount} answered, ${refusedCount} not with 201`)
  }
  return { latenciesMs, tookMs: endedAt - startedAt }
}
