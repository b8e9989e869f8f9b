import type { RequestHandler, Response } from 'express'

/** Answers every method that a webhook's address does not have. */
export const refuseMethod: RequestHandler = (_req, res) => {
  res.set('Allow', 'POST')
  refuse(res, 405, 'Webhooks are sent with POST.')
}

/** Refuses in a sentence; read by whoever debugs at the provider's side, so plain text in English. */
export function refuse(res: Response, status: number, sentence: string): void {
  res.status(status).type('text/plain').send(sentence)
}
