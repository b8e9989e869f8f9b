import type { FieldError, Problem } from '#contracts/errors'

/** Why a request did not get what it asked for. */
export type FailureKind = 'refused' | 'unavailable' | 'offline' | 'timeout' | 'insecure'

/** Thrown by every request that fails, with the server's own words when it had any. */
export class RequestFailure extends Error {
  readonly kind: FailureKind
  readonly problem: Problem | null
  readonly retryAfterMs: number | null

  constructor(
    kind: FailureKind,
    problem: Problem | null = null,
    retryAfterMs: number | null = null,
  ) {
    super(problem?.detail ?? kind)
    this.name = 'RequestFailure'
    this.kind = kind
    this.problem = problem
    this.retryAfterMs = retryAfterMs
  }

  get fieldErrors(): readonly FieldError[] {
    return this.problem?.errors ?? []
  }
}

/** Whether sending the very same request again later may succeed. */
export function isTemporary(failure: RequestFailure): boolean {
  return failure.kind === 'unavailable' || failure.kind === 'offline' || failure.kind === 'timeout'
}

/** The failure that an answer with this status and body means. */
export function failureOf(
  status: number,
  body: string,
  retryAfter: string | null,
  now: number,
): RequestFailure {
  const problem = problemIn(body)
  const delayMs = problem?.retryAfterSeconds
    ? problem.retryAfterSeconds * 1000
    : delayIn(retryAfter, now)
  // Too many requests and every fault of the server pass; 501 and other refusals do not.
  const passes = status === 429 || status === 408 || (status >= 500 && status !== 501)
  return new RequestFailure(passes ? 'unavailable' : 'refused', problem, delayMs)
}

function problemIn(body: string): Problem | null {
  try {
    const parsed: unknown = JSON.parse(body)
    const isProblem = typeof parsed === 'object' && parsed !== null && 'detail' in parsed
    return isProblem ? (parsed as Problem) : null
  } catch {
    return null
  }
}

function delayIn(retryAfter: string | null, now: number): number | null {
  if (!retryAfter) return null
  const seconds = Number(retryAfter)
  const delayMs = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(retryAfter) - now
  return Number.isFinite(delayMs) && delayMs > 0 ? delayMs : null
}
