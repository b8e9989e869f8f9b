import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The file in which a running server leaves its address for the tools of its owner. */
export const addressFile = 'embedded.uri'

/** The one user of an embedded database. */
export const databaseUser = 'hoiam'

/** The folder's password: made once, readable by its owner alone. */
export function readOrCreateSecret(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, 'embedded.secret')
  if (existsSync(file)) {
    chmodSync(file, 0o600)
    const secret = readFileSync(file, 'utf8').trim()
    if (/^[0-9a-f]{48}$/.test(secret)) return secret
    throw new Error(
      `${file} does not hold the database's secret. Restore it, or delete it to have a new one made.`,
    )
  }
  const secret = randomBytes(24).toString('hex')
  writeFileSync(file, `${secret}\n`, { mode: 0o600, flag: 'wx' })
  return secret
}

/** The address of the server, with all that a client needs. */
export function connectionUri(address: {
  host: string
  port: number
  setName: string | null
  secret: string | null
}): string {
  const { host, port, setName, secret } = address
  const login = secret === null ? '' : `${databaseUser}:${secret}@`
  const options = [
    ...(setName === null ? [] : [`replicaSet=${setName}`]),
    ...(secret === null ? [] : ['authSource=admin', 'authMechanism=SCRAM-SHA-256']),
  ]
  return `mongodb://${login}${host}:${String(port)}/?${options.join('&')}`
}
