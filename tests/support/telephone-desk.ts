import type { Browser, Page } from 'playwright-core'
import type { Session } from '#contracts/staff'
import type { Role } from '#contracts/vocabulary'
import { aPage } from './browser.ts'
import type { BrowserSoftphones } from './browser-softphones.ts'
import type { SimulatedCentre } from './simulated-centre.ts'
import { standDown } from './stand-down.ts'
import { PASSWORD, request, signInAs } from './test-server.ts'

/** Somebody of the centre in front of a real browser. */
export type Desk = {
  readonly id: string
  readonly name: string
  readonly page: Page
  readonly headers: Record<string, string>
  /** Under which the browser registers at the company. */
  readonly identity: string
  /** Presses keys one after the other, as `p p`. */
  keys(keys: string): Promise<void>
  /** The card with this name above the bar. */
  card(name: string): ReturnType<Page['getByRole']>
  /** Ready for calls, and the company knows where. */
  becomeAvailable(): Promise<void>
  /** No calls, whatever was going on. */
  goOffline(): Promise<void>
}

/** Sits somebody down: an account, a browser, signed in, with a softphone at the company. */
export async function aDesk(
  centre: SimulatedCentre,
  at: { readonly browser: Browser; readonly softphones: BrowserSoftphones },
  who: { readonly name: string; readonly role?: Role },
): Promise<Desk> {
  const { name, role = 'agent' } = who
  const { email, headers } = await signInAs(centre.server, role, undefined, name)
  const { id } = (await request(centre.server, 'GET', '/api/session', { headers })).body as Session
  const page = await aPage(at.browser, { width: 1280, height: 860 })
  await at.softphones.connect(page)
  await page.goto(`${centre.server.url}/console`)
  await page.getByRole('textbox', { name: 'Thư điện tử' }).fill(email)
  await page.getByRole('textbox', { name: 'Mật khẩu' }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Đăng nhập' }).click()
  await page.locator('[data-testid=connection][data-state=live]').waitFor()
  const keys = async (pressed: string) => {
    for (const key of pressed.split(' ')) await page.keyboard.press(key)
  }
  return {
    id,
    name,
    page,
    headers,
    identity: `agent-${id}`,
    keys,
    card: (label) =>
      page.getByRole('region', { name: label }).or(page.getByRole('form', { name: label })),
    goOffline: () =>
      standDown('offline', (state) =>
        request(centre.server, 'PUT', '/api/agents/me', { headers, body: { state } }),
      ),
    async becomeAvailable() {
      await keys('p s')
      await page.locator('[data-testid=softphone][data-health=registered]').waitFor()
      await page.getByRole('button', { name: 'Sẵn sàng', pressed: true }).waitFor()
    },
  }
}
