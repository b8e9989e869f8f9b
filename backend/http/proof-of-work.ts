import { CappedMap, createChallenge, randomInt, verifySolution } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import { z } from 'zod'
import type { Challenge } from '#contracts/reports'
import { DomainError } from '#domain/errors'

/** A puzzle that costs a phone a second or two and a flood of spam a fortune. */
export type ProofOfWork = {
  challenge(): Promise<Challenge>
  /**
   * Refuses with `proof-of-work-required` unless `proof` is a fresh, right, unused solution. The
   * same report sent again, by its `idempotencyKey`, may bring the same solution again.
   */
  check(proof: string | undefined, idempotencyKey: string | null): Promise<void>
}

const ITERATIONS = 1_000
const VALID_MS = 20 * 60_000
const REMEMBERED = 100_000

const Payload = z.object({
  challenge: z.looseObject({ parameters: z.looseObject({}), signature: z.string() }),
  solution: z.looseObject({}),
})

/** Puzzles in altcha's format, signed with `secret`. */
export function proofOfWork(secret: string): ProofOfWork {
  const keys = {
    hmacSignatureSecret: `${secret}:puzzle`,
    hmacKeySignatureSecret: `${secret}:puzzle-key`,
  }
  /** The key under which each solution was used. */
  const used = new CappedMap<string, string | null>({ maxSize: REMEMBERED })
  return {
    async challenge() {
      const challenge = await createChallenge({
        algorithm: 'PBKDF2/SHA-256',
        cost: ITERATIONS,
        counter: randomInt(200, 100),
        deriveKey,
        expiresAt: new Date(Date.now() + VALID_MS),
        ...keys,
      })
      return { ...challenge }
    },
    async check(proof, idempotencyKey) {
      if (proof === undefined) throw new DomainError('proof-of-work-required', 'proof-missing')
      const payload = readPayload(proof)
      const isRight = payload !== null && (await isSolved(payload, keys))
      if (!isRight) throw new DomainError('proof-of-work-required', 'proof-wrong')
      const { signature } = payload.challenge
      const isRetry = idempotencyKey !== null && used.get(signature) === idempotencyKey
      if (used.has(signature) && !isRetry) {
        throw new DomainError('proof-of-work-required', 'proof-wrong')
      }
      used.set(signature, idempotencyKey)
    },
  }
}

function readPayload(proof: string): z.infer<typeof Payload> | null {
  try {
    return Payload.parse(JSON.parse(Buffer.from(proof, 'base64').toString('utf8')))
  } catch {
    // Whatever it is, it is no solution.
    return null
  }
}

type Keys = { readonly hmacSignatureSecret: string; readonly hmacKeySignatureSecret: string }

async function isSolved(payload: z.infer<typeof Payload>, keys: Keys): Promise<boolean> {
  try {
    // The signature over the challenge proves that we made it, in the shape the library wants.
    const result = await verifySolution({ ...(payload as never as Payload), deriveKey, ...keys })
    return result.verified
  } catch {
    return false
  }
}

type Payload = Pick<Parameters<typeof verifySolution>[0], 'challenge' | 'solution'>
