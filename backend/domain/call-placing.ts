import type { Call, Placing } from './call.ts'
import { joined } from './call-progress.ts'
import type { NamedRef } from './case.ts'

/** A citizen's telephone rings for 40 s; by then an agent's line would have been heard of. */
const ALONE_MS = 60_000

/**
 * The call is one that an agent placed: it is theirs, about that case, and keeps that promise. Told
 * by whoever placed it and by each of its events; only the first of them changes anything.
 */
export function placedCall(
  call: Call,
  by: NamedRef,
  { caseCode, callBackId }: Omit<Placing, 'agentRef'>,
): Call {
  if (call.placedBy !== undefined) return call
  const agent = { id: by.id, name: by.name }
  const isNew = call.endedAt === null && ['new', 'ivr'].includes(call.state)
  const placed: Call = {
    ...call,
    version: call.version + 1,
    direction: 'outbound',
    state: isNew ? 'dialing' : call.state,
    placedBy: agent,
    agent,
    caseCode: call.caseCode ?? caseCode,
    ...(callBackId !== null && { callBackId }),
  }
  // The agent's line may have been heard of first.
  return placed.legs.reduce(joined, placed)
}

/** True where a citizen was called and no agent's line ever was: we stopped in between. */
export function isNobodyThere({ placedBy, legs, endedAt, startedAt }: Call, at: Date): boolean {
  const isAlone = placedBy !== undefined && endedAt === null && legs.length === 0
  return isAlone && at.getTime() - startedAt.getTime() > ALONE_MS
}
