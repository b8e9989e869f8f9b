import { aRow, aSession, aView } from './builders.ts'
import { aServer, type FakeServer } from './fake-server.ts'

/** An officer signed in to an inbox of one case, which that officer has accepted. */
export function anOffice(): FakeServer {
  const server = aServer()
  server.session = aSession()
  server.rows = [aRow()]
  server.views.set(aView().code, aView())
  return server
}
