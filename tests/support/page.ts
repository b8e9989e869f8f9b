import { afterEach, vi } from 'vitest'

// Tests of screens share one page per worker. What one of them leaves there the next would meet, so
// each ends on a page as it was opened: registered first, this comes after all that a test does itself.
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
  document.body.replaceChildren()
  localStorage.clear()
  sessionStorage.clear()
  for (const device of ['mediaDevices', 'permissions']) Reflect.deleteProperty(navigator, device)
})
