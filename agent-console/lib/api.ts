import type { Problem } from '#contracts/errors'
import { ERROR_CODES, type ErrorCode } from '#contracts/vocabulary'

/** A refusal, with the problem document that says why. Status 0 means the server was not reached. */
export class ApiError extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.detail)
    this.name = 'ApiError'
    this.problem = problem
  }
}

/** Reads `path`; refuses with `ApiError`. */
export function getJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  return request(path, signal ? { signal } : {})
}

/** Sends `body` to `path` and answers what the server says; refuses with `ApiError`. */
export function sendJson<T>(
  method: 'POST' | 'PUT' | 'PATCH',
  path: string,
  body: unknown,
): Promise<T> {
  return request(path, {
    method,
    headers: { 'Content-Type': 'application/json', 'X-Requested-With': 'hoiam' },
    body: JSON.stringify(body),
  })
}

/** The code of a refusal; `unexpected` for anything else that was thrown. */
export function errorCode(error: unknown): ErrorCode {
  return error instanceof ApiError ? error.problem.code : 'unexpected'
}

/** Path with the parameters that have a value. */
export function pathWith(path: string, parameters: Record<string, string | undefined>): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters)) if (value) search.set(name, value)
  return search.size === 0 ? path : `${path}?${search.toString()}`
}

async function request<T>(path: string, init: RequestInit): Promise<T> {
  const response = await reach(path, init)
  const body = await readBody(response)
  if (!response.ok) throw new ApiError(problemOf(response.status, body))
  return body as T
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers)
  headers.set('Accept-Language', document.documentElement.lang)
  try {
    return await fetch(path, { ...init, headers, credentials: 'same-origin' })
  } catch (error) {
    if (init.signal?.aborted) throw error
    throw new ApiError(problemOf(0, null))
  }
}

async function readBody(response: Response): Promise<unknown> {
  const text = await response.text()
  try {
    return text === '' ? null : (JSON.parse(text) as unknown)
  } catch {
    return null
  }
}

const CODE_OF: Partial<Record<number, ErrorCode>> = {
  0: 'unavailable',
  400: 'invalid',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  409: 'conflict',
  413: 'too-large',
  429: 'too-many-requests',
  502: 'unavailable',
  503: 'unavailable',
  504: 'unavailable',
}

/** The sign-in library and proxies answer in their own shapes: what they say becomes a problem too. */
function problemOf(status: number, body: unknown): Problem {
  if (isProblem(body)) return body
  const message = typeof body === 'object' && body !== null && 'message' in body ? body.message : ''
  return {
    type: 'about:blank',
    title: '',
    status,
    code: CODE_OF[status] ?? 'unexpected',
    detail: typeof message === 'string' ? message : '',
  }
}

function isProblem(body: unknown): body is Problem {
  if (typeof body !== 'object' || body === null) return false
  if (!('code' in body) || !('detail' in body) || typeof body.detail !== 'string') return false
  return (ERROR_CODES as readonly unknown[]).includes(body.code)
}
