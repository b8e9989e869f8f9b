import type { Language } from '#contracts/vocabulary'
import { canSeeCalls, canSeeRestricted, type StaffMember } from '#domain/access'
import { ANONYMOUS, type Call } from '#domain/call'
import { recordOf } from '#domain/call-record'
import { maskPhone } from '#domain/contact'
import { VIETNAM_OFFSET_MS } from '#domain/epoch-day'
import { BYTE_ORDER_MARK, csvRows } from './csv.ts'
import { CALL_HEADS, CALL_WORDS, type CallWords } from './texts/call-words.ts'

/** The first line of the file of calls' records. */
export function callRecordHead(lang: Language): string {
  return BYTE_ORDER_MARK + csvRows([CALL_HEADS[lang]])
}

/** Calls as lines of that file, with what this person may see. */
export function callRecordRows(calls: readonly Call[], staff: StaffMember, lang: Language): string {
  return csvRows(calls.map((call) => rowOf(call, staff, CALL_WORDS[lang])))
}

/** In the order of `CALL_HEADS`. */
function rowOf(call: Call, staff: StaffMember, words: CallWords): (string | number)[] {
  const { direction, endedAs, disposition, queue, recordings } = call
  const record = recordOf(call)
  const cost = canSeeRestricted(staff) ? call.cost : undefined
  const party = (number: string | null) => partyOf(number, staff, words)
  return [
    call.id,
    call.provider,
    words.directions[direction ?? 'inbound'],
    party(call.from),
    party(call.to),
    queue?.language ?? call.language ?? '',
    call.caseCode ?? '',
    localTime(call.startedAt),
    call.ivrPath.join(' > '),
    queue?.field ?? '',
    localTime(call.queuedAt),
    record.waitedSeconds ?? '',
    call.offers.map(({ agent, outcome }) => `${agent.name}: ${words.offers[outcome]}`).join('; '),
    call.agent?.name ?? '',
    localTime(call.answeredAt),
    record.talkedSeconds ?? '',
    record.heldSeconds ?? '',
    record.wrapUpSeconds ?? '',
    localTime(call.endedAt),
    endedAs === null ? '' : words.endings[endedAs],
    record.endedBy === null ? '' : words.enders[record.endedBy],
    call.cause ?? '',
    disposition === null ? '' : words.dispositions[disposition],
    recordings.length,
    recordings.filter(({ deletedAt }) => deletedAt !== undefined).length,
    call.transcript.length,
    cost?.amount ?? '',
    cost?.currency ?? '',
    call.region ?? '',
  ]
}

function partyOf(number: string | null, staff: StaffMember, { withheld }: CallWords): string {
  if (number === null || number === ANONYMOUS) return withheld
  return canSeeCalls(staff) ? number : maskPhone(number)
}

/** As clocks in Vietnam show it, in the form that spreadsheets take for a time. */
function localTime(at: Date | null): string {
  if (at === null) return ''
  const local = new Date(at.getTime() + VIETNAM_OFFSET_MS).toISOString()
  return local.slice(0, 19).replace('T', ' ')
}
