import type { Messages } from '../i18n/vi.ts'
import type { Pin } from './report-state.ts'

export type LocateProblem = keyof Messages['report']['where']['locateProblems']

const TIMEOUT_MS = 15_000
// About a metre; more digits only look precise.
const DECIMALS = 5

/** Whether the browser can be asked at all: never on plain http. */
export function canLocate(): boolean {
  return isSecureContext && 'geolocation' in navigator
}

/** Where the device is, or why that cannot be known. */
export function locate(): Promise<Pin | LocateProblem> {
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ lat: rounded(coords.latitude), lng: rounded(coords.longitude) }),
      ({ code, PERMISSION_DENIED }) => resolve(code === PERMISSION_DENIED ? 'denied' : 'failed'),
      { enableHighAccuracy: true, timeout: TIMEOUT_MS, maximumAge: 60_000 },
    )
  })
}

/** A coordinate without digits that no device can know. */
function rounded(degrees: number): number {
  return Number(degrees.toFixed(DECIMALS))
}
