import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Router } from 'express'
import type { Language } from '#contracts/vocabulary'
import type { StaffMember } from '#domain/access'
import { callRecordHead, callRecordRows } from '#presenters/call-records-csv'
import type { Ports } from '#use-cases/ports'
import { exportCalls } from '#use-cases/telephone/export-calls'
import { daysOf, HistoryQuery } from './day-range.ts'
import { languageOf, queryOf } from './language.ts'
import { parse } from './parse.ts'
import { staffOf } from './staff-session.ts'

/** `/api/calls.csv`: the calls' records as a file, for supervisors. Mounted behind `mustSeeCalls`. */
export function callRecordRoutes(ports: Ports): Router {
  const router = Router()
  router.get('/', async (request, response) => {
    const lang = languageOf(request)
    const range = daysOf(parse(HistoryQuery, queryOf(request), lang), ports.now())
    const staff = staffOf(response)
    // Refused, or on the audit log, before anything is sent.
    const days = await exportCalls(range, staff, ports)
    response.setHeader('Content-Disposition', 'attachment; filename="calls.csv"')
    response.type('text/csv')
    await pipeline(Readable.from(linesOf(days, staff, lang)), response)
  })
  return router
}

/** A day at a time, so that a year of calls needs no more memory than its busiest day. */
async function* linesOf(
  days: Awaited<ReturnType<typeof exportCalls>>,
  staff: StaffMember,
  lang: Language,
): AsyncGenerator<string> {
  yield callRecordHead(lang)
  for await (const calls of days) yield callRecordRows(calls, staff, lang)
}
