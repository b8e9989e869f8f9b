import type { Server, Socket } from 'socket.io'
import type { ClientEvents, ServerEvents } from '#contracts/events'
import { canSeeRestricted, type StaffMember, worksAtCentre } from '#domain/access'

/** What a socket remembers: who it is, and which cases are open on its screen. */
export type SocketData = {
  staff: StaffMember
  watching: Record<string, 'viewing' | 'writing'>
}

export type ConsoleServer = Server<ClientEvents, ServerEvents, Record<string, never>, SocketData>
export type ConsoleSocket = Socket<ClientEvents, ServerEvents, Record<string, never>, SocketData>

/** Agents: every case but the restricted ones. */
export const CENTRE_ROOM = 'centre'
/** Supervisors and administrators: every case. */
export const LEADS_ROOM = 'leads'

/** Officers and approvers of an agency. */
export function agencyRoom(agencyId: string): string {
  return `agency:${agencyId}`
}

/** Everyone who has a case open. */
export function caseRoom(code: string): string {
  return `case:${code}`
}

/** Every socket of one account. */
export function staffRoom(staffId: string): string {
  return `staff:${staffId}`
}

/** The one room whose events this person may hear. */
export function inboxRoomOf(staff: StaffMember): string | null {
  if (canSeeRestricted(staff)) return LEADS_ROOM
  if (worksAtCentre(staff)) return CENTRE_ROOM
  return staff.agencyId === null ? null : agencyRoom(staff.agencyId)
}
