import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { chromium } from 'playwright-core'
import type { Browser, Page } from 'playwright-core'

const modules = resolve(import.meta.dirname, '../../node_modules')

const installed = [
  process.env['CHROME_PATH'],
  '/usr/bin/google-chrome',
  '/usr/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** Nothing leaves the machine: every host but this one is unknown, and any `*.test` is this one. */
const hosts = 'MAP *.test 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1'

const args = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--host-resolver-rules=${hosts}`,
]

/** Starts a headless Chromium: CHROME_PATH, an installed Chrome, or the one that came with the packages. */
export async function launchBrowser(more: readonly string[] = []): Promise<Browser> {
  const system = installed.find((path) => path !== undefined && existsSync(path))
  if (system !== undefined)
    return chromium.launch({ executablePath: system, args: [...args, ...more] })
  const folder = await unpackedChromium()
  return chromium.launch({
    executablePath: join(folder, 'chromium'),
    args: [...args, ...more],
    env: {
      ...process.env,
      LD_LIBRARY_PATH: join(folder, 'al2023/lib'),
      FONTCONFIG_FILE: join(folder, 'fonts.conf'),
    },
  })
}

/** How a page is looked at; a citizen's phone in Vietnamese unless told otherwise. */
export type View = { readonly width?: number; readonly height?: number; readonly locale?: string }

/** Opens a page in a context of its own, with nobody else's cookies; close it with `page.context().close()`. */
export async function aPage(browser: Browser, view: View = {}): Promise<Page> {
  const { width = 360, height = 740, locale = 'vi-VN' } = view
  const context = await browser.newContext({
    viewport: { width, height },
    locale,
    timezoneId: 'Asia/Ho_Chi_Minh',
    reducedMotion: 'reduce',
  })
  return context.newPage()
}

/** Unpacks @sparticuz/chromium once per version, whole or not at all, however many test files ask at a time. */
async function unpackedChromium(): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('No Chrome found. Install one, or name it in CHROME_PATH.')
  }
  const manifest = await readFile(join(modules, '@sparticuz/chromium/package.json'), 'utf8')
  const { version } = JSON.parse(manifest) as { version: string }
  const folder = join(modules, '.cache', `chromium-${version}`)
  if (existsSync(folder)) return folder

  await mkdir(join(modules, '.cache'), { recursive: true })
  const draft = await mkdtemp(`${folder}-`)
  await unpackInto(draft)
  await writeFile(join(draft, 'fonts.conf'), fontsIn(folder))
  await rename(draft, folder).catch(async (error: unknown) => {
    await rm(draft, { recursive: true, force: true })
    if (!existsSync(folder)) throw error
  })
  return folder
}

/**
 * The package unpacks into the temporary folder of its process, hence a process with a folder of its own.
 * Named a Lambda, it also unpacks the system libraries that a machine without a desktop lacks.
 */
async function unpackInto(folder: string): Promise<void> {
  const unpack = `import('@sparticuz/chromium').then((it) => it.default.executablePath())`
  await promisify(execFile)(process.execPath, ['-e', unpack], {
    cwd: modules,
    env: { ...process.env, TMPDIR: folder, AWS_LAMBDA_JS_RUNTIME: 'nodejs20.x' },
  })
}

/** The same fallback font on every machine, before whatever the machine has. */
function fontsIn(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${folder}/fonts-cache</cachedir>
  <alias binding="strong"><family>sans-serif</family><prefer><family>Open Sans</family></prefer></alias>
</fontconfig>
`
}
