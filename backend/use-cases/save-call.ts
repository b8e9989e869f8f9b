import type { Call } from '#domain/call'
import { DomainError } from '#domain/errors'
import { forgetDaysOf } from './kept-days.ts'
import type { Ports } from './ports.ts'

// A call has a handful of webhooks; more losses in a row than this mean something is wrong.
const SAVE_ATTEMPTS = 10

type SavePorts = Pick<Ports, 'calls' | 'telephone' | 'callDays' | 'now'>

/**
 * Changes a call by a pure function, again where another webhook of the same call got in between,
 * and tells whoever watches the telephone.
 */
export async function saveCall(
  id: string,
  change: (call: Call | null) => Call,
  ports: SavePorts,
): Promise<Call> {
  for (let attempt = 0; attempt < SAVE_ATTEMPTS; attempt++) {
    const call = await ports.calls.findCall(id)
    const next = change(call)
    if (next === call) return call
    if (!(await ports.calls.saveCall(next, call?.version ?? 0))) continue
    await forgetDaysOf(call, next, ports)
    if (isNews(call, next)) ports.telephone.callChanged(next)
    return next
  }
  throw new DomainError('conflict', 'version-stale')
}

/** The same for a call that has to be there; refuses with `call-not-found`. */
export async function changeCall(
  id: string,
  change: (call: Call) => Call,
  ports: SavePorts,
): Promise<Call> {
  return saveCall(id, (call) => change(found(call)), ports)
}

/** A call that has to be there; refuses with `call-not-found`. */
export async function loadCall(id: string, ports: Pick<Ports, 'calls'>): Promise<Call> {
  return found(await ports.calls.findCall(id))
}

function found(call: Call | null): Call {
  if (call === null) throw new DomainError('not-found', 'call-not-found')
  return call
}

/** A sentence more of the transcript is told on its own, to those who listen. */
function isNews(before: Call | null, next: Call): boolean {
  return before?.transcript.length === next.transcript.length || before?.state !== next.state
}
