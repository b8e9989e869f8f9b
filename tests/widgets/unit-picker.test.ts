import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Unit } from '#contracts/catalogue'
import { messagesIn } from '../../widgets/i18n/messages.ts'
import { UnitPicker } from '../../widgets/report/unit-picker.ts'
import { aUnit } from './builders.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  document.body.replaceChildren()
  vi.useRealTimers()
})

async function aPicker(find: (query: string) => Promise<readonly Unit[]>) {
  const picker = new UnitPicker()
  const chosen: (Unit | null)[] = []
  picker.t = messagesIn('vi')
  picker.find = find
  picker.addEventListener('unit-chosen', (event) => {
    chosen.push((event as CustomEvent<Unit | null>).detail)
  })
  document.body.append(picker)
  await picker.updateComplete
  const box = picker.renderRoot.querySelector('input')
  if (!box) throw new Error('The picker has no box.')
  const type = async (query: string) => {
    box.value = query
    box.dispatchEvent(new Event('input'))
    await vi.advanceTimersByTimeAsync(300)
    await picker.updateComplete
  }
  const key = async (name: string) => {
    const event = new KeyboardEvent('keydown', { key: name, cancelable: true })
    box.dispatchEvent(event)
    await picker.updateComplete
    return event
  }
  return { picker, box, chosen, type, key }
}

test('a place is found by its old name and chosen by keyboard', async () => {
  const ward = aUnit({ formerly: 'Phường 2, Quận 5' })
  const { picker, box, chosen, type, key } = await aPicker(() => Promise.resolve([ward]))
  await type('phuong 2 quan 5')
  expect(box.getAttribute('aria-expanded')).toBe('true')
  expect(picker.renderRoot.textContent).toContain('trước là Phường 2, Quận 5')
  await key('ArrowDown')
  const active = box.getAttribute('aria-activedescendant') ?? ''
  expect(picker.renderRoot.querySelector(`#${active}`)?.getAttribute('aria-selected')).toBe('true')
  const enter = await key('Enter')
  expect(enter.defaultPrevented).toBe(true)
  expect(chosen).toEqual([ward])
  expect(box.value).toBe('Phường Chợ Quán')
  expect(box.getAttribute('aria-expanded')).toBe('false')
})

test('editing the name of a chosen place takes the choice back', async () => {
  const { picker, chosen, type } = await aPicker(() => Promise.resolve([]))
  picker.chosen = { code: '27301', name: 'Phường Chợ Quán' }
  await picker.updateComplete
  await type('Phường Chợ')
  expect(chosen).toEqual([null])
})

test('a search that does not work says what to do instead', async () => {
  const { picker, type } = await aPicker(() => Promise.reject(new Error('down')))
  await type('cho quan')
  expect(picker.renderRoot.textContent).toContain(messagesIn('vi').report.where.searchFailed)
})

test('Enter without a chosen option is left to the form', async () => {
  const { type, key } = await aPicker(() => Promise.resolve([aUnit()]))
  await type('cho quan')
  const enter = await key('Enter')
  expect(enter.defaultPrevented).toBe(false)
})
