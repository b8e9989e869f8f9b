import type { Call } from '#domain/call'
import { DomainError } from '#domain/errors'
import type { Ports } from './ports.ts'

// A call has a handful of webhooks; more losses in a row than this mean something is wrong.
const SAVE_ATTEMPTS = 10

/** Changes a call by a pure function, again where another webhook of the same call got in between. */
export async function saveCall(
  id: string,
  change: (call: Call | null) => Call,
  ports: Ports,
): Promise<Call> {
  for (let attempt = 0; attempt < SAVE_ATTEMPTS; attempt++) {
    const call = await ports.calls.findCall(id)
    const next = change(call)
    if (next === call) return call
    if (await ports.calls.saveCall(next, call?.version ?? 0)) return next
  }
  throw new DomainError('conflict', 'version-stale')
}
