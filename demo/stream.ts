import { randomUUID } from 'node:crypto'
import type { WrittenReport } from './read-texts.ts'

const EVERY_MS = 6_000
const JITTER_MS = 5_000

/** Sends a report every few seconds through the same door as everyone; again from the start at the end. */
export function streamReports(
  url: string,
  reports: readonly WrittenReport[],
): { readonly stop: () => void } {
  let index = 0
  let timer: NodeJS.Timeout
  const sendNext = (): void => {
    const report = reports[index++ % reports.length]
    if (report !== undefined) void send(url, report)
    timer = setTimeout(sendNext, EVERY_MS + Math.random() * JITTER_MS)
  }
  timer = setTimeout(sendNext, EVERY_MS)
  return {
    stop: () => {
      clearTimeout(timer)
    },
  }
}

async function send(url: string, { text, place, contact }: WrittenReport): Promise<void> {
  const report = {
    text,
    place,
    ...(contact === null ? {} : { contact, consents: ['contact', 'publish'] }),
  }
  try {
    await fetch(`${url}/api/reports`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID() },
      body: JSON.stringify(report),
    })
  } catch (error) {
    process.stderr.write(`  The demo could not send a report: ${String(error)}\n`)
  }
}
