import { recordCallEvents } from '#use-cases/record-call'
import { languagesFor, recordingNotice, say } from './call-plans.ts'
import { stateIn } from './caller-state.ts'
import type { Answering, Knock } from './door.ts'
import { inTime } from './in-time.ts'
import type { CallPlan } from './provider.ts'

/** The caller, or the citizen whom an agent called, meets the agent. */
export async function answerJoin(knock: Knock, answering: Answering): Promise<CallPlan> {
  const { ports } = answering
  const done = await inTime(
    async () => {
      await recordCallEvents(knock.events, ports)
      return ports.calls.findCall(knock.callId)
    },
    knock,
    answering,
  )
  const chosen = done?.result?.queue?.language ?? done?.result?.language ?? null
  const lang = chosen ?? 'vi'
  // Begun once in a call: it goes on for a caller who comes back after an agent was lost.
  const isBegun = done?.result?.answeredAt != null
  const { hotline } = ports.settings()
  const { isTranscribed } = hotline
  // Who was called by us, or waited since before talks were recorded, has not heard of it.
  const isTold = done?.result?.talkConsentAt !== undefined
  return [
    ...(isTold ? [] : recordingNotice(hotline, chosen === null ? languagesFor(lang) : [lang])),
    ...(isTranscribed && !isBegun ? [{ type: 'transcribe', lang } as const] : []),
    { type: 'join-conference', callRef: knock.callRef, isCaller: true },
  ]
}

/** The agent was lost: the caller hears so, and is first in line again. */
export async function answerRequeued(knock: Knock, answering: Answering): Promise<CallPlan> {
  const { ports } = answering
  const done = await inTime(
    async () => {
      await recordCallEvents(knock.events, ports)
      return (await ports.calls.findCall(knock.callId))?.queue?.language ?? null
    },
    knock,
    answering,
  )
  const language = done?.result ?? stateIn(knock.query).language
  return [say(ports.settings().hotline, language, 'agentLost'), { type: 'wait-in-queue' }]
}
