import { Router } from 'express'

/** `/api/openapi.json` and `/api/docs`. */
export function docsRoutes(): Router {
  return Router()
}
