import type { Case } from '#domain/case'
import { recordCallEvents } from '#use-cases/record-call'
import { apologyPlan, nothingHeardPlan, receiptPlan } from './call-plans.ts'
import { stateIn } from './caller-state.ts'
import type { Answering, Knock } from './door.ts'
import { inTime } from './in-time.ts'
import type { CallPlan } from './provider.ts'

/** A message was left: its case is opened, and the caller hears the code. */
export async function answerRecorded(knock: Knock, answering: Answering): Promise<CallPlan> {
  const { ports } = answering
  const { hotline } = ports.settings()
  const { language } = stateIn(knock.query)
  const done = await inTime(async () => recordCallEvents(knock.events, ports), knock, answering)
  if (done === null) return apologyPlan(hotline, language)
  if (done.result === null) return nothingHeardPlan(hotline, language)
  return receiptPlan(hotline, language, done.result, pinToTell(done.result, answering))
}

/** Nobody listens: kept, or refused so that it is sent again. */
export async function answerUnheard(
  { events }: Knock,
  { ports, journal }: Answering,
): Promise<null> {
  try {
    await recordCallEvents(events, ports)
  } catch (error) {
    // The provider gives up after a few tries; our own file does not.
    await journal.append(events)
    throw error
  }
  return null
}

/** Sentences of the running transcript; its errors are for the log. */
export async function answerTranscript(knock: Knock, answering: Answering): Promise<null> {
  const { callId, problem } = knock
  if (problem !== null) answering.log.warn({ callId, problem }, 'a transcription failed')
  return answerUnheard(knock, answering)
}

/** Without a known number the PIN is the only way to the status; others need not hear it. */
function pinToTell(opened: Case, { ports }: Answering): string | null {
  return opened.contact?.phone == null ? ports.secrets.pinFor(opened.code) : null
}
