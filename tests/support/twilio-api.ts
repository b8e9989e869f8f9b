import { createServer as createHttpServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import prismHttp from '@stoplight/prism-http'
import prismServer from '@stoplight/prism-http-server'
import { pino } from 'pino'

const DESCRIPTION = fileURLToPath(
  new URL('../fixtures/twilio/api-v2010.openapi.json', import.meta.url),
)

/** A request as it reached the telephone company. */
export type ApiRequest = {
  readonly method: string
  readonly path: string
  readonly form: URLSearchParams
}

const ONE_CALL = /\/Calls\/CA[0-9a-f]+\.json$/

type Refusal = { readonly status: number; readonly code?: number; readonly part?: string }

/** Twilio's REST side, played from its own description: what it does not describe, it refuses. */
export type TwilioApi = {
  readonly url: string
  readonly requests: ApiRequest[]
  /** From now on every request, or those of this part, is answered so; null: as described again. */
  refuseWith(answer: Refusal | null): void
  close(): Promise<void>
}

/** Starts it on loopback. */
export async function startTwilioApi(): Promise<TwilioApi> {
  const operations = await prismHttp.getHttpOperationsFromSpec(DESCRIPTION)
  const prism = prismServer.createServer(operations, {
    components: {
      logger: pino({
        level: 'silent',
        customLevels: { success: 31, start: 32, note: 33 },
      }) as never,
    },
    config: {
      isProxy: false,
      validateRequest: true,
      // Its own examples have relative addresses where it promises whole ones.
      validateResponse: false,
      checkSecurity: true,
      errors: true,
      upstreamProxy: undefined,
      mock: { dynamic: false },
    },
    cors: false,
  })
  const prismUrl = await prism.listen(0, '127.0.0.1')
  const requests: ApiRequest[] = []
  let refusal: Refusal | null = null

  const front = createHttpServer((request, response) => {
    void (async () => {
      const body = await bytesOf(request)
      const { method = 'GET', url: path = '/' } = request
      requests.push({ method, path, form: new URLSearchParams(body.toString()) })
      if (refusal !== null && path.includes(refusal.part ?? '')) {
        response.writeHead(refusal.status, { 'content-type': 'application/json' })
        response.end(JSON.stringify({ ...refusal, message: 'refused by the test' }))
        return
      }
      const answer = await fetch(prismUrl + path, {
        method,
        // Lists with something in them; the first example of a list is an empty one.
        headers: {
          ...headersOf(request),
          ...(method === 'GET' && !ONE_CALL.test(path) && { prefer: 'example=readFull' }),
        },
        ...(body.length > 0 && { body }),
      })
      response.writeHead(answer.status, {
        'content-type': answer.headers.get('content-type') ?? 'application/json',
      })
      response.end(Buffer.from(await answer.arrayBuffer()))
    })()
  })
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${String((front.address() as AddressInfo).port)}`,
    requests,
    refuseWith: (answer) => {
      refusal = answer
    },
    close: async () => {
      front.closeAllConnections()
      await new Promise((resolve) => front.close(resolve))
      await prism.close()
    },
  }
}

async function bytesOf(request: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

function headersOf(request: IncomingMessage): Record<string, string> {
  const { authorization, accept } = request.headers
  const type = request.headers['content-type']
  return {
    ...(authorization !== undefined && { authorization }),
    ...(accept !== undefined && { accept }),
    ...(type !== undefined && { 'content-type': type }),
  }
}
