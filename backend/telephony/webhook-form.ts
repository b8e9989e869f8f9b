import type { Request } from 'express'
import type { Webhook, WebhookFields } from './provider.ts'

/** The signature is checked, then the door opens: both read the same webhook. */
const read = new WeakMap<Request, Webhook>()

/** The webhook in a request whose body was read as bytes. */
export function webhookIn(req: Request): Webhook {
  const known = read.get(req)
  if (known !== undefined) return known
  const webhook = {
    originalUrl: req.originalUrl,
    signature: req.get('x-twilio-signature'),
    fields: fieldsIn(textIn(req)),
  }
  read.set(req, webhook)
  return webhook
}

/** True for a body that is a form from end to end: type, percent-encoding and UTF-8. */
export function isForm(req: Request): boolean {
  if (req.is('application/x-www-form-urlencoded') === false) return false
  try {
    decodeURIComponent(textIn(req))
    return true
  } catch {
    return false
  }
}

function textIn(req: Request): string {
  return Buffer.isBuffer(req.body) ? req.body.toString('utf8') : ''
}

function fieldsIn(form: string): WebhookFields {
  const fields = new Map<string, string | string[]>()
  for (const [name, value] of new URLSearchParams(form)) {
    const known = fields.get(name)
    fields.set(name, known === undefined ? value : [known, value].flat())
  }
  return Object.fromEntries(fields)
}
