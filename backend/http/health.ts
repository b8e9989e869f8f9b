import { Router } from 'express'
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import type { RequestHandler } from 'express'
import { routeOf } from './request-log.ts'

/** Prometheus metrics of one process. */
export type Metrics = { readonly registry: Registry; readonly measure: RequestHandler }

/** A registry with Node's own figures and the time each route takes. */
export function httpMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from a request to the end of its response.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  })
  const measure: RequestHandler = (request, response, next) => {
    const stop = duration.startTimer({ method: request.method })
    response.on('finish', () => {
      stop({ route: routeOf(request), status: String(response.statusCode) })
    })
    next()
  }
  return { registry, measure }
}

/** `/healthz` (the process lives), `/readyz` (it can serve), `/metrics` (Prometheus). */
export function healthRoutes(isReady: () => Promise<boolean>, metrics: Metrics): Router {
  const router = Router()
  router.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' })
  })
  router.get('/readyz', async (_request, response) => {
    const ready = await isReady()
    response.status(ready ? 200 : 503).json({ status: ready ? 'ready' : 'unavailable' })
  })
  router.get('/metrics', async (_request, response) => {
    response.type(metrics.registry.contentType).send(await metrics.registry.metrics())
  })
  return router
}
