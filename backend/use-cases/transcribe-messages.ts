import { type Call, type CallEvent, messageOf } from '#domain/call'
import { isOfExchange } from '#domain/exchange-call'
import type { Ports } from './ports.ts'
import { recordCallEvents } from './record-call.ts'
import { recordingBytes } from './recordings/recording-bytes.ts'

const BATCH = 20
/** What could not be made text of in this time stays a recording. */
const TRIED_FOR_MS = 2 * 86_400_000

/**
 * Makes text of the messages that were recorded but not written down while they were spoken; a job,
 * safe to repeat. Tries every one before it throws what went wrong; answers how many it wrote down.
 */
export async function transcribeMessages(ports: Ports): Promise<number> {
  const { calls, speechToText, now } = ports
  if (speechToText === null) return 0
  const since = new Date(now().getTime() - TRIED_FOR_MS)
  const waiting = await calls.findUntranscribed(since, BATCH)
  const failures: unknown[] = []
  for (const call of waiting) {
    await transcribe(call, ports).catch((error: unknown) => failures.push(error))
  }
  if (failures.length > 0) throw new AggregateError(failures, 'messages not made text of')
  return waiting.length
}

async function transcribe(call: Call, ports: Ports): Promise<void> {
  const { speechToText } = ports
  const message = messageOf(call)
  if (message === null || speechToText === null) return
  // An exchange's is heard once it is here.
  if (isOfExchange(call) && message.kept === undefined) return
  const audio = await recordingBytes(call, message, ports)
  const text = await speechToText.transcribe(audio, call.language ?? 'vi')
  await recordCallEvents([transcribed(call, text.trim())], ports)
}

/** All of a message as one sentence; an empty one says that nothing could be understood. */
function transcribed({ provider, callRef, startedAt: at }: Call, text: string): CallEvent {
  return {
    provider,
    callRef,
    legRef: callRef,
    type: 'transcribed',
    seq: null,
    at,
    direction: null,
    from: null,
    to: null,
    cause: null,
    recording: null,
    segment: { seq: 0, speaker: 'citizen', at, text },
  }
}
