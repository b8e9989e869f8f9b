import { createHmac, timingSafeEqual } from 'node:crypto'

/** True for our token. Takes as long for a nearly right one as for a wrong one. */
export function isToken(given: string, token: string): boolean {
  return isSame(digest(given, 'token'), digest(token, 'token'))
}

/**
 * True where `signature` is the HMAC-SHA256 of the body as it arrived, in hexadecimal, with or
 * without `sha256=` before it.
 */
export function isSigned(body: Uint8Array, signature: string | undefined, secret: string): boolean {
  const hex = /^(?:sha256=)?([0-9a-f]{64})$/i.exec(signature?.trim() ?? '')?.[1]
  return hex !== undefined && isSame(Buffer.from(hex, 'hex'), digest(body, secret))
}

function digest(content: string | Uint8Array, key: string): Buffer {
  return createHmac('sha256', key).update(content).digest()
}

/** Digests are of one length, as `timingSafeEqual` asks. */
function isSame(a: Buffer, b: Buffer): boolean {
  return timingSafeEqual(a, b)
}
