import { type RequestHandler, Router } from 'express'
import { CallBackChange, type CallBackList, type CallBackView } from '#contracts/telephony'
import { NewCallBack } from '#contracts/telephony'
import { presentCallBack } from '#presenters/present-call-back'
import type { Ports } from '#use-cases/ports'
import { changeCallBack, planCallBack } from '#use-cases/telephone/call-backs'
import { languageOf } from './language.ts'
import { parse } from './parse.ts'
import { staffOf } from './staff-session.ts'

const LISTED = 500

/** `/api/call-backs`: promises to call citizens back. Mounted behind `mustSeeCalls`. */
export function callBackRoutes(ports: Ports, readJson: RequestHandler): Router {
  const router = Router()

  router.get('/', async (_request, response) => {
    const open = await ports.callBacks.listOpen(LISTED)
    response.json({ callBacks: open.map(presentCallBack) } satisfies CallBackList)
  })

  router.post('/', readJson, async (request, response) => {
    const given = parse(NewCallBack, request.body, languageOf(request))
    const promised = await planCallBack(given, staffOf(response), ports)
    response.status(201).json(presentCallBack(promised) satisfies CallBackView)
  })

  router.patch('/:id', readJson, async (request, response) => {
    const change = parse(CallBackChange, request.body, languageOf(request))
    const id = String(request.params['id'])
    const changed = await changeCallBack(id, change, staffOf(response), ports)
    response.json(presentCallBack(changed) satisfies CallBackView)
  })
  return router
}
