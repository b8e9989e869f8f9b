import type { CallBoard, CallView } from '#contracts/telephony'
import { canSeeCalls, type StaffMember } from '#domain/access'
import { ANONYMOUS, type Call } from '#domain/call'
import { citizenNumber } from '#domain/call-people'
import { inLine } from '#domain/call-queue'
import type { Case } from '#domain/case'
import { presentCall } from './present-call.ts'
import {
  presentLegs,
  presentRecord,
  presentRecordings,
  presentTransfer,
} from './present-call-record.ts'
import { presentRow } from './present-row.ts'

/** What a call is shown with. */
export type CallContext = {
  readonly call: Call
  readonly position: number | null
  readonly openCases: readonly Case[]
  readonly recentCalls: readonly Call[]
}

/** Who looks at it, and what hides personal data in what was said. */
export type CallViewing = { readonly staff: StaffMember; readonly mask: (text: string) => string }

/** A call with everything that the screen-pop shows. */
export function presentCallView(context: CallContext, viewing: CallViewing): CallView {
  const { call, position, openCases, recentCalls } = context
  const isNumberShown = canSeeCalls(viewing.staff)
  const { wrapUp, queue } = call
  return {
    ...presentCall(call, isNumberShown),
    version: call.version,
    to: call.to ?? ANONYMOUS,
    phone: isNumberShown ? phoneOf(call) : null,
    language: queue?.language ?? call.language,
    ivrPath: [...call.ivrPath],
    queue: queue && {
      field: queue.field,
      enteredAt: queue.enteredAt.toISOString(),
      leftAt: queue.leftAt?.toISOString() ?? null,
      position,
    },
    offers: call.offers.map(({ agent, at, until, outcome }) => ({
      agent,
      at: at.toISOString(),
      until: until.toISOString(),
      outcome,
    })),
    agent: call.agent,
    answeredAt: call.answeredAt?.toISOString() ?? null,
    holdSeconds: call.holdSeconds,
    wrapUpUntil: wrapUp?.doneAt === null ? wrapUp.until.toISOString() : null,
    disposition: call.disposition,
    transcript: call.transcript.map(({ at, speaker, text }) => ({
      at: at.toISOString(),
      speaker,
      text: viewing.mask(text),
    })),
    recordings: presentRecordings(call),
    legs: presentLegs(call, viewing.staff),
    transfer: presentTransfer(call),
    record: presentRecord(call, viewing.staff),
    caller: {
      openCases: openCases.map(presentRow),
      recentCalls: recentCalls.map((each) => presentCall(each, isNumberShown)),
    },
  }
}

/** The waiting line, first in line first, and the agent's own call. */
export function presentBoard(
  board: {
    readonly waiting: readonly Call[]
    readonly mine: CallContext | null
    readonly exchange: CallContext | null
  },
  viewing: CallViewing,
): CallBoard {
  return {
    waiting: inLine(board.waiting).map((call) => ({
      ...presentCall(call, canSeeCalls(viewing.staff)),
      enteredAt: (call.queue?.enteredAt ?? call.startedAt).toISOString(),
      language: call.queue?.language ?? null,
    })),
    mine: board.mine === null ? null : presentCallView(board.mine, viewing),
    exchange: board.exchange === null ? null : presentCallView(board.exchange, viewing),
  }
}

function phoneOf(call: Call): string | null {
  const number = citizenNumber(call)
  return number === ANONYMOUS ? null : number
}
