import { type RequestHandler, Router } from 'express'
import { AgencyUpdate, SettingContracts, type SettingName } from '#contracts/settings'
import { DomainError } from '#domain/errors'
import type { AgencyRepository } from '#use-cases/ports'
import { languageOf } from './language.ts'
import { parse } from './parse.ts'
import { requireAdministrator } from './staff-session.ts'

/** Settings as an administrator reads and replaces them, one part at a time. */
export type SettingsDoor = {
  read(name: SettingName): unknown
  /** Refuses with `RangeError` what makes no sense together, e.g. overlapping hours. */
  replace(name: SettingName, value: unknown): Promise<void>
}

/** `/api/settings/{name}` and `/api/agencies/{id}`: what an administrator edits. */
export function settingsRoutes(
  settings: SettingsDoor,
  agencies: AgencyRepository,
  readJson: RequestHandler,
): Router {
  const router = Router()

  router.get('/settings/:name', requireAdministrator, (request, response) => {
    response.json(settings.read(nameOf(request.params['name'])))
  })

  router.put('/settings/:name', requireAdministrator, readJson, async (request, response) => {
    const name = nameOf(request.params['name'])
    const value = parse(SettingContracts[name], request.body, languageOf(request))
    await replaceOrRefuse(settings, name, value)
    response.json(settings.read(name))
  })

  router.put('/agencies/:id', requireAdministrator, readJson, async (request, response) => {
    const agency = parse(AgencyUpdate, request.body, languageOf(request))
    if (agency.id !== request.params['id']) {
      throw new DomainError('invalid', 'agency-not-found', {}, '/id')
    }
    await agencies.save(agency)
    response.json(agency)
  })
  return router
}

function nameOf(name: unknown): SettingName {
  const known = Object.keys(SettingContracts).find((each) => each === name)
  if (known === undefined) throw new DomainError('not-found', 'route-unknown')
  return known as SettingName
}

async function replaceOrRefuse(
  settings: SettingsDoor,
  name: SettingName,
  value: unknown,
): Promise<void> {
  try {
    await settings.replace(name, value)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    // The calendar alone is compiled, from its week.
    throw new DomainError('invalid', 'hours-senseless', {}, '/week')
  }
}
