import { randomUUID } from 'node:crypto'
import type { Request, RequestHandler } from 'express'
import type { Logger } from 'pino'

const REQUEST_ID = /^[\w-]{8,64}$/

/** Gives every request an id (a proxy's `X-Request-Id` is kept) and logs its end: no personal data. */
export function requestLog(log: Logger): RequestHandler {
  return (request, response, next) => {
    const given = request.get('x-request-id') ?? ''
    const requestId = REQUEST_ID.test(given) ? given : randomUUID()
    response.locals['requestId'] = requestId
    response.setHeader('X-Request-Id', requestId)
    const startedAt = performance.now()
    response.on('finish', () => {
      log.info(
        {
          requestId,
          method: request.method,
          // The route's pattern: a path may hold a case's code, a query what somebody searched for.
          route: routeOf(request),
          status: response.statusCode,
          ms: Math.round(performance.now() - startedAt),
        },
        'request',
      )
    })
    next()
  }
}

/** The id that `requestLog` gave. */
export function requestIdOf(request: Request): string {
  const id: unknown = request.res?.locals['requestId']
  return typeof id === 'string' ? id : ''
}

/** `/api/reports/:code`, or `(static)` for files. */
export function routeOf(request: Request): string {
  const route: unknown = request.route
  const path =
    typeof route === 'object' && route !== null && 'path' in route ? route.path : '(static)'
  return `${request.baseUrl}${typeof path === 'string' ? path : '(pattern)'}`
}
