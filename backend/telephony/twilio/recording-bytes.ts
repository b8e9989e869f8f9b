import type { Recording } from '#domain/call'
import { readAtMost } from '../read-at-most.ts'
import { apiAddress, type TwilioAccount } from './rest-client.ts'

// Three hours of an MP3 at 32 kbit/s.
const MAX_BYTES = 50_000_000
const TIMEOUT_MS = 60_000

/** A recording's MP3. Throws what is wrong where it is not there, too large or not Twilio's. */
export async function fetchRecordingBytes(
  account: TwilioAccount,
  recording: Recording,
): Promise<Uint8Array> {
  const address = apiAddress(
    account,
    `/Accounts/${account.accountSid}/Recordings/${recording.ref}.mp3`,
  )
  const user = account.apiKey?.sid ?? account.accountSid
  const password = account.apiKey?.secret ?? account.authToken
  const response = await fetch(address, {
    headers: { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  })
  if (!response.ok || response.body === null) {
    await response.body?.cancel()
    throw new Error(`recording ${recording.ref}: answered ${String(response.status)}`)
  }
  const bytes = await readAtMost(response.body, MAX_BYTES)
  if (bytes !== null) return bytes
  throw new Error(`recording ${recording.ref}: larger than ${String(MAX_BYTES)} bytes`)
}
