import { Router } from 'express'
import type { z } from 'zod'
import type { Wallboard, WallboardHistory } from '#contracts/telephony'
import { canSeeRestricted } from '#domain/access'
import { DomainError } from '#domain/errors'
import { historyCsv, presentHistory, presentWallboard } from '#presenters/present-wallboard'
import type { Ports } from '#use-cases/ports'
import { readHistory } from '#use-cases/call-history'
import { readWallboard } from '#use-cases/wallboard'
import { daysOf, HistoryQuery } from './day-range.ts'
import { languageOf, queryOf } from './language.ts'
import { parse } from './parse.ts'
import { staffOf } from './staff-session.ts'

/** `/api/wallboard`: the centre now and day by day, for supervisors. Mounted behind `requireStaff`. */
export function wallboardRoutes(ports: Ports): Router {
  const router = Router()
  router.use((_request, response, next) => {
    if (!canSeeRestricted(staffOf(response))) throw new DomainError('forbidden', 'not-allowed')
    next()
  })

  router.get('/', async (_request, response) => {
    response.json(presentWallboard(await readWallboard(ports)) satisfies Wallboard)
  })

  router.get('/history', async (request, response) => {
    const query = parse(HistoryQuery, queryOf(request), languageOf(request))
    const days = await historyOf(query, ports)
    response.json(presentHistory(days) satisfies WallboardHistory)
  })

  router.get('/history.csv', async (request, response) => {
    const lang = languageOf(request)
    const query = parse(HistoryQuery, queryOf(request), lang)
    const days = await historyOf(query, ports)
    response.setHeader('Content-Disposition', 'attachment; filename="hotline-history.csv"')
    response.type('text/csv').send(historyCsv(days, lang))
  })
  return router
}

async function historyOf(query: z.infer<typeof HistoryQuery>, ports: Ports) {
  const { first, last } = daysOf(query, ports.now())
  return readHistory(first, last, ports)
}
