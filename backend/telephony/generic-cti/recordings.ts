import { soundTypeOf } from '#domain/recording-type'
import type { ExchangeRecordings, FetchedRecording } from '#use-cases/ports/telephony'
import { readAtMost } from '../read-at-most.ts'

/** Where an exchange keeps its recordings, and what lets us in. */
type RecordingsPlace = {
  /** Nothing outside of this address is ever asked for; with a slash at its end. */
  readonly base: string
  readonly token: string | null
}

// An hour of talk as uncompressed WAV at 8 kHz.
const MAX_BYTES = 60_000_000
const TIMEOUT_MS = 60_000
const REDIRECTS_MAX = 3

/**
 * Fetches recordings over HTTP. Where to is what an exchange pushed, so nothing but the base that an
 * administrator set is asked, redirects included.
 */
export function httpExchangeRecordings(
  place: RecordingsPlace,
  maxBytes = MAX_BYTES,
): ExchangeRecordings {
  return {
    async fetch(url) {
      const signal = AbortSignal.timeout(TIMEOUT_MS)
      try {
        return await fetchFrom(url, { place, signal, maxBytes })
      } catch (error) {
        return { problem: 'unreachable', reason: reasonOf(error) }
      }
    },
  }
}

type Fetching = {
  readonly place: RecordingsPlace
  readonly signal: AbortSignal
  readonly maxBytes: number
}

async function fetchFrom(
  given: string,
  { place, signal, maxBytes }: Fetching,
): Promise<FetchedRecording> {
  let address = given
  for (let hop = 0; hop <= REDIRECTS_MAX; hop++) {
    if (!isUnder(address, place.base)) {
      return { problem: hop === 0 ? 'other-host' : 'redirected', reason: 'not under the base' }
    }
    const response = await fetch(address, {
      headers: place.token === null ? {} : { authorization: `Bearer ${place.token}` },
      redirect: 'manual',
      signal,
    })
    const location = locationOf(response)
    if (location === null) return soundIn(response, maxBytes)
    await response.body?.cancel()
    address = new URL(location, address).href
  }
  return { problem: 'redirected', reason: 'too many redirects' }
}

async function soundIn(response: Response, maxBytes: number): Promise<FetchedRecording> {
  const { ok, status, headers, body } = response
  const type = soundTypeOf(headers.get('content-type'))
  if (!ok || type === null || body === null) {
    await body?.cancel()
    if (!ok) return { problem: 'unreachable', reason: `answered ${String(status)}` }
    return { problem: 'not-sound', reason: `is ${headers.get('content-type') ?? 'of no type'}` }
  }
  if (Number(headers.get('content-length') ?? 0) > maxBytes) {
    await body.cancel()
    return { problem: 'too-large', reason: 'says that it is larger' }
  }
  const bytes = await readAtMost(body, maxBytes)
  return bytes === null ? { problem: 'too-large', reason: 'is larger' } : { bytes, type }
}

function locationOf({ status, headers }: Response): string | null {
  return status >= 300 && status < 400 ? headers.get('location') : null
}

/** True for an address below the base, as a server would read it: no dots and no coded slashes lead out. */
function isUnder(address: string, base: string): boolean {
  if (!URL.canParse(address)) return false
  const { origin, pathname, username, password } = new URL(address)
  const allowed = new URL(base)
  return (
    origin === allowed.origin &&
    username + password === '' &&
    pathname.startsWith(allowed.pathname) &&
    !/%(?:2f|5c|2e|00)/i.test(pathname)
  )
}

/** What Node's fetch met is in the cause of its error. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? error.cause.message : error.message
}
