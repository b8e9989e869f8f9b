import { goodbyePlan, recordStep, say } from './call-plans.ts'
import type { Answering, Knock } from './door.ts'
import type { CallPlan } from './provider.ts'

/**
 * All else failed, so nothing here touches the database: a message is taken. What happened waits in
 * our own file until the database is back.
 */
export async function answerFallback(knock: Knock, answering: Answering): Promise<CallPlan> {
  const { hotline } = answering.ports.settings()
  await answering.journal.append(knock.events)
  return [
    say(hotline, 'vi', 'consent'),
    say(hotline, 'en', 'consent'),
    recordStep({ isFallback: true }),
    ...goodbyePlan([say(hotline, 'vi', 'nothingHeard'), say(hotline, 'en', 'nothingHeard')]),
  ]
}

/** The message is in our file; its code cannot be told yet. */
export async function answerFallbackRecorded(
  knock: Knock,
  { journal, ports }: Answering,
): Promise<CallPlan> {
  const { hotline } = ports.settings()
  await journal.append(knock.events)
  return goodbyePlan([say(hotline, 'vi', 'apology'), say(hotline, 'en', 'apology')])
}

/** The message's file is there. */
export async function answerFallbackReported(knock: Knock, { journal }: Answering): Promise<null> {
  await journal.append(knock.events)
  return null
}
