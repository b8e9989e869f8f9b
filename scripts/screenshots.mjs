// `npm run screenshots`: takes pictures of the demo's pages into screenshots/, and with --readme also
// the two that the README shows into docs/images/. Look at them before you commit them.
import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium } from 'playwright-core'

const root = join(import.meta.dirname, '..')
const port = process.env.PORT ?? '3456'
const url = `http://127.0.0.1:${port}`
const isForReadme = process.argv.includes('--readme')
const PASSWORD = 'hoiam-demo-2026'

const demo = spawn(process.execPath, [join(root, 'dist/demo/main.js')], {
  env: { ...process.env, PORT: port },
  stdio: ['ignore', 'pipe', 'inherit'],
})
try {
  await printed(demo, 'Ctrl+C ends the demo')
  const browser = await launch()
  await takeAll(browser)
  await browser.close()
} finally {
  demo.kill('SIGTERM')
}

async function takeAll(browser) {
  const folder = join(root, 'screenshots')
  const images = join(root, 'docs/images')
  await mkdir(folder, { recursive: true })
  if (isForReadme) await mkdir(images, { recursive: true })

  for (const lang of ['vi', 'en']) {
    for (const scheme of ['light', 'dark']) {
      for (const [width, height] of [
        [360, 740],
        [1280, 900],
      ]) {
        const page = await aPage(browser, { width, height, lang, scheme })
        const name = `portal-${lang}-${scheme}-${width}`
        for (const path of ['', 'answers', 'performance']) {
          await page.goto(`${url}/${path}`)
          await settled(page)
          await page.screenshot({
            path: join(folder, `${name}-${path || 'home'}.png`),
            fullPage: true,
          })
        }
        await page.context().close()
      }
      await consolePages(browser, { lang, scheme, folder, images })
    }
  }
  const phone = await aPage(browser, { width: 360, height: 740, lang: 'vi', scheme: 'light' })
  await phone.goto(url)
  await phone
    .getByRole('textbox', { name: 'Chuyện gì đang xảy ra?' })
    .fill('den duong hem 42 Nguyen Trai bi hong ca tuan nay, toi om nguy hiem')
  await phone.getByText('Hạ tầng').first().waitFor()
  await settled(phone)
  await phone.screenshot({ path: join(folder, 'report-360.png') })
  if (isForReadme) await phone.screenshot({ path: join(images, 'widget.png') })
}

async function consolePages(browser, { lang, scheme, folder, images }) {
  const page = await aPage(browser, { width: 1440, height: 900, lang, scheme })
  await page.goto(`${url}/console`)
  await settled(page)
  await page.screenshot({ path: join(folder, `console-${lang}-${scheme}-login.png`) })
  await page.locator('input[type=email]').fill('lan@demo.hoiam')
  await page.locator('input[type=password]').fill(PASSWORD)
  await page.locator('button[type=submit]').click()
  await page.locator('[data-testid=connection][data-state=live]').waitFor()
  await page.locator('[data-code]').first().waitFor()
  await settled(page)
  await page.screenshot({ path: join(folder, `console-${lang}-${scheme}-inbox.png`) })
  await page.locator('[data-code]').nth(1).click()
  await page.locator('mark').first().waitFor()
  await settled(page)
  await page.screenshot({ path: join(folder, `console-${lang}-${scheme}-case.png`) })
  if (isForReadme && lang === 'vi' && scheme === 'light') {
    await page.screenshot({ path: join(images, 'console.png') })
  }
  await page.context().close()
}

async function aPage(browser, { width, height, lang, scheme }) {
  const context = await browser.newContext({
    viewport: { width, height },
    locale: lang === 'vi' ? 'vi-VN' : 'en-GB',
    timezoneId: 'Asia/Ho_Chi_Minh',
    colorScheme: scheme,
    reducedMotion: 'reduce',
  })
  return context.newPage()
}

/** Fonts are there and nothing is being fetched. */
async function settled(page) {
  await page.evaluate('document.fonts.ready')
  await page.waitForTimeout(700)
}

async function printed(child, words) {
  let output = ''
  for await (const chunk of child.stdout) {
    output += chunk
    if (output.includes(words)) return
  }
  throw new Error(`The demo ended:\n${output}`)
}

/** A system Chrome, else the Chromium that the tests have unpacked. */
async function launch() {
  const args = [
    '--no-sandbox',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ]
  const system = [process.env.CHROME_PATH, '/usr/bin/google-chrome', '/usr/bin/chromium'].find(
    (path) => path && existsSync(path),
  )
  if (system) return chromium.launch({ executablePath: system, args })
  const cache = join(root, 'node_modules/.cache')
  const found = existsSync(cache)
    ? readdirSync(cache).find((name) => name.startsWith('chromium-'))
    : undefined
  if (!found) throw new Error('No browser: run `npm test` once, it unpacks one.')
  const folder = join(cache, found)
  return chromium.launch({
    executablePath: join(folder, 'chromium'),
    args,
    env: {
      ...process.env,
      LD_LIBRARY_PATH: join(folder, 'al2023/lib'),
      FONTCONFIG_FILE: join(folder, 'fonts.conf'),
    },
  })
}
