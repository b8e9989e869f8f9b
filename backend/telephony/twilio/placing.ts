import type { Placing } from '#domain/call'
import type { Query } from '../provider.ts'

// A promise's id holds its call's.
const REF = /^[\w:-]{1,200}$/

/** Why a citizen is called, as the addresses of its call carry it. */
export function placingQuery({ agentRef, caseCode, callBackId }: Placing): string {
  return new URLSearchParams({
    placedBy: agentRef,
    ...(caseCode !== null && { case: caseCode }),
    ...(callBackId !== null && { callBack: callBackId }),
  }).toString()
}

/** The same, read back; null for every other call. */
export function placingIn(query: Query): Placing | null {
  const agentRef = refOf(query['placedBy'])
  if (agentRef === null) return null
  return { agentRef, caseCode: refOf(query['case']), callBackId: refOf(query['callBack']) }
}

function refOf(text: string | undefined): string | null {
  return text !== undefined && REF.test(text) ? text : null
}
