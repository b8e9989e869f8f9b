import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { ReportPreview, ReportPreviewQuery } from '#contracts/reports'
import { watchPreview } from '../../widgets/report/preview-watch.ts'
import { aPreview } from './builders.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const query = (text: string): ReportPreviewQuery => ({ text, lang: 'vi' })

function aWatch(answer: (text: string) => Promise<ReportPreview>) {
  const asked: string[] = []
  const seen: string[] = []
  const watch = watchPreview({
    ask: ({ text }) => {
      asked.push(text)
      return answer(text)
    },
    onStarted: () => seen.push('started'),
    onArrived: ({ fieldName }) => seen.push(`arrived ${String(fieldName)}`),
    onFailed: () => seen.push('failed'),
    onCleared: () => seen.push('cleared'),
  })
  return { watch, asked, seen }
}

describe('reading along', () => {
  test('asks once per pause, not per key', async () => {
    const { watch, asked } = aWatch(() => Promise.resolve(aPreview()))
    for (const text of ['den duong', 'den duong h', 'den duong hong']) watch.watch(query(text))
    await vi.runAllTimersAsync()
    watch.watch(query('den duong hong'))
    await vi.runAllTimersAsync()
    expect(asked).toEqual(['den duong hong'])
  })

  test('never shows the answer to an older question', async () => {
    const slow = new Promise<ReportPreview>((resolve) => {
      setTimeout(() => {
        resolve(aPreview({ fieldName: 'cũ' }))
      }, 5_000)
    })
    const { watch, seen } = aWatch((text) =>
      text.includes('rac') ? Promise.resolve(aPreview({ fieldName: 'mới' })) : slow,
    )
    watch.watch(query('den duong hong'))
    await vi.advanceTimersByTimeAsync(1_000)
    watch.watch(query('rac khong ai gom'))
    await vi.runAllTimersAsync()
    expect(seen).toEqual(['started', 'started', 'arrived mới'])
  })

  test('clears what was understood when the text is taken away', async () => {
    const { watch, asked, seen } = aWatch(() => Promise.resolve(aPreview()))
    watch.watch(query('den'))
    await vi.runAllTimersAsync()
    expect({ asked, seen }).toEqual({ asked: [], seen: ['cleared'] })
  })

  test('says so when it does not work, and tries again with the next words', async () => {
    const { watch, seen } = aWatch(() => Promise.reject(new Error('down')))
    watch.watch(query('den duong hong'))
    await vi.runAllTimersAsync()
    watch.watch(query('den duong hong roi'))
    await vi.runAllTimersAsync()
    expect(seen).toEqual(['started', 'failed', 'started', 'failed'])
  })

  test('is quiet after it was stopped', async () => {
    const { watch, seen } = aWatch(() => Promise.resolve(aPreview()))
    watch.watch(query('den duong hong'))
    watch.stop()
    await vi.runAllTimersAsync()
    expect(seen).toEqual([])
  })
})
