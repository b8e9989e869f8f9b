import type { Unit } from '#contracts/catalogue'
import type { CitizenApi } from '../api/citizen-api.ts'
import { locate } from './locate.ts'
import type { LocateProblem } from './locate.ts'
import type { Pin } from './report-state.ts'

/** Where the citizen is and in which ward, or why that cannot be known. */
export async function findMe(
  api: CitizenApi,
): Promise<{ readonly pin: Pin; readonly ward: Unit | null } | LocateProblem> {
  const pin = await locate()
  if (typeof pin === 'string') return pin
  const near = `${String(pin.lat)},${String(pin.lng)}`
  // Without the nearest unit the pin alone still says where.
  const units = await api.units({ near }, new AbortController().signal).catch(() => [])
  return { pin, ward: units.find(({ level }) => level === 'ward') ?? null }
}
