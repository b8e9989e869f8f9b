import type { Language } from '#contracts/vocabulary'
import type { Call } from '#domain/call'
import { DomainError } from '#domain/errors'
import { withChoice } from '#domain/ivr-path'
import type { Ports } from './ports.ts'
import { saveCall } from './save-call.ts'

/** Writes down what a caller chose. A repeated webhook changes nothing. */
export async function rememberChoice(
  callId: string,
  step: string,
  language: Language,
  ports: Ports,
): Promise<Call> {
  return saveCall(callId, (call) => withChoice(mustBeThere(call), step, language), ports)
}

/** The call, which its first webhook brought. */
export function mustBeThere(call: Call | null): Call {
  if (call === null) throw new DomainError('not-found', 'call-not-found')
  return call
}
