import express from 'express'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import webhooks from 'twilio/lib/webhooks/webhooks.js'
import { helpParent } from './helper.ts'

/** The token that webhooks are signed with. */
export type BareWebhooks = { readonly authToken: string }

const TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response><Say>Xin chào</Say></Response>'

// Given by the one who starts this script, of the very same build.
helpParent(async (given) => serveBareWebhooks(given as BareWebhooks))

/** The baseline of webhooks: Express reads the form and checks its signature. Answers its port. */
async function serveBareWebhooks({ authToken }: BareWebhooks): Promise<number> {
  const app = express()
  app.post('/*door', express.urlencoded({ extended: false }), (request, response) => {
    const url = `http://${request.get('host') ?? ''}${request.originalUrl}`
    const signature = request.get('x-twilio-signature') ?? ''
    const fields = request.body as Record<string, string>
    if (webhooks.validateRequest(authToken, signature, url, fields)) {
      response.type('text/xml').send(TWIML)
    } else response.sendStatus(403)
  })
  const server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}
