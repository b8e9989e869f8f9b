import { readFileSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import express, { type ErrorRequestHandler } from 'express'
import webhooks from 'twilio/lib/webhooks/webhooks.js'
import type { CallEvent } from '#domain/call'
import { DomainError } from '#domain/errors'
import { telephonyRoutes } from '#telephony/twilio-routes'
import type { Ports } from '#use-cases/ports'

export const AUTH_TOKEN = 'a-token-that-only-this-test-knows'
export const PUBLIC_URL = 'https://hotline.example.vn'

/** Fields of a webhook, as Twilio sends them. */
export type Fields = Record<string, string | string[]>

/** A recorded webhook from tests/fixtures/twilio, with some fields said otherwise. */
export function twilioWebhook(name: string, overrides: Fields = {}): Fields {
  const file = new URL(`../fixtures/twilio/${name}.json`, import.meta.url)
  return { ...(JSON.parse(readFileSync(file, 'utf8')) as Fields), ...overrides }
}

/** The signature that Twilio's own library expects. */
export function signatureFor(url: string, fields: Fields, token = AUTH_TOKEN): string {
  return webhooks.getExpectedTwilioSignature(token, url, fields)
}

type Answer = { status: number; mediaType: string; text: string; headers: Headers }

/** A hotline that listens on loopback behind a "proxy" that took `PUBLIC_URL` off. */
export type Hotline = {
  readonly port: number
  /** Sends a request just as told. */
  request(path: string, init: RequestInit): Promise<Answer>
  /** Sends a webhook as Twilio would, signed for the public address. */
  send(door: string, fields: Fields): Promise<Answer>
  readonly logged: string[]
  /** Events that wait for the database. */
  readonly waiting: CallEvent[]
  close(): Promise<void>
}

type HotlineOptions = {
  readonly publicUrl?: string
  readonly isConfigured?: boolean
  readonly answerWithinMs?: number
}

/** Starts the real routes on the given ports. */
export async function startHotline(ports: Ports, options: HotlineOptions = {}): Promise<Hotline> {
  const { publicUrl = PUBLIC_URL, isConfigured = true, answerWithinMs } = options
  const logged: string[] = []
  const log = {
    warn: (_details: object, message: string) => logged.push(message),
    error: (_details: object, message: string) => logged.push(message),
  }
  const waiting: CallEvent[] = []
  const journal = {
    append: (events: readonly CallEvent[]) => Promise.resolve(void waiting.push(...events)),
  }
  const app = express()
  app.use(
    '/telephony',
    telephonyRoutes({
      ports,
      publicUrl,
      twilio: isConfigured ? { authToken: AUTH_TOKEN } : null,
      musicFile: fileURLToPath(new URL('../../seeds/telephone/waiting-music.wav', import.meta.url)),
      log,
      journal,
      ...(answerWithinMs !== undefined && { answerWithinMs }),
    }),
  )
  app.use(answerFailure)
  const server = app.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo

  const ownUrl = `http://127.0.0.1:${port}`

  return {
    port,
    request: async (path, init) => request(ownUrl + path, init),
    logged,
    waiting,
    send: async (door, fields) => sendWebhook(ownUrl, publicUrl, door, fields),
    close: async () => closeServer(server),
  }
}

/** Sends a webhook to a server as Twilio would, signed for the server's public address. */
export async function sendWebhook(
  ownUrl: string,
  publicUrl: string,
  door: string,
  fields: Fields,
): Promise<Answer> {
  const path = `/telephony/twilio/${door}`
  const signature = signatureFor(publicUrl.replace(/\/$/, '') + path, fields)
  return request(ownUrl + path, signedPost(signature, formOf(fields)))
}

async function request(url: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(url, init)
  const mediaType = response.headers.get('content-type')?.split(';')[0] ?? ''
  const { status, headers } = response
  return { status, mediaType, headers, text: await response.text() }
}

/** A form POST with a signature. */
export function signedPost(signature: string, body: string) {
  return {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': signature,
    },
    body,
  }
}

/** Fields as a form; a field with several values is repeated. */
export function formOf(fields: Fields): string {
  const form = new URLSearchParams()
  for (const [name, values] of Object.entries(fields)) {
    for (const value of [values].flat()) form.append(name, value)
  }
  return form.toString()
}

const answerFailure: ErrorRequestHandler = (error: unknown, _req, res, next) => {
  if (res.headersSent) {
    next(error)
    return
  }
  const isUnavailable = error instanceof DomainError && error.code === 'unavailable'
  res.status(isUnavailable ? 503 : 500).send(String(error))
}

async function closeServer(server: Server): Promise<void> {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
}
