import { expect, test } from 'vitest'
import { aRow, aSession, aView } from '../support/builders.ts'
import { aServer } from '../support/fake-server.ts'
import { eventually, renderConsole, usePage } from '../support/render-console.tsx'

usePage()

test('a decision of two models names both', async () => {
  const server = aServer()
  server.session = aSession()
  server.rows = [aRow()]
  server.views.set('2611048273', aView({ modelVersion: 'a48441e349e76137+6f097bbdf360' }))
  await renderConsole(server, '/inbox/open/2611048273')
  const shown = () => document.querySelector('.case-why-head .numbers')?.textContent
  await eventually(() => shown() !== undefined)
  expect(shown()).toBe('mô hình a48441e3 + 6f097bbd')
})
