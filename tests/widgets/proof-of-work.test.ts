import { createChallenge, verifySolution } from 'altcha-lib'
import type { Payload } from 'altcha-lib'
import { deriveKey as pbkdf2 } from 'altcha-lib/algorithms/pbkdf2'
import { deriveKey as sha } from 'altcha-lib/algorithms/sha'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { solve } from '../../widgets/api/proof-of-work.ts'

const hmacSignatureSecret = 'for-this-test'

beforeEach(() => {
  vi.stubGlobal('isSecureContext', true)
})
afterEach(() => {
  vi.unstubAllGlobals()
})

test.each([
  ['SHA-256', 1, sha],
  ['SHA-512', 3, sha],
  ['PBKDF2/SHA-256', 50, pbkdf2],
] as const)(
  'a %s puzzle is solved as the server’s library wants it',
  async (algorithm, cost, deriveKey) => {
    const challenge = await createChallenge({
      algorithm,
      cost,
      keyPrefix: '0a',
      deriveKey,
      hmacSignatureSecret,
    })
    const proof = await solve(challenge, new AbortController().signal)
    const payload = JSON.parse(atob(proof)) as Payload
    const verified = await verifySolution({ ...payload, deriveKey, hmacSignatureSecret })
    expect(verified.verified).toBe(true)
  },
)

test('solving stops when the citizen stops', async () => {
  const parameters = {
    algorithm: 'SHA-256',
    nonce: '00',
    salt: '00',
    cost: 1,
    keyPrefix: 'f'.repeat(64),
  }
  const stop = new AbortController()
  const solving = solve({ parameters }, stop.signal)
  stop.abort()
  await expect(solving).rejects.toMatchObject({ name: 'AbortError' })
})

test('on plain http the citizen is sent to the secure portal', async () => {
  vi.stubGlobal('isSecureContext', false)
  const parameters = { algorithm: 'SHA-256', nonce: '00', salt: '00', cost: 1, keyPrefix: '0' }
  const solving = solve({ parameters }, new AbortController().signal)
  await expect(solving).rejects.toMatchObject({ kind: 'insecure' })
})
