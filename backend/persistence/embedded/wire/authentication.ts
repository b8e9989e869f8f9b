import { Binary } from 'bson'
import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto'
import { CommandError } from '../errors.ts'
import { asText } from '../bson/show.ts'
import { doc, type Doc } from '../bson/values.ts'

/** What the server keeps of its one user's password: enough to check it, not to know it. */
export interface Credential {
  readonly user: string
  readonly salt: Buffer
  readonly iterations: number
  readonly storedKey: Buffer
  readonly serverKey: Buffer
}

/** How far a connection has come with proving who it is. */
export interface Authentication {
  readonly credential: Credential | null
  /** Who the connection proved to be; null before that, or when nobody has to. */
  user: string | null
  conversation: Conversation | null
}

interface Conversation {
  readonly clientFirst: string
  readonly serverFirst: string
  readonly nonce: string
  isProved: boolean
}

const iterations = 15_000

/** Derives what SCRAM-SHA-256 checks a password against. */
export function deriveCredential(user: string, password: string): Credential {
  const salt = randomBytes(28)
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256')
  const clientKey = hmac(salted, 'Client Key')
  return {
    user,
    salt,
    iterations,
    storedKey: sha256(clientKey),
    serverKey: hmac(salted, 'Server Key'),
  }
}

/** The state of a new connection; without a credential everybody may do everything. */
export function newAuthentication(credential: Credential | null): Authentication {
  return { credential, user: null, conversation: null }
}

/** True when the connection may use the data. */
export function isAuthorized({ credential, user }: Authentication): boolean {
  return credential === null || user !== null
}

/** The first step of SCRAM: the client's name and nonce, answered with ours. */
export function startAuthentication(authentication: Authentication, body: Doc): Doc {
  const mechanism = body.get('mechanism')
  if (mechanism !== 'SCRAM-SHA-256') {
    throw new CommandError(
      334,
      `Received authentication for mechanism ${asText(mechanism)} which is not enabled`,
    )
  }
  const message = payloadOf(body)
  const match = /^n,(?:a=[^,]*)?,(n=([^,]*),r=([^,]+))$/.exec(message)
  const { credential } = authentication
  if (!match || !credential) throw failed()
  const [, clientFirst = '', , clientNonce = ''] = match
  // A stranger's name is asked for its proof like any other, and fails there.
  const nonce = clientNonce + randomBytes(24).toString('base64')
  const serverFirst = `r=${nonce},s=${credential.salt.toString('base64')},i=${String(credential.iterations)}`
  authentication.conversation = { clientFirst, serverFirst, nonce, isProved: false }
  return reply(serverFirst, false)
}

/** The second step: the client proves that it knows the password, and so do we. */
export function continueAuthentication(authentication: Authentication, body: Doc): Doc {
  const { conversation, credential } = authentication
  if (!conversation || !credential) throw failed()
  if (conversation.isProved) {
    authentication.conversation = null
    authentication.user = credential.user
    return reply('', true)
  }
  const match = /^(c=([^,]+),r=([^,]+)),p=([^,]+)$/.exec(payloadOf(body))
  if (!match) throw failed(authentication)
  const [, withoutProof = '', , nonce = '', proof = ''] = match
  const text = `${conversation.clientFirst},${conversation.serverFirst},${withoutProof}`
  const isName = conversation.clientFirst.startsWith(`n=${escapeName(credential.user)},`)
  if (!isName || nonce !== conversation.nonce || !isProof(credential, text, proof))
    throw failed(authentication)
  authentication.user = credential.user
  conversation.isProved = true
  const signature = hmac(credential.serverKey, text).toString('base64')
  return reply(`v=${signature}`, true)
}

function isProof(credential: Credential, text: string, proof: string): boolean {
  const signature = hmac(credential.storedKey, text)
  const given = Buffer.from(proof, 'base64')
  if (given.length !== signature.length) return false
  const clientKey = Buffer.from(signature.map((byte, i) => byte ^ (given[i] ?? 0)))
  return timingSafeEqual(sha256(clientKey), credential.storedKey)
}

function escapeName(name: string): string {
  return name.replaceAll('=', '=3D').replaceAll(',', '=2C')
}

function payloadOf(body: Doc): string {
  const payload = body.get('payload')
  if (payload instanceof Binary) return Buffer.from(payload.value()).toString('utf8')
  return typeof payload === 'string' ? payload : ''
}

function reply(payload: string, done: boolean): Doc {
  return doc({ conversationId: 1, done, payload: new Binary(Buffer.from(payload)) })
}

function failed(authentication?: Authentication): CommandError {
  if (authentication) authentication.conversation = null
  return new CommandError('AuthenticationFailed', 'Authentication failed.')
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}

function sha256(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest()
}
