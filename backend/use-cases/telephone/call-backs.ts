import type { CallBackChange, NewCallBack } from '#contracts/telephony'
import type { StaffMember } from '#domain/access'
import type { Call } from '#domain/call'
import {
  beginCallBack as begun,
  type CallBack,
  callBackMissed,
  callBackReached,
  cancelCallBack,
  promiseCallBack,
} from '#domain/call-back'
import { callableNumber } from '#domain/callable-number'
import type { NamedRef } from '#domain/case'
import { DomainError } from '#domain/errors'
import type { Ports } from '../ports.ts'
import { viewCase } from '../view-case.ts'

const SAVE_ATTEMPTS = 10

/** An agent promises to call somebody back. */
export async function planCallBack(
  given: NewCallBack,
  staff: StaffMember,
  ports: Ports,
): Promise<CallBack> {
  const about = given.caseCode === undefined ? null : await viewCase(given.caseCode, staff, ports)
  const promised = {
    id: ports.newId(),
    phone: callableNumber(given.phone ?? about?.contact?.phone ?? ''),
    reason: 'agent',
    language: given.language ?? about?.lang ?? 'vi',
    field: null,
    callId: null,
    caseCode: about?.code ?? null,
  } as const
  const dueAt = given.dueAt === undefined ? ports.now() : new Date(given.dueAt)
  const planned = promiseCallBack(promised, dueAt, ports.settings().hotline.outbound)
  const kept = given.isMine === true ? { ...planned, assignedTo: refOf(staff) } : planned
  await ports.callBacks.add(kept)
  return kept
}

/** Assigns a call-back, plans it anew, or keeps what came of it; see `CallBackChange`. */
export async function changeCallBack(
  id: string,
  change: CallBackChange,
  staff: StaffMember,
  ports: Ports,
): Promise<CallBack> {
  const callBack = await loadCallBack(id, ports)
  if (callBack.version !== change.version) throw new DomainError('conflict', 'version-stale')
  const { isMine, dueAt } = change
  const outcome = outcomeOf(callBack, change, staff, ports)
  const next: CallBack = {
    ...outcome,
    version: callBack.version + 1,
    assignedTo: isMine === undefined ? outcome.assignedTo : isMine ? refOf(staff) : null,
    dueAt: dueAt === undefined ? outcome.dueAt : new Date(dueAt),
  }
  if (await ports.callBacks.save(next, callBack.version)) return next
  throw new DomainError('conflict', 'version-stale')
}

/** A call-back that has to be there; refuses with `call-back-not-found`. */
export async function loadCallBack(id: string, ports: Ports): Promise<CallBack> {
  const found = await ports.callBacks.findById(id)
  if (found === null) throw new DomainError('not-found', 'call-back-not-found')
  return found
}

/** The call that keeps a promise has begun. */
export async function beginCallBack(id: string, staff: StaffMember, ports: Ports): Promise<void> {
  await saveCallBack(id, (current) => begun(current, refOf(staff)), ports)
}

/** The company did not call: the promise is due again later. */
export async function missCallBack(id: string, staff: StaffMember, ports: Ports): Promise<void> {
  const { outbound } = ports.settings().hotline
  await saveCallBack(
    id,
    (current) => callBackMissed(current, 'provider-refused', refOf(staff), ports.now(), outbound),
    ports,
  )
}

/** The call that kept a promise is over: it was kept, or is tried again, or given up. Safe to repeat. */
export async function settleCallBack(call: Call, ports: Ports): Promise<void> {
  const { callBackId, endedAt, endedAs } = call
  if (callBackId === undefined || endedAt === null) return
  const by = call.agent ?? { id: '', name: '' }
  await saveCallBack(
    callBackId,
    (current) => {
      const isNoted = current.attempts.some(({ at }) => at.getTime() === endedAt.getTime())
      if (current.state !== 'calling' || isNoted) return current
      if (endedAs === 'answered') return callBackReached(current, by, endedAt)
      const { outbound } = ports.settings().hotline
      return callBackMissed(current, endedAs ?? 'failed', by, endedAt, outbound)
    },
    ports,
  )
}

/** Nobody needs to be called after all, unless somebody has begun with it already. Safe to repeat. */
export async function withdrawCallBack(id: string, ports: Ports): Promise<void> {
  await saveCallBack(
    id,
    (current) => {
      const { state, attempts, assignedTo } = current
      const isUntouched = state === 'due' && attempts.length === 0 && assignedTo === null
      return isUntouched ? cancelCallBack(current) : current
    },
    ports,
  )
}

function outcomeOf(
  callBack: CallBack,
  { state, attempt }: CallBackChange,
  staff: StaffMember,
  ports: Ports,
): CallBack {
  const at = ports.now()
  const by = refOf(staff)
  const { outbound } = ports.settings().hotline
  switch (state) {
    case 'reached':
      return callBackReached(callBack, by, at)
    case 'canceled':
      return cancelCallBack(callBack)
    case 'given-up':
      // No attempt is left after this one.
      return callBackMissed(callBack, attempt ?? state, by, at, {
        ...outbound,
        callBackAttempts: 1,
      })
    case undefined:
      return attempt === undefined ? callBack : callBackMissed(callBack, attempt, by, at, outbound)
  }
}

async function saveCallBack(
  id: string,
  change: (callBack: CallBack) => CallBack,
  ports: Ports,
): Promise<void> {
  for (let attempt = 0; attempt < SAVE_ATTEMPTS; attempt++) {
    const current = await ports.callBacks.findById(id)
    const next = current === null ? null : change(current)
    if (current === null || next === null || next === current) return
    if (await ports.callBacks.save(next, current.version)) return
  }
  throw new DomainError('conflict', 'version-stale')
}

function refOf({ id, name }: StaffMember): NamedRef {
  return { id, name }
}
