import { RequestFailure } from './problem.ts'

/** The part of an altcha (version 2) challenge that solving needs. */
export interface Puzzle {
  readonly parameters: {
    readonly algorithm: string
    readonly nonce: string
    readonly salt: string
    readonly cost: number
    readonly keyLength?: number
    readonly keyPrefix: string
  }
  readonly signature?: string
}

const YIELD_MS = 50

/** Finds the number the server asks for and answers what `verifySolution` checks, as base64. */
export async function solve(challenge: Puzzle, signal: AbortSignal): Promise<string> {
  const { nonce, salt, keyPrefix } = challenge.parameters
  // Browsers hide the cryptography on plain http.
  if (!isSecureContext) throw new RequestFailure('insecure')
  const password = new Uint8Array(bytesOf(nonce).length + 4)
  password.set(bytesOf(nonce))
  const counterAt = new DataView(password.buffer)
  const saltBytes = bytesOf(salt)
  const prefix = keyPrefix.toLowerCase()

  const startedAt = performance.now()
  let yieldedAt = startedAt
  for (let counter = 0; ; counter++) {
    signal.throwIfAborted()
    counterAt.setUint32(password.length - 4, counter)
    const derivedKey = hexOf(await deriveKey(challenge.parameters, saltBytes, password))
    if (derivedKey.startsWith(prefix)) {
      const time = Math.round(performance.now() - startedAt)
      return btoa(JSON.stringify({ challenge, solution: { counter, derivedKey, time } }))
    }
    // Typing and scrolling go on while we calculate.
    if (performance.now() - yieldedAt > YIELD_MS) {
      await new Promise((resolve) => setTimeout(resolve))
      yieldedAt = performance.now()
    }
  }
}

async function deriveKey(
  { algorithm, cost, keyLength = 32 }: Puzzle['parameters'],
  salt: Uint8Array<ArrayBuffer>,
  password: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array> {
  const [scheme, hash] = algorithm.split(/\/(.*)/)
  if (scheme === 'PBKDF2' && hash) {
    const key = await crypto.subtle.importKey('raw', password, 'PBKDF2', false, ['deriveBits'])
    const parameters = { name: 'PBKDF2', hash, salt, iterations: cost }
    return new Uint8Array(await crypto.subtle.deriveBits(parameters, key, keyLength * 8))
  }
  let digest = new Uint8Array([...salt, ...password])
  for (let round = 0; round < Math.max(1, cost); round++) {
    digest = new Uint8Array(await crypto.subtle.digest(algorithm, digest))
  }
  return digest.subarray(0, keyLength)
}

function bytesOf(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
