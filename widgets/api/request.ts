import { failureOf, RequestFailure } from './problem.ts'

const TIMEOUT_MS = 20_000

export interface RequestOptions {
  readonly method?: 'GET' | 'POST'
  readonly json?: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal | undefined
}

/** Asks our server and answers its JSON; throws `RequestFailure`, or `AbortError` when cancelled. */
export async function requestJson<Answer>(url: URL, options: RequestOptions = {}): Promise<Answer> {
  const response = await request(url, options)
  return (await read(response.json(), options.signal)) as Answer
}

/** The same for a file. */
export async function requestBlob(url: URL, options: RequestOptions = {}): Promise<Blob> {
  const response = await request(url, options)
  return read(response.blob(), options.signal)
}

async function request(url: URL, options: RequestOptions): Promise<Response> {
  const response = await read(fetch(url, initOf(options)), options.signal)
  if (response.ok) return response
  const body = await read(response.text(), options.signal)
  throw failureOf(response.status, body, response.headers.get('retry-after'), Date.now())
}

function initOf({ method = 'GET', json, headers = {}, signal }: RequestOptions): RequestInit {
  const timeout = AbortSignal.timeout(TIMEOUT_MS)
  return {
    method,
    // Nothing a citizen does needs a cookie, and an embedding site must not lend us one.
    credentials: 'omit',
    signal: signal ? anyOf(signal, timeout) : timeout,
    headers: json === undefined ? headers : { ...headers, 'content-type': 'application/json' },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  }
}

async function read<Value>(pending: Promise<Value>, signal?: AbortSignal): Promise<Value> {
  try {
    return await pending
  } catch (error) {
    if (signal?.aborted) throw error
    // An answer that is not JSON comes from something in between, such as a proxy's error page.
    if (error instanceof SyntaxError) throw new RequestFailure('unavailable')
    const timedOut = error instanceof DOMException && error.name === 'TimeoutError'
    throw new RequestFailure(timedOut ? 'timeout' : 'offline')
  }
}

/** `AbortSignal.any`, which phones from before 2024 lack. */
function anyOf(...signals: readonly AbortSignal[]): AbortSignal {
  const joined = new AbortController()
  for (const signal of signals) {
    const abort = () => joined.abort(signal.reason)
    if (signal.aborted) abort()
    else signal.addEventListener('abort', abort, { once: true })
  }
  return joined.signal
}
