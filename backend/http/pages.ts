import { join } from 'node:path'
import express, { type RequestHandler, type Response, Router } from 'express'
import helmet from 'helmet'
import { notFound } from './error-handler.ts'

/** The pages people open: the portal at `/`, the widget for other sites, the console for staff. */
export function pageRoutes(
  distFolder: string,
  tileUrl: string | null,
  softphoneOrigins: readonly string[],
): Router {
  const router = Router()
  const portal = join(distFolder, 'widgets')
  const agentConsole = join(distFolder, 'agent-console')

  // The widget's files are made for strangers' pages; the console's and the portal's are not framed.
  router.use(securityHeaders(tileUrl, []), mayHear(false))
  // Agents talk in the browser; nobody else's page asks for a microphone.
  router.use('/console', securityHeaders(tileUrl, softphoneOrigins), mayHear(true))
  router.use(
    '/console',
    express.static(agentConsole, { index: false, redirect: false, setHeaders: cacheHashed }),
  )
  // A tab from before an update asks for a script that is gone: a page would not do.
  router.use('/console/assets', notFound)
  router.get(['/console', '/console/*path'], (_request, response) => {
    sendPage(response, join(agentConsole, 'index.html'))
  })
  router.use(
    express.static(portal, {
      index: false,
      setHeaders: (response: Response, path) => {
        cacheHashed(response, path)
        response.setHeader('Access-Control-Allow-Origin', '*')
        response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin')
      },
    }),
  )
  router.get(
    ['/', '/cases/:code', '/cases', '/answers{/*path}', '/performance'],
    (_request, response) => {
      sendPage(response, join(portal, 'index.html'))
    },
  )
  router.get('/*path', (request, response, next) => {
    // A person gets the portal, which says so in words; a program gets problem details.
    if (request.accepts(['json', 'html']) !== 'html') {
      next()
      return
    }
    sendPage(response.status(404), join(portal, 'index.html'))
  })
  return router
}

function sendPage(response: Response, file: string): void {
  response.setHeader('Cache-Control', 'no-cache')
  response.sendFile(file)
}

/** Names with a content hash never change; the rest is asked for again. */
function cacheHashed(response: Response, path: string): void {
  const isHashed = /[/\\](assets|chunks)[/\\]/.test(path)
  response.setHeader(
    'Cache-Control',
    isHashed ? 'public, max-age=31536000, immutable' : 'public, max-age=0, must-revalidate',
  )
}

/** Whether a page may ask for the microphone. */
function mayHear(isAllowed: boolean): RequestHandler {
  return (_request, response, next) => {
    response.setHeader('Permissions-Policy', `microphone=(${isAllowed ? 'self' : ''})`)
    next()
  }
}

function securityHeaders(tileUrl: string | null, softphoneOrigins: readonly string[]) {
  const tiles = tileUrl === null ? [] : [new URL(tileUrl.replace('{s}', '*')).origin]
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        // Component libraries set styles on elements.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:', ...tiles],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'", ...softphoneOrigins],
        // Recordings are played from memory: each fetch of one is on the audit log.
        mediaSrc: [
          "'self'",
          'blob:',
          ...softphoneOrigins.filter((each) => each.startsWith('https:')),
        ],
        objectSrc: ["'none'"],
        baseUri: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'self'"],
      },
    },
    // Set by a proxy that has a certificate; on plain http it would lock people out.
    strictTransportSecurity: false,
    crossOriginEmbedderPolicy: false,
  })
}
