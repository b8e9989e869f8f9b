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
    noteRoute(request)
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

/** `/api/reports/:code`, or `(static)` for files and what no route answered. */
export function routeOf(request: Request): string {
  const noted: unknown = request.res?.locals['route']
  return typeof noted === 'string' ? noted : '(static)'
}

/**
 * Notes the whole pattern at the moment a route is chosen: once an error leaves a router, Express
 * has forgotten where that router was mounted.
 */
function noteRoute(request: Request): void {
  let route: unknown
  Object.defineProperty(request, 'route', {
    configurable: true,
    get: () => route,
    set(chosen: { readonly path: unknown }) {
      route = chosen
      const path = typeof chosen.path === 'string' ? chosen.path : '(pattern)'
      if (request.res) request.res.locals['route'] = `${request.baseUrl}${path}`
    },
  })
}
