import { notifications } from '@mantine/notifications'
import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { createMemoryRouter, RouterProvider } from 'react-router'
import { afterEach, beforeEach, vi } from 'vitest'
import { App } from '../../../agent-console/app/app.tsx'
import { startTexts } from '../../../agent-console/i18n/setup.ts'
import type { FakeServer } from './fake-server.ts'

const WAIT_MS = 15_000
/** Every console of the test: one whose page is gone listens to keys until it is closed. */
const unmounts: (() => void)[] = []

/** Prepares the page for a console and closes it after each test. */
export function usePage(): void {
  beforeEach(() => {
    vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
    // Menus complain that nothing in them can be focused: nothing is visible without a layout.
    vi.spyOn(console, 'warn').mockReturnValue()
    // Text boxes that grow wait for fonts; here are none.
    vi.stubGlobal('document', Object.assign(document, { fonts: new EventTarget() }))
    // There is no layout here: without a height the list would believe that nothing is in sight.
    for (const side of ['clientHeight', 'clientWidth'] as const) {
      vi.spyOn(HTMLElement.prototype, side, 'get').mockReturnValue(800)
    }
  })
  afterEach(() => {
    for (const unmount of unmounts.splice(0)) unmount()
    notifications.clean()
  })
}

/** Opens the console at an address. */
export async function renderConsole(server: FakeServer, address = '/inbox/open'): Promise<void> {
  const place = document.body.appendChild(document.createElement('div'))
  const root = createRoot(place)
  const router = createMemoryRouter(
    [{ path: '*', element: <App texts={startTexts()} connect={server.connect} /> }],
    { initialEntries: [address] },
  )
  unmounts.push(() => {
    act(() => {
      root.unmount()
    })
  })
  await act(async () => {
    root.render(<RouterProvider router={router} />)
    await Promise.resolve()
  })
}

/** What `look` finds, as soon as it finds it. */
export async function eventually<T>(look: () => T | null | undefined | false): Promise<T> {
  const deadline = performance.now() + WAIT_MS
  for (;;) {
    const found = look()
    if (found) return found
    if (performance.now() > deadline) {
      throw new Error(
        `Not found by ${look.toString()} in: ${document.querySelector('#main, main')?.outerHTML ?? ''}`,
      )
    }
    await settle()
  }
}

/** Lets pending answers and timers have their effect. */
async function settle(ms = 20): Promise<void> {
  await act(() => new Promise((resolve) => setTimeout(resolve, ms)))
}

/** Tells something over the socket and lets it have its effect. */
export async function during(happen: () => void): Promise<void> {
  await act(async () => {
    happen()
    await new Promise((resolve) => setTimeout(resolve, 100))
  })
}

/** Something with a role whose accessible name is `name`. */
export function byName(selector: string, name: string): HTMLElement | null {
  const all = [...document.querySelectorAll<HTMLElement>(selector)]
  return all.find((each) => nameOf(each) === name) ?? null
}

/** Clicks the button with this name. */
export async function press(name: string, selector = 'button'): Promise<void> {
  const button = await eventually(() => byName(selector, name))
  await during(() => {
    button.click()
  })
}

/** Types into a text box, as a person would replace its text. */
export async function type(name: string, text: string): Promise<void> {
  const box = await eventually(() => byName('input, textarea', name))
  await during(() => {
    const prototype = box instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement
    Object.getOwnPropertyDescriptor(prototype.prototype, 'value')?.set?.call(box, text)
    box.dispatchEvent(new Event('input', { bubbles: true }))
  })
}

/** Presses a key where the focus is. */
export async function key(name: string, more: KeyboardEventInit = {}): Promise<void> {
  await during(() => {
    const target = document.activeElement ?? document.body
    target.dispatchEvent(
      new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true, ...more }),
    )
  })
}

function nameOf(element: HTMLElement): string {
  const label = element.getAttribute('aria-label')
  if (label) return label
  const labels = (element as Partial<HTMLInputElement>).labels
  return (labels?.[0]?.textContent ?? element.textContent).trim()
}
