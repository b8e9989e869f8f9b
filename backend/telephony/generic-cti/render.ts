import type { CtiSettings } from '#use-cases/ports'
import { numberPrefix, partyNumber } from '#domain/party-number'
import type { Push } from './push.ts'

/** What the exchange is told to do; an empty answer leaves it to itself. */
export type PushAnswer =
  | Readonly<Record<string, never>>
  | { readonly action: 'reject'; readonly reason: 'busy' }
  | { readonly action: 'dial'; readonly caller_id: string; readonly number: string }

/** How an administrator's rules answer a call that begins. Any other push has nothing to be told. */
export function renderAnswer(push: Push, rules: CtiSettings): PushAnswer {
  if (push.event !== 'newCall') return {}
  return push.direction === 'in' ? rejection(push, rules) : dialling(push, rules)
}

function rejection({ from }: Push, { blocked }: CtiSettings): PushAnswer {
  const caller = partyNumber(from ?? '')
  const isBlocked = blocked.some((number) => partyNumber(number) === caller)
  return isBlocked ? { action: 'reject', reason: 'busy' } : {}
}

/** Of the rules that fit, the most particular one; an empty prefix fits every number. */
function dialling({ to }: Push, { callerIds }: CtiSettings): PushAnswer {
  if (to === null) return {}
  const called = partyNumber(to)
  const [rule] = callerIds
    .map(({ prefix, callerId }) => ({ prefix: numberPrefix(prefix), callerId }))
    .filter(({ prefix }) => called.startsWith(prefix) || called.startsWith(`+${prefix}`))
    .sort((a, b) => b.prefix.length - a.prefix.length)
  return rule === undefined ? {} : { action: 'dial', caller_id: rule.callerId, number: to }
}
