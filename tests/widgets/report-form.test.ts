import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { ReportPreview } from '#contracts/reports'
import type { Outgoing } from '../../widgets/api/citizen-api.ts'
import { RequestFailure } from '../../widgets/api/problem.ts'
import { ReportForm } from '../../widgets/report/report-form.ts'
import { aPreview, aReceipt, anApi } from './builders.ts'
import { find, mount, press, textOf, write } from './mount.ts'

beforeEach(() => {
  localStorage.clear()
  sessionStorage.clear()
  vi.useFakeTimers()
})
afterEach(() => {
  document.body.replaceChildren()
  vi.useRealTimers()
})

const understands = (preview: Partial<ReportPreview>) => () => Promise.resolve(aPreview(preview))

/** Walks to the last step with a text written. */
async function filledIn(view: ReportForm, text = 'Đèn đường hỏng') {
  await write(view, '#text', text)
  await press(view, 'Tiếp: ở đâu?')
  await press(view, 'Tiếp: liên hệ')
}

describe('the report form', () => {
  test('takes a report in three steps and gives code, PIN, agency and due date', async () => {
    const sent: Outgoing[] = []
    const api = anApi({
      submit: (outgoing) => {
        sent.push(outgoing)
        return Promise.resolve(aReceipt())
      },
    })
    const view = new ReportForm()
    await mount(view, api)
    await filledIn(view)
    await write(view, '#phone', '0901234567')
    find(view, '#consent-contact').click()
    await press(view, 'Gửi phản ánh')
    await vi.waitFor(() => find(view, '[data-testid="code"]'))

    expect(sent[0]?.report).toEqual({
      text: 'Đèn đường hỏng',
      lang: 'vi',
      consents: ['contact'],
      contact: { phone: '0901234567' },
    })
    expect(find(view, '[data-testid="code"]').textContent).toBe('2611 048 274')
    expect(find(view, '[data-testid="pin"]').textContent).toBe('604 118')
    expect(textOf(view)).toContain('Trung tâm Hạ tầng kỹ thuật')
    expect(textOf(view)).toContain('Thứ Năm, 26/11, 17:00')
    expect(localStorage.length).toBe(0)
  })

  test('does not go on without a text, says why beside it, and turns there', async () => {
    const view = new ReportForm()
    await mount(view, anApi())
    await press(view, 'Tiếp: ở đâu?')
    await vi.runAllTimersAsync()
    expect(find(view, '#text-error').textContent).toBe(view.t.report.what.empty)
    expect(find(view, '#text').getAttribute('aria-invalid')).toBe('true')
    expect(view.shadowRoot?.activeElement).toBe(find(view, '#text'))
  })

  test('keeps an unsent report, tries again with the same key, and says so', async () => {
    const keys: string[] = []
    let isDown = true
    const api = anApi({
      submit: ({ idempotencyKey }) => {
        keys.push(idempotencyKey)
        if (isDown) return Promise.reject(new RequestFailure('unavailable', null, 5_000))
        return Promise.resolve(aReceipt())
      },
    })
    const view = new ReportForm()
    await mount(view, api)
    await filledIn(view)
    await press(view, 'Gửi phản ánh')
    await vi.advanceTimersByTimeAsync(100)
    expect(textOf(view)).toContain(view.t.report.sending.kept)
    expect(localStorage.getItem('hoiam.draft')).toContain('Đèn đường hỏng')

    isDown = false
    await press(view, 'Gửi lại ngay')
    await vi.waitFor(() => find(view, '[data-testid="code"]'))
    expect(keys).toHaveLength(2)
    expect(new Set(keys).size).toBe(1)
  })

  test('brings a refusal back to where it is mended', async () => {
    const problem = {
      type: 'about:blank',
      title: 'Invalid',
      status: 422,
      code: 'invalid' as const,
      detail: 'Một số chỗ chưa đúng.',
      errors: [{ pointer: '/contact/phone', reason: 'phone', detail: 'Số này không có thật.' }],
    }
    const api = anApi({ submit: () => Promise.reject(new RequestFailure('refused', problem)) })
    const view = new ReportForm()
    await mount(view, api)
    await filledIn(view)
    await write(view, '#phone', '0123456789')
    await press(view, 'Gửi phản ánh')
    await vi.waitFor(() => find(view, '#summary'))
    expect(find(view, '#summary').textContent).toContain('Một số chỗ chưa đúng.')
    expect(find(view, '#phone-error').textContent).toBe('Số này không có thật.')
  })

  test('shows what was understood and sends the field the citizen chose instead', async () => {
    const sent: Outgoing[] = []
    const alternatives = [{ field: 'roads', fieldName: 'Đường sá' }]
    const api = anApi({
      preview: understands({ isSure: false, alternatives }),
      submit: (outgoing) => {
        sent.push(outgoing)
        return Promise.resolve(aReceipt())
      },
    })
    const view = new ReportForm()
    await mount(view, api)
    await write(view, '#text', 'Đèn đường hỏng')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(textOf(view)).toContain('Có phải bạn nói về: Chiếu sáng công cộng')
    await press(view, 'Đường sá')
    expect(textOf(view)).toContain('Bạn chọn: Đường sá')
    await filledIn(view)
    await press(view, 'Gửi phản ánh')
    await vi.waitFor(() => find(view, '[data-testid="code"]'))
    expect(sent[0]?.report.fieldId).toBe('roads')
  })

  test('says at once whom to call when somebody may be in danger', async () => {
    const emergencyAdvice = 'Gọi 114 ngay.'
    const api = anApi({ preview: understands({ urgency: 'emergency', emergencyAdvice }) })
    const view = new ReportForm()
    await mount(view, api)
    await write(view, '#text', 'cháy nhà số 5')
    await vi.advanceTimersByTimeAsync(1_000)
    const alert = find(view, '[role="alert"].urgent')
    expect(alert.textContent).toContain(emergencyAdvice)
    const numbers = Array.from(alert.querySelectorAll('a'), (link) => link.getAttribute('href'))
    expect(numbers).toEqual(['tel:113', 'tel:114', 'tel:115'])
  })

  test('restores the draft of an earlier visit and can forget it', async () => {
    const first = new ReportForm()
    await mount(first, anApi())
    await write(first, '#text', 'Đèn đường hỏng')

    const second = new ReportForm()
    await mount(second, anApi())
    expect(find(second, '#text')).toHaveProperty('value', 'Đèn đường hỏng')
    await press(second, 'Xóa bản nháp')
    expect(find(second, '#text')).toHaveProperty('value', '')
    expect(localStorage.length).toBe(0)
  })

  test('asks for consent to each thing apart, and presumes none', async () => {
    const view = new ReportForm()
    await mount(view, anApi())
    await filledIn(view)
    const boxes = Array.from(
      view.renderRoot.querySelectorAll<HTMLInputElement>('[type="checkbox"]'),
    )
    expect(boxes.map(({ checked }) => checked)).toEqual([false, false])
  })

  test('speaks English where the page does', async () => {
    const view = new ReportForm()
    await mount(view, anApi(), { lang: 'en-GB' })
    expect(textOf(view)).toContain('What is happening?')
    expect(view.lang).toBe('en')
  })
})
