import type { ReportPreview, ReportPreviewQuery } from '#contracts/reports'

const PAUSE_MS = 600
const SHORTEST_TEXT = 8

interface PreviewWatchOptions {
  readonly ask: (query: ReportPreviewQuery, signal: AbortSignal) => Promise<ReportPreview>
  readonly onStarted: () => void
  readonly onArrived: (preview: ReportPreview) => void
  readonly onFailed: () => void
  readonly onCleared: () => void
}

/** Asks what we understand once the citizen pauses; only the newest question is ever answered. */
export interface PreviewWatch {
  watch(query: ReportPreviewQuery): void
  stop(): void
}

/** A watch over what is being written. */
export function watchPreview(options: PreviewWatchOptions): PreviewWatch {
  let asked = ''
  let timer: ReturnType<typeof setTimeout> | undefined
  let current = new AbortController()

  const ask = async (query: ReportPreviewQuery, signal: AbortSignal) => {
    options.onStarted()
    try {
      const preview = await options.ask(query, signal)
      if (!signal.aborted) options.onArrived(preview)
    } catch {
      // The preview is a courtesy: whatever went wrong, writing and sending go on.
      if (!signal.aborted) options.onFailed()
    }
  }

  const stop = () => {
    clearTimeout(timer)
    current.abort()
  }

  return {
    watch(query) {
      const question = JSON.stringify(query)
      if (question === asked) return
      asked = question
      stop()
      if (query.text.length < SHORTEST_TEXT) {
        options.onCleared()
        return
      }
      const controller = new AbortController()
      current = controller
      timer = setTimeout(() => void ask(query, controller.signal), PAUSE_MS)
    },
    stop() {
      stop()
      asked = ''
    },
  }
}
