import { type RequestHandler, Router } from 'express'
import {
  NewStaffAccount,
  OwnAccountChange,
  type Session,
  StaffAccountChange,
} from '#contracts/staff'
import type { StaffMember } from '#domain/access'
import {
  changeAccount,
  changeOwnTelephone,
  listAccounts,
  openAccount,
  type StaffPorts,
} from '#use-cases/manage-staff'
import { presentAccount } from '#presenters/present-account'
import { languageOf } from './language.ts'
import { parse } from './parse.ts'
import { requireAdministrator, staffOf } from './staff-session.ts'

/** `/api/session`: who is signed in, and their telephone. Mounted behind `requireStaff`. */
export function sessionRoutes(ports: StaffPorts, readJson: RequestHandler): Router {
  const router = Router()
  router.get('/', async (_request, response) => {
    response.json((await sessionOf(staffOf(response), ports)) satisfies Session)
  })

  router.patch('/', readJson, async (request, response) => {
    const { telephone } = parse(OwnAccountChange, request.body, languageOf(request))
    const staff = staffOf(response)
    await changeOwnTelephone(staff.id, telephone, ports)
    response.json((await sessionOf(staff, ports)) satisfies Session)
  })
  return router
}

/** `/api/staff`: accounts, for administrators. Mounted behind `requireStaff`. */
export function staffRoutes(ports: StaffPorts, readJson: RequestHandler): Router {
  const router = Router()
  router.use(requireAdministrator)

  router.get('/', async (_request, response) => {
    response.json((await listAccounts(ports)).map(presentAccount))
  })

  router.post('/', readJson, async (request, response) => {
    const account = parse(NewStaffAccount, request.body, languageOf(request))
    response.status(201).json(presentAccount(await openAccount(account, ports)))
  })

  router.patch('/:id', readJson, async (request, response) => {
    const change = parse(StaffAccountChange, request.body, languageOf(request))
    response.json(presentAccount(await changeAccount(String(request.params['id']), change, ports)))
  })
  return router
}

async function sessionOf(staff: StaffMember, ports: StaffPorts): Promise<Session> {
  const agency = staff.agencyId === null ? null : await ports.agencies.findById(staff.agencyId)
  const { id, name, email, role } = staff
  return {
    id,
    name,
    email,
    role,
    agency: agency === null ? null : { id: agency.id, name: agency.name },
    telephone: (await ports.accounts.find(id))?.telephone ?? null,
    hasTwoFactor: await ports.accounts.hasTwoFactor(id),
  }
}
