import type { WrittenReport } from './read-texts.ts'
import type { Exchange } from './telephone/exchange.ts'
import { pause } from './telephone/webhooks.ts'

const EVERY_MS = 70_000
const JITTER_MS = 40_000
const RING_MS = 6_000
const TALK_MS = 40_000
const FATES = ['answered', 'missed', 'answered', 'voicemail'] as const
type Fate = (typeof FATES)[number]

/** Citizens call an office's own exchange: it rings at `extensions`, and mostly the last picks up. */
export function streamExchangeCalls(
  exchange: Exchange,
  reports: readonly WrittenReport[],
  extensions: readonly string[],
): { readonly stop: () => void } {
  let index = 0
  let timer: NodeJS.Timeout
  const callNext = (): void => {
    // From the other end of the texts, so that nobody calls here and at the hotline at once.
    const report = reports.at(-1 - (index % reports.length))
    const fate = FATES[index % FATES.length] ?? 'answered'
    index += 1
    if (report !== undefined) {
      call(exchange, { from: numberOf(report), extensions, fate }).catch((error: unknown) => {
        process.stderr.write(`  The demo could not make a call: ${String(error)}\n`)
      })
    }
    timer = setTimeout(callNext, EVERY_MS + Math.random() * JITTER_MS)
  }
  timer = setTimeout(callNext, JITTER_MS / 2)
  return {
    stop: () => {
      clearTimeout(timer)
    },
  }
}

type Calling = {
  readonly from: string
  readonly extensions: readonly string[]
  readonly fate: Fate
}

async function call(exchange: Exchange, { from, extensions, fate }: Calling): Promise<void> {
  const line = exchange.call(from)
  await line.told
  line.ring(...extensions)
  await pause(RING_MS)
  if (fate === 'answered') {
    line.answer(extensions.at(-1) ?? '')
    await pause(TALK_MS)
  }
  if (fate === 'voicemail') line.leaveMessage(25)
  line.hangUp(fate === 'missed' ? 'noAnswer' : 'normalClearing')
}

/** As exchanges write it: digits without a plus. */
function numberOf({ contact }: WrittenReport): string {
  const digits = contact?.phone.replace(/\D/g, '') ?? ''
  return digits.startsWith('0') ? `84${digits.slice(1)}` : 'anonymous'
}
