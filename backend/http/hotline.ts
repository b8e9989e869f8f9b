import { Router } from 'express'
import type { HotlinePreview } from '#contracts/hotline'
import { presentHotline } from '#presenters/present-hotline'
import type { Ports } from '#use-cases/ports'
import { requireAdministrator } from './staff-session.ts'

/** `/api/hotline`: what callers hear now, for administrators. Mounted behind `requireStaff`. */
export function hotlineRoutes(ports: Pick<Ports, 'settings' | 'now'>): Router {
  const router = Router()
  router.get('/preview', requireAdministrator, (_request, response) => {
    const { hotline, calendar } = ports.settings()
    response.json(presentHotline(hotline, calendar, ports.now()) satisfies HotlinePreview)
  })
  return router
}
