import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { CaseKey } from '../../widgets/api/citizen-api.ts'
import { RequestFailure } from '../../widgets/api/problem.ts'
import { CaseStatus } from '../../widgets/status/case-status.ts'
import { anApi, aStatus } from './builders.ts'
import { find, mount, press, textOf, write } from './mount.ts'

beforeEach(() => {
  sessionStorage.clear()
})
afterEach(() => {
  document.body.replaceChildren()
})

const unknown = new RequestFailure('refused', {
  type: 'about:blank',
  title: 'Not found',
  status: 404,
  code: 'not-found',
  detail: 'Not found.',
})

async function lookUp(view: CaseStatus, code: string, pin: string) {
  await write(view, '#code', code)
  await write(view, '#pin', pin)
  await press(view, 'Xem kết quả')
}

describe('the status of a report', () => {
  test('opens by code and PIN, however they are grouped, and shows every step', async () => {
    const asked: CaseKey[] = []
    const api = anApi({
      status: (key) => {
        asked.push(key)
        return Promise.resolve(aStatus())
      },
    })
    const view = new CaseStatus()
    await mount(view, api)
    await lookUp(view, '2611 048 274', '604 118')
    await vi.waitFor(() => find(view, '.steps'))
    expect(asked).toEqual([{ code: '2611048274', pin: '604118' }])
    expect(textOf(view)).toContain('Hệ thống đã nhận')
    expect(textOf(view)).toContain('Đã thay bóng.')
  })

  test('is not asked for with a code that must be wrong', async () => {
    const status = vi.fn()
    const view = new CaseStatus()
    await mount(view, anApi({ status }))
    await lookUp(view, '2611 048 273', '604 118')
    expect(find(view, '#code-error').textContent).toBe(view.t.status.badCode)
    expect(status).not.toHaveBeenCalled()
  })

  test('says the same for an unknown code and a wrong PIN, and forgets the PIN', async () => {
    sessionStorage.setItem('hoiam.pin.2611048274', '111111')
    const view = new CaseStatus()
    await mount(view, anApi({ status: () => Promise.reject(unknown) }), { code: '2611048274' })
    await vi.waitFor(() => {
      expect(textOf(view)).toContain(view.t.status.notFound)
    })
    expect(sessionStorage.length).toBe(0)
  })

  test('opens by itself where this tab knows the PIN, which no address ever carries', async () => {
    sessionStorage.setItem('hoiam.pin.2611048274', '604118')
    const told: unknown[] = []
    const view = new CaseStatus()
    view.addEventListener('hoiam-case-opened', (event) => {
      told.push((event as CustomEvent<unknown>).detail)
    })
    await mount(view, anApi({ status: () => Promise.resolve(aStatus()) }), { code: '2611048274' })
    await vi.waitFor(() => find(view, '.steps'))
    expect(told).toEqual([{ code: '2611048274' }])
  })

  test('is disputed with a reason and shown as it is then', async () => {
    const acts: unknown[] = []
    const api = anApi({
      status: () => Promise.resolve(aStatus()),
      act: (_key, act, body) => {
        acts.push([act, body])
        return Promise.resolve(aStatus({ statusText: 'Đã mở lại', canDispute: false }))
      },
    })
    const view = new CaseStatus()
    await mount(view, api)
    await lookUp(view, '2611048274', '604118')
    await vi.waitFor(() => find(view, '#choose-dispute'))
    await press(view, 'Chưa, mở lại')
    await write(view, '#words', 'đèn vẫn tắt')
    await press(view, 'Gửi và mở lại')
    await vi.waitFor(() => {
      expect(textOf(view)).toContain('Đã mở lại')
    })
    expect(acts).toEqual([['dispute', { reason: 'đèn vẫn tắt' }]])
  })

  test('is not withdrawn without a second word', async () => {
    const act = vi.fn(() => Promise.resolve(aStatus({ statusText: 'Đã rút' })))
    const view = new CaseStatus()
    await mount(view, anApi({ status: () => Promise.resolve(aStatus({ canWithdraw: true })), act }))
    await lookUp(view, '2611048274', '604118')
    await vi.waitFor(() => find(view, '#choose-withdrawal'))
    await press(view, 'Rút phản ánh')
    expect(act).not.toHaveBeenCalled()
    await press(view, 'Rút lại')
    expect(act).toHaveBeenCalledOnce()
  })

  test('offers only what the server allows', async () => {
    const closed = aStatus({ canRate: false, canDispute: false, canSupplement: false })
    const view = new CaseStatus()
    await mount(view, anApi({ status: () => Promise.resolve(closed) }))
    await lookUp(view, '2611048274', '604118')
    await vi.waitFor(() => find(view, '.steps'))
    expect(view.renderRoot.querySelector('[id^="choose-"]')).toBeNull()
  })
})
