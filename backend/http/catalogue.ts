import { Router } from 'express'
import { z } from 'zod'
import { type Catalogue, UnitQuery } from '#contracts/catalogue'
import type { FieldNames } from '#presenters/field-names'
import { presentCatalogue } from '#presenters/present-catalogue'
import type { Ports } from '#use-cases/ports'
import { allowAnyOrigin } from './cross-origin.ts'
import { languageOf, queryOf } from './language.ts'
import { parse } from './parse.ts'
import type { RateLimits } from './rate-limits.ts'

/** Field names as the settings have them now. */
export type FieldNamesNow = () => FieldNames

const UNITS_SHOWN = 12

/** `/api/catalogue`, `/api/units`: what forms and filters need; open to every origin. */
export function catalogueRoutes(
  ports: Ports,
  limits: RateLimits,
  shown: Pick<Catalogue, 'proofOfWork' | 'tileUrl'>,
): Router {
  const router = Router()
  router.use(['/catalogue', '/units'], allowAnyOrigin)

  router.get('/catalogue', limits.of('reading'), (_request, response) => {
    const catalogue = presentCatalogue(ports.settings().fields, ports.gazetteer.provinces(), shown)
    response.setHeader('Cache-Control', 'public, max-age=60')
    response.json(catalogue)
  })

  router.get('/units', limits.of('reading'), (request, response) => {
    const query = parse(UnitQuery, queryOf(request), languageOf(request))
    const [lat, lng] = (query.near ?? '').split(',').map(Number)
    if (query.near !== undefined && lat !== undefined && lng !== undefined) {
      const nearest = ports.gazetteer.nearest(lat, lng)
      response.json(nearest === null ? [] : [nearest])
      return
    }
    response.json(ports.gazetteer.search(query.q, query.province ?? null, UNITS_SHOWN))
  })
  return router
}

/** `GET /api/agencies`: agencies by name, accents not needed. */
export const AgencyQuery = z.strictObject({ q: z.string().max(200).default('') })
const AGENCIES_SHOWN = 20

/** `/api/agencies`: a search for staff who choose one. */
export function agencyRoutes(ports: Ports): Router {
  const router = Router()
  router.get('/', async (request, response) => {
    const query = parse(AgencyQuery, queryOf(request), languageOf(request))
    response.json(await ports.agencies.search(query.q, AGENCIES_SHOWN))
  })
  return router
}
