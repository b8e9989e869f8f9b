import { Router } from 'express'
import { z } from 'zod'
import type { CallPage } from '#contracts/calls'
import { presentCall } from '#presenters/present-call'
import type { Ports } from '#use-cases/ports'
import { languageOf, queryOf } from './language.ts'
import { parse } from './parse.ts'

/** `GET /api/calls`: which page of the call log. */
export const CallQuery = z.strictObject({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

/** `/api/calls`: the call log, for people of the centre. Mounted behind `mustSeeCalls`. */
export function callRoutes(ports: Ports): Router {
  const router = Router()
  router.get('/', async (request, response) => {
    const { cursor, limit } = parse(CallQuery, queryOf(request), languageOf(request))
    const page = await ports.calls.list(cursor ?? null, limit)
    const calls = page.items.map((call) => presentCall(call, true))
    response.json({ calls, nextCursor: page.nextCursor } satisfies CallPage)
  })
  return router
}
