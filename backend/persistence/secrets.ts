import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Secrets } from '#use-cases/ports'

const FILE = 'installation-secret'
const PIN_SPACE = 1_000_000

/**
 * The installation's secret: made once into `dataDir` (mode 0600) and the same at every start.
 * PINs and sign-in cookies hang on it; it belongs into every backup.
 */
export async function readInstallationSecret(dataDir: string): Promise<string> {
  const path = join(dataDir, FILE)
  try {
    // `wx`: of two first starts at once only one writes, the other reads what it wrote.
    await writeFile(path, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST'
    if (!isThere) throw error
  }
  return (await readFile(path, 'utf8')).trim()
}

/**
 * PINs and hashes keyed by the installation's secret. A PIN has only a million values, so no slow
 * hash would protect it from someone who holds the database; the key does, and costs microseconds.
 */
export function keyedSecrets(secret: string): Secrets {
  const keyed = (label: string, text: string) =>
    createHmac('sha256', secret).update(`${label}\0${text}`).digest()
  const hashPin = (code: string, pin: string) =>
    keyed('pin-hash', `${code}\0${pin}`).toString('hex')
  return {
    pinFor(code) {
      // 48 bits over a million values: the bias is below one in 10^8.
      const number = keyed('pin', code).readUIntBE(0, 6) % PIN_SPACE
      return String(number).padStart(6, '0')
    },
    hashPin,
    isPin(code, pin, hash) {
      const given = Buffer.from(hashPin(code, pin), 'hex')
      const kept = Buffer.from(hash, 'hex')
      return given.length === kept.length && timingSafeEqual(given, kept)
    },
    hashContent: (text) => createHash('sha256').update(text).digest('hex'),
  }
}
