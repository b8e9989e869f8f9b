import type { ReportReceipt } from '#contracts/reports'
import { failureOf, RequestFailure } from './problem.ts'

/** An upload may take minutes on a slow line; only standing still this long is a timeout. */
const STALL_MS = 45_000

export interface Upload {
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | FormData
  readonly onProgress: (share: number) => void
  readonly signal: AbortSignal
}

/** Posts a report and tells how much is sent, which `fetch` cannot. */
export function upload({ url, headers, body, onProgress, signal }: Upload): Promise<ReportReceipt> {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest()
    let stall: ReturnType<typeof setTimeout> | undefined
    const settle = (end: () => void) => {
      clearTimeout(stall)
      signal.removeEventListener('abort', abort)
      end()
    }
    const fail = (failure: Error) => {
      settle(() => reject(failure))
    }
    const abort = () => {
      xhr.abort()
      fail(new DOMException('The report was not sent.', 'AbortError'))
    }
    const watch = () => {
      clearTimeout(stall)
      stall = setTimeout(() => {
        xhr.abort()
        fail(new RequestFailure('timeout'))
      }, STALL_MS)
    }
    xhr.upload.onprogress = (event) => {
      watch()
      if (event.lengthComputable) onProgress(event.loaded / event.total)
    }
    xhr.onerror = () => fail(new RequestFailure('offline'))
    xhr.onload = () => {
      const receipt = receiptIn(xhr)
      settle(() => {
        if (receipt) resolve(receipt)
        else reject(failureIn(xhr))
      })
    }
    signal.addEventListener('abort', abort)
    xhr.open('POST', url)
    for (const [name, value] of Object.entries(headers)) xhr.setRequestHeader(name, value)
    if (typeof body === 'string') xhr.setRequestHeader('content-type', 'application/json')
    watch()
    xhr.send(body)
  })
}

function receiptIn(xhr: XMLHttpRequest): ReportReceipt | null {
  if (xhr.status < 200 || xhr.status >= 300) return null
  try {
    return JSON.parse(xhr.responseText) as ReportReceipt
  } catch {
    return null
  }
}

function failureIn(xhr: XMLHttpRequest): RequestFailure {
  // A 2xx whose body broke off on the way: the report is in, the same key fetches the receipt.
  if (xhr.status < 400) return new RequestFailure('unavailable')
  return failureOf(xhr.status, xhr.responseText, xhr.getResponseHeader('retry-after'), Date.now())
}
