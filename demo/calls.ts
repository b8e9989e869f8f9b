import type { Company } from './telephone/company.ts'
import type { Line } from './telephone/line.ts'
import { pause } from './telephone/webhooks.ts'
import type { WrittenReport } from './read-texts.ts'

const EVERY_MS = 25_000
const JITTER_MS = 20_000
/** How long a caller waits for an agent before they give up. */
const PATIENCE_MS = 90_000
const TALK_MS = 45_000

/** Citizens call the hotline: most leave a message, some ask for an agent, some to be called back. */
export function streamCalls(
  company: Company,
  reports: readonly WrittenReport[],
): { readonly stop: () => void } {
  let index = 0
  let timer: NodeJS.Timeout
  const callNext = (): void => {
    const report = reports[index % reports.length]
    const wish = WISHES[index % WISHES.length] ?? 'message'
    index += 1
    if (report !== undefined) {
      call(company, report, wish).catch((error: unknown) => {
        process.stderr.write(`  The demo could not make a call: ${String(error)}\n`)
      })
    }
    timer = setTimeout(callNext, EVERY_MS + Math.random() * JITTER_MS)
  }
  timer = setTimeout(callNext, EVERY_MS)
  return {
    stop: () => {
      clearTimeout(timer)
    },
  }
}

type Wish = 'message' | 'agent' | 'call-back'
const WISHES: readonly Wish[] = ['agent', 'message', 'agent', 'call-back', 'message']

async function call(company: Company, report: WrittenReport, wish: Wish): Promise<void> {
  const line = company.call(numberOf(report))
  await line.settled()
  switch (wish) {
    case 'message':
      line.press('1')
      await line.settled()
      for (const sentence of spokenSentences(report.text)) line.speak(sentence)
      await company.settled()
      line.leaveMessage({ seconds: 15 + Math.round(report.text.length / 14), endedBy: '#' })
      return
    case 'agent':
      line.press('3')
      await talk(line, report)
      return
    case 'call-back':
      line.press('4')
  }
}

/** Waits for an agent for as long as one waits; says what it is about, and thanks. */
async function talk(line: Line, report: WrittenReport): Promise<void> {
  const until = Date.now() + PATIENCE_MS
  while (line.waitsFor() !== 'conference' && Date.now() < until) await pause(500)
  if (line.waitsFor() === 'conference') {
    for (const sentence of spokenSentences(report.text)) {
      line.speak(sentence)
      await pause(TALK_MS / 10)
    }
    await pause(TALK_MS)
  }
  if (line.status() === 'in-progress') line.hangUp()
}

/** As people say it: no capitals, no punctuation, a sentence at a time. */
function spokenSentences(text: string): string[] {
  return text
    .split(/[.!?\n]+/)
    .map((sentence) =>
      sentence
        .replace(/[,;:"“”()]/g, ' ')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .filter((sentence) => sentence !== '')
    .map((sentence) => sentence.toLocaleLowerCase('vi'))
}

function numberOf({ contact }: WrittenReport): string {
  const digits = contact?.phone.replace(/\D/g, '') ?? ''
  return digits.startsWith('0') ? `+84${digits.slice(1)}` : 'anonymous'
}
