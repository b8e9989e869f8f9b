import type { NewReport } from '#contracts/reports'
import { attachCase, type Call } from '#domain/call'
import { citizenNumber } from '#domain/call-people'
import { isOfExchange } from '#domain/exchange-call'
import { reachableNumber } from '#domain/callable-number'
import type { StaffMember } from '#domain/access'
import type { Ports } from '../ports.ts'
import { changeCall, loadCall } from '../save-call.ts'
import { submitReport, type Submitted } from '../submit-report.ts'
import { theirs } from './talk.ts'

/**
 * What an agent wrote down of a talk becomes a case, with the caller's number unless they gave
 * another. The same words again answer the same case; other words make one more.
 */
export async function openCaseOfTalk(
  id: string,
  report: NewReport,
  staff: StaffMember,
  ports: Ports,
): Promise<Submitted> {
  const call = await talkOf(id, staff.id, ports)
  const phone = report.contact?.phone ?? reachableNumber(citizenNumber(call))
  const words: NewReport = {
    ...report,
    ...(phone === null ? {} : { contact: { ...report.contact, phone } }),
  }
  // With spaces, which no client may send in a key.
  const idempotencyKey = `talk ${call.id} ${ports.secrets.hashContent(report.text)}`
  const door = { channel: 'phone', idempotencyKey, uploads: [] } as const
  const submitted = await submitReport(words, door, ports)
  await changeCall(id, (current) => attachCase(current, submitted.opened.code), ports)
  return submitted
}

/** The exchange says who picked up; of our own calls it is the agent who has them. */
async function talkOf(id: string, agentId: string, ports: Ports): Promise<Call> {
  const call = await loadCall(id, ports)
  const isPickedUp = isOfExchange(call) && call.answeredBy?.agentRef === agentId
  return isPickedUp ? call : theirs(id, agentId, ports)
}
