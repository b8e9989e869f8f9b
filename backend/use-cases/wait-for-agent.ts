import type { Language } from '#contracts/vocabulary'
import type { QueueStay } from '#domain/call'
import {
  enterQueue as entered,
  estimatedWaitSeconds,
  leaveQueue as left,
  positionOf,
} from '#domain/call-queue'
import { withChoice } from '#domain/ivr-path'
import type { Ports } from './ports.ts'
import { mustBeThere, rememberChoice } from './remember-choice.ts'
import { saveCall } from './save-call.ts'

/**
 * The caller begins to wait; `full` where too many do already, and nothing is changed but the log.
 * `step` is the choice that brought them here, written down with it.
 */
export async function enterQueue(
  callId: string,
  { step, ...wanted }: Wanted,
  ports: Ports,
): Promise<'waiting' | 'full'> {
  const { maxWaiting } = ports.settings().hotline.queue
  const others = (await ports.calls.findWaiting()).filter(({ id }) => id !== callId)
  if (others.length >= maxWaiting) {
    if (step !== null) await rememberChoice(callId, step, wanted.language, ports)
    await rememberChoice(callId, 'queue:full', wanted.language, ports)
    return 'full'
  }
  const at = ports.now()
  await saveCall(
    callId,
    (call) => {
      const found = mustBeThere(call)
      const current = step === null ? found : withChoice(found, step, wanted.language)
      const next = entered(current, wanted, at)
      return next === current ? current : { ...next, language: wanted.language }
    },
    ports,
  )
  return 'waiting'
}

type Wanted = {
  readonly field: string | null
  readonly language: Language
  readonly step: string | null
}

/** Where a caller stands in the line. */
export type PlaceInLine = {
  readonly position: number
  /** Null where no agent is at work to say. */
  readonly waitSeconds: number | null
}

/** The caller's place in the line now; null for one who does not wait. */
export async function placeInLine(callId: string, ports: Ports): Promise<PlaceInLine | null> {
  const waiting = await ports.calls.findWaiting()
  const call = waiting.find(({ id }) => id === callId)
  const position = call === undefined ? null : positionOf(call, waiting)
  if (position === null) return null
  const [agents, averageHandleSeconds] = await Promise.all([
    ports.agents.list(),
    ports.handleTime.averageSeconds(),
  ])
  const atWork = agents.filter(({ state }) => AT_WORK.has(state)).length
  return { position, waitSeconds: estimatedWaitSeconds(position, atWork, averageHandleSeconds) }
}

const AT_WORK: ReadonlySet<string> = new Set(['available', 'ringing', 'talking', 'wrapup'])

/** The caller stops waiting. A call that does not wait, or is not known, stays as it is. */
export async function leaveQueue(
  callId: string,
  leftAs: NonNullable<QueueStay['leftAs']>,
  ports: Ports,
): Promise<void> {
  if ((await ports.calls.findCall(callId)) === null) return
  const at = ports.now()
  await saveCall(
    callId,
    (call) => {
      const current = mustBeThere(call)
      const next = left(current, leftAs, at)
      if (next === current || leftAs !== 'voicemail') return next
      return withChoice(next, 'leave-report', current.language ?? 'vi')
    },
    ports,
  )
}
