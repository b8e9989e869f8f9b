import type { RequestHandler } from 'express'

/** On every answer: a browser takes it for what its Content-Type says, a citizen's file above all. */
export const noSniffing: RequestHandler = (_request, response, next) => {
  response.setHeader('X-Content-Type-Options', 'nosniff')
  next()
}
