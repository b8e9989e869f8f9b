/** The pages of the portal. */
export type Route =
  | { readonly page: 'home' }
  | { readonly page: 'cases'; readonly code: string | null }
  | { readonly page: 'answers'; readonly code: string | null }
  | { readonly page: 'performance' }
  | { readonly page: 'not-found' }

/** The page at an address of this site. */
export function routeAt(path: string): Route {
  const [page = '', code, ...rest] = path.split('/').filter(Boolean)
  if (rest.length > 0) return { page: 'not-found' }
  if (page === 'cases' || page === 'answers') {
    return code && !/^\d+$/.test(code) ? { page: 'not-found' } : { page, code: code ?? null }
  }
  if (code) return { page: 'not-found' }
  if (page === '' || page === 'performance') return { page: page || 'home' }
  return { page: 'not-found' }
}

/** The address of a page. */
export function pathOf(route: Route): string {
  if (route.page === 'home' || route.page === 'not-found') return '/'
  const code = 'code' in route ? route.code : null
  return code ? `/${route.page}/${code}` : `/${route.page}`
}
