import type { Twilio } from 'twilio'

/** What Twilio knows us by. An API key can be withdrawn alone, so it goes before the token. */
export type TwilioAccount = {
  readonly accountSid: string
  readonly authToken: string
  readonly apiKey: { readonly sid: string; readonly secret: string } | null
  /** Stands for `https://api.twilio.com`; null: that itself. */
  readonly apiBase: string | null
}

// With an edge or a region between: api.sydney.au1.twilio.com.
const API_HOST = /^api(\.[a-z0-9-]+)*\.twilio\.com$/
const TIMEOUT_MS = 15_000

/**
 * A client of Twilio's REST API. Where `apiBase` is set, nothing goes anywhere else: a request to
 * another of Twilio's hosts throws. The library takes half a second to load, so only who sends waits.
 */
export async function twilioRestClient(
  account: TwilioAccount,
  timeoutMs = TIMEOUT_MS,
): Promise<Twilio> {
  const [{ default: Client }, { default: RequestClient }] = await Promise.all([
    import('twilio/lib/rest/Twilio.js'),
    import('twilio/lib/base/RequestClient.js'),
  ])
  const { accountSid, authToken, apiKey, apiBase } = account
  const httpClient = new RequestClient({ timeout: timeoutMs })
  if (apiBase !== null) {
    const request = httpClient.request.bind(httpClient)
    httpClient.request = async (options) =>
      request({ ...options, uri: mapped(options.uri, apiBase) })
  }
  return new Client(apiKey?.sid ?? accountSid, apiKey?.secret ?? authToken, {
    accountSid,
    httpClient,
  })
}

/** The whole address of a path of the API, e.g. for files that the library does not fetch. */
export function apiAddress({ apiBase }: TwilioAccount, path: string): string {
  return `${(apiBase ?? 'https://api.twilio.com').replace(/\/+$/, '')}/2010-04-01${path}`
}

function mapped(uri: string, apiBase: string): string {
  const { host, pathname, search } = new URL(uri)
  if (!API_HOST.test(host)) throw new Error(`TWILIO_API_BASE does not stand for ${host}`)
  return apiBase.replace(/\/+$/, '') + pathname + search
}
