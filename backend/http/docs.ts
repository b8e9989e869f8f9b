import { type RequestHandler, Router } from 'express'
import type { Language } from '#contracts/vocabulary'
import { allowAnyOrigin } from './cross-origin.ts'
import { docsPage } from './docs-page.ts'
import { languageOf } from './language.ts'
import { openApiDocument } from './openapi.ts'

// The page brings its own style and nothing else; no script runs on it.
const PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"

/** `/api/openapi.json` and `/api/docs`: the doors described, for programs and for people. */
export function docsRoutes(): Router {
  const router = Router()
  // Made when somebody first asks: a start need not wait for it.
  const documentIn = onceEach(openApiDocument)
  const pageIn = onceEach((lang) => docsPage(documentIn(lang), lang))

  router.get('/openapi.json', allowAnyOrigin, inLanguages, (request, response) => {
    response.json(documentIn(languageOf(request)))
  })

  router.get('/docs', inLanguages, (request, response) => {
    response.setHeader('Content-Security-Policy', PAGE_POLICY)
    response.type('html').send(pageIn(languageOf(request)))
  })
  return router
}

const inLanguages: RequestHandler = (_request, response, next) => {
  response.vary('Accept-Language')
  response.setHeader('Cache-Control', 'public, max-age=300')
  next()
}

/** The same thing for the same language, made once. */
function onceEach<T>(make: (lang: Language) => T): (lang: Language) => T {
  const made = new Map<Language, T>()
  return (lang) => {
    const value = made.get(lang) ?? make(lang)
    made.set(lang, value)
    return value
  }
}
