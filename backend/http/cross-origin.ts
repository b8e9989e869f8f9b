import type { RequestHandler } from 'express'

const HEADERS = 'Content-Type, Idempotency-Key, X-Report-Pin, X-Report-Phone, Accept-Language'

/** Lets any page call this door, without cookies: a stranger's page never acts as a member of staff. */
export const allowAnyOrigin: RequestHandler = (request, response, next) => {
  response.setHeader('Access-Control-Allow-Origin', '*')
  response.setHeader('Access-Control-Expose-Headers', 'Location, Retry-After, X-Request-Id')
  response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin')
  if (request.method !== 'OPTIONS') {
    next()
    return
  }
  response.setHeader('Access-Control-Allow-Methods', 'GET, POST, OPTIONS')
  response.setHeader('Access-Control-Allow-Headers', HEADERS)
  response.setHeader('Access-Control-Max-Age', '86400')
  response.status(204).end()
}
