import type { Call } from '#domain/call'
import { DomainError } from '#domain/errors'
import type { Ports } from '../ports.ts'

const LOOK_BACK = 50

/**
 * The number that somebody who is called sees: the one in the settings, else the one that they, or
 * failing that anyone, called. Refused as `telephony-off` where no call ever told our number.
 */
export async function callerIdFor(
  number: string,
  call: Pick<Call, 'direction' | 'from' | 'to'> | null,
  ports: Ports,
): Promise<string> {
  const { callerId } = ports.settings().hotline.outbound
  if (callerId !== null) return callerId
  const own = call === null ? null : ourNumber(call)
  if (own !== null) return own
  const theirs = await ports.calls.findOfNumber(number, 1)
  const [found] = theirs.map(ourNumber).filter((each) => each !== null)
  if (found !== undefined) return found
  const { items } = await ports.calls.list(null, LOOK_BACK)
  const [any] = items.map(ourNumber).filter((each) => each !== null)
  if (any === undefined) throw new DomainError('unavailable', 'telephony-off')
  return any
}

function ourNumber({
  direction,
  from,
  to,
}: Pick<Call, 'direction' | 'from' | 'to'>): string | null {
  return direction === 'outbound' ? from : to
}
