import { type RequestHandler, Router } from 'express'
import { receiveMessage } from '#use-cases/receive-message'
import { recordDelivery } from '#use-cases/send-messages'
import type { Answering } from './door.ts'
import { refuse, refuseMethod } from './refuse.ts'
import { parseDelivery, parseMessage } from './twilio/parse-message.ts'
import { isForm, webhookIn } from './webhook-form.ts'

/** A text as answer would go to the citizen as a message; ours are sent, and can be refused, apart. */
const NO_ANSWER = '<?xml version="1.0" encoding="UTF-8"?><Response/>'

/**
 * Text messages: what citizens send us, and how far ours to them came. Mount behind the check of
 * signatures.
 */
export function smsRoutes({ ports, log }: Pick<Answering, 'ports' | 'log'>): Router {
  const router = Router()
  let isTold = false

  const receive: RequestHandler = async (req, res) => {
    const message = isForm(req) ? parseMessage(webhookIn(req).fields, ports.now()) : null
    if (message === null) {
      refuse(res, 400, 'This is not a webhook about a message.')
      return
    }
    if (ports.messages.sender === null && !isTold) {
      log.warn({}, 'text messages are taken in but not answered: TWILIO_MESSAGING_FROM is not set')
      isTold = true
    }
    await receiveMessage(message, ports)
    res.type('text/xml').send(NO_ANSWER)
  }

  const report: RequestHandler = async (req, res) => {
    const { message } = req.query
    const told = isForm(req) ? parseDelivery(webhookIn(req).fields, message) : null
    if (told === null) {
      refuse(res, 400, 'This is not a webhook about a message.')
      return
    }
    if (told !== 'unknown-state') await recordDelivery(told, ports)
    res.sendStatus(204)
  }

  router.route('/sms').post(receive).all(refuseMethod)
  router.route('/sms-status').post(report).all(refuseMethod)
  return router
}
