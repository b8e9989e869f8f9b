import { expect, test } from 'vitest'
import { pathOf, routeAt } from '../../widgets/portal/route.ts'

test.each([
  ['/', { page: 'home' }],
  ['/cases', { page: 'cases', code: null }],
  ['/cases/2611048274', { page: 'cases', code: '2611048274' }],
  ['/answers', { page: 'answers', code: null }],
  ['/answers/2611048274', { page: 'answers', code: '2611048274' }],
  ['/performance', { page: 'performance' }],
] as const)('%s is a page, and that page is at %s', (path, route) => {
  expect(routeAt(path)).toEqual(route)
  expect(pathOf(route)).toBe(path)
})

test.each(['/nowhere', '/cases/abc', '/cases/1/2', '/performance/1'])('%s is no page', (path) => {
  expect(routeAt(path)).toEqual({ page: 'not-found' })
})
