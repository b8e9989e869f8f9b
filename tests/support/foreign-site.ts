import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Somebody else's web site, on another origin, that embeds the report widget. */
export async function foreignSite(
  productUrl: string,
  element = '<hoiam-report lang="vi"></hoiam-report>',
): Promise<{ url: string; close(): Promise<void> }> {
  const page = `<!doctype html><html lang="vi"><head><meta charset="utf-8">
    <meta name="viewport" content="width=device-width"><title>Phường Bến Thành</title>
    <style>* { font-family: serif; color: purple } button { display: none }</style></head>
    <body><h1>Trang của phường</h1>
    <script src="${productUrl}/widget.js"></script>${element}</body></html>`
  const server = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8').end(page)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    // Another host name than the product's: another site, not only another port.
    url: `http://localhost:${String(port)}/`,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
