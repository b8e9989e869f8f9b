import { type RequestHandler, type Response, Router } from 'express'
import { NewReport, type ReportReceipt } from '#contracts/reports'
import { Monitor, NewCall, Transfer, WrapUp } from '#contracts/telephony'
import type { CallBoard, CallView, SoftphoneToken } from '#contracts/telephony'
import type { StaffMember } from '#domain/access'
import type { Call } from '#domain/call'
import { DomainError } from '#domain/errors'
import { presentBoard, presentCallView } from '#presenters/present-call-view'
import { type CitizenView, presentReceipt } from '#presenters/present-status'
import type { Ports } from '#use-cases/ports'
import { acceptCall, declineCall } from '#use-cases/telephone/accept-call'
import { monitorCall } from '#use-cases/telephone/monitor-call'
import { openCaseOfTalk } from '#use-cases/telephone/open-case-of-talk'
import { placeCall } from '#use-cases/telephone/place-call'
import { hangUp, holdTalk, resumeTalk } from '#use-cases/telephone/talk'
import { cancelTransfer, completeTransfer, transferCall } from '#use-cases/telephone/transfer-call'
import { inContext, viewBoard, viewCall } from '#use-cases/telephone/view-call'
import { giveMoreTime, wrapUpCall } from '#use-cases/telephone/wrap-up-call'
import type { FieldNamesNow } from './catalogue.ts'
import { languageOf } from './language.ts'
import { parse } from './parse.ts'
import { staffOf } from './staff-session.ts'

/** What an agent does to a call with a press of a button and nothing to say. */
const PRESSES: Readonly<
  Record<string, (id: string, staff: StaffMember, ports: Ports) => Promise<Call>>
> = {
  accept: acceptCall,
  decline: declineCall,
  hold: async (id, staff, ports) => holdTalk(id, staff.id, ports),
  resume: async (id, staff, ports) => resumeTalk(id, staff.id, ports),
  'hang-up': async (id, staff, ports) => hangUp(id, staff.id, ports),
  'transfer/complete': completeTransfer,
  'transfer/cancel': cancelTransfer,
  'wrap-up/extend': giveMoreTime,
}

/** `/api/calls`: what agents do at the telephone. Mounted behind `mustSeeCalls`. */
export function telephoneRoutes(
  ports: Ports,
  readJson: RequestHandler,
  fieldNames: FieldNamesNow,
): Router {
  const router = Router()
  const viewing = (staff: StaffMember) => ({
    staff,
    mask: (text: string) => ports.reader.redact(text),
  })
  const answer = async (call: Call, response: Response) => {
    const staff = staffOf(response)
    const context = await inContext(call, staff, ports)
    response.json(presentCallView(context, viewing(staff)) satisfies CallView)
  }

  router.get('/waiting', async (_request, response) => {
    const staff = staffOf(response)
    const board = await viewBoard(staff, ports)
    response.json(presentBoard(board, viewing(staff)) satisfies CallBoard)
  })

  router.get('/:id', async (request, response) => {
    const staff = staffOf(response)
    const found = await viewCall(request.params.id, staff, ports)
    response.json(presentCallView(found, viewing(staff)) satisfies CallView)
  })

  router.post('/', readJson, async (request, response) => {
    const wanted = parse(NewCall, request.body, languageOf(request))
    const call = await placeCall(wanted, staffOf(response), ports)
    response.status(201)
    await answer(call, response)
  })

  for (const [name, press] of Object.entries(PRESSES)) {
    router.post(`/:id/${name}`, async (request, response) => {
      await answer(await press(request.params.id, staffOf(response), ports), response)
    })
  }

  router.post('/:id/transfer', readJson, async (request, response) => {
    const transfer = parse(Transfer, request.body, languageOf(request))
    const id = String(request.params['id'])
    await answer(await transferCall(id, transfer, staffOf(response), ports), response)
  })

  router.post('/:id/monitor', readJson, async (request, response) => {
    const { mode } = parse(Monitor, request.body, languageOf(request))
    const id = String(request.params['id'])
    await answer(await monitorCall(id, mode, staffOf(response), ports), response)
  })

  router.post('/:id/wrap-up', readJson, async (request, response) => {
    const told = parse(WrapUp, request.body, languageOf(request))
    const id = String(request.params['id'])
    await answer(await wrapUpCall(id, told, staffOf(response), ports), response)
  })

  router.post('/:id/case', readJson, async (request, response) => {
    const report = parse(NewReport, request.body, languageOf(request))
    const id = String(request.params['id'])
    const { opened, pin } = await openCaseOfTalk(id, report, staffOf(response), ports)
    const { calendar } = ports.settings()
    const view: CitizenView = { lang: report.lang, fieldNames: fieldNames(), calendar }
    response.status(201).json(presentReceipt(opened, pin, view) satisfies ReportReceipt)
  })
  return router
}

/** `/api/softphone`: lets an agent's browser register. Mounted behind `mustSeeCalls`. */
export function softphoneRoutes(ports: Ports): Router {
  const router = Router()
  router.post('/token', (_request, response) => {
    const { softphoneTokens } = ports
    if (softphoneTokens === null) throw new DomainError('unavailable', 'telephony-off')
    const { id } = staffOf(response)
    const { token, expiresAt } = softphoneTokens.issue(id, ports.now())
    response.json({
      token,
      identity: id,
      edge: softphoneTokens.edge,
      expiresAt: expiresAt.toISOString(),
    } satisfies SoftphoneToken)
  })
  return router
}
