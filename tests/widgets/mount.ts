import { vi } from 'vitest'
import type { CitizenApi } from '../../widgets/api/citizen-api.ts'
import type { WidgetElement } from '../../widgets/widget-element.ts'

/** Puts a widget into the page of a test, talking to the given server. */
export async function mount(
  view: WidgetElement,
  api: CitizenApi,
  settings: Partial<WidgetElement['settings']> = {},
): Promise<WidgetElement> {
  // What the document of these tests lacks: fonts to register, and knowing how it was served.
  vi.stubGlobal('isSecureContext', false)
  vi.stubGlobal('FontFace', Object)
  Object.assign(document, { fonts: { add: () => undefined } })
  view.connect = () => api
  view.settings = { lang: 'vi', theme: null, unit: null, code: null, ...settings }
  document.body.replaceChildren(view)
  await view.updateComplete
  return view
}

/** The element in the widget, or an error that says what is shown instead. */
export function find(view: WidgetElement, selector: string): HTMLElement {
  const found = view.renderRoot.querySelector<HTMLElement>(selector)
  if (!found) throw new Error(`No ${selector} in:\n${textOf(view)}`)
  return found
}

/** Writes into a box as a person does. */
export async function write(view: WidgetElement, selector: string, value: string): Promise<void> {
  const box = find(view, selector)
  Object.assign(box, { value })
  box.dispatchEvent(new Event('input', { bubbles: true }))
  await view.updateComplete
}

/** Presses the button with this name. */
export async function press(view: WidgetElement, name: string): Promise<void> {
  const buttons = Array.from(view.renderRoot.querySelectorAll('button'))
  const button = buttons.find((each) => each.textContent.trim() === name)
  if (!button) throw new Error(`No button “${name}” in:\n${textOf(view)}`)
  button.click()
  await view.updateComplete
}

/** What a person reads, with single spaces. */
export function textOf(view: WidgetElement): string {
  return view.renderRoot.textContent.replaceAll(/\s+/g, ' ').trim()
}
