import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { request, type TestServer } from './test-server.ts'

export const CTI_TOKEN = 'a-token_only-this-test-knows'
export const CTI_HMAC_SECRET = 'a secret only this test knows'

/** The fields of a push, as an exchange sends them. */
export type PushFields = Record<string, unknown>

/** A recorded push from tests/fixtures/cti as it went over the wire. */
export function recordedBody(file: string): string {
  return readFileSync(new URL(`../fixtures/cti/${file}`, import.meta.url), 'utf8')
}

/** A recorded JSON push, with some fields said otherwise. */
export function recordedPush(name: string, overrides: PushFields = {}): PushFields {
  return { ...(JSON.parse(recordedBody(`${name}.json`)) as PushFields), ...overrides }
}

/** What stands in `X-CTI-Signature`. */
export function ctiSignature(body: string, secret = CTI_HMAC_SECRET): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
}

/** Sends a push as JSON. */
export async function pushJson(server: Pick<TestServer, 'url'>, fields: unknown) {
  return request(server, 'POST', `/telephony/cti/${CTI_TOKEN}`, { body: fields })
}

/** Sends a body just as it is. */
export async function pushBody(
  server: Pick<TestServer, 'url'>,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string>,
  token = CTI_TOKEN,
): Promise<{ status: number; body: unknown }> {
  const url = `${server.url}/telephony/cti/${token}`
  const response = await fetch(url, { method: 'POST', headers, body })
  return { status: response.status, body: await response.json() }
}
