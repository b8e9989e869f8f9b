import { html } from 'lit'
import type { TemplateResult } from 'lit'
import type { Language } from '#contracts/vocabulary'
import type { Messages } from '../i18n/vi.ts'
import { THEMES } from './preferences.ts'
import type { Preferences, Theme } from './preferences.ts'
import { pathOf } from './route.ts'
import type { Route } from './route.ts'
import markUrl from './mark.svg'

interface HeaderView {
  readonly t: Messages
  readonly route: Route
  readonly preferences: Preferences
  readonly prefer: (change: Partial<Preferences>) => void
}

const pages: readonly Route[] = [
  { page: 'home' },
  { page: 'cases', code: null },
  { page: 'answers', code: null },
  { page: 'performance' },
]

const languages: readonly (readonly [Language, string])[] = [
  ['vi', 'Tiếng Việt'],
  ['en', 'English'],
]

const themeIcons: Record<Theme, string> = { auto: '◐', light: '☀', dark: '☾' }

/** Name, language, theme and the main links. */
export function portalHeader(view: HeaderView): TemplateResult {
  const { t, route } = view
  return html`<a class="skip" href="#main">${t.portal.skip}</a>
    <header>
      <div class="bar">
        <a class="brand" href="/"
          ><img src=${markUrl} alt="" width="32" height="32" />${t.portal.name}</a
        >
        <div class="preferences">${languageSwitch(view)} ${themeButton(view)}</div>
        <nav aria-label=${t.portal.nav}>
          ${pages.map(
            (each) =>
              html`<a
                href=${pathOf(each)}
                aria-current=${each.page === route.page ? 'page' : 'false'}
                >${linkName(t, each)}</a
              >`,
          )}
        </nav>
      </div>
    </header>`
}

function linkName(t: Messages, { page }: Route): string {
  return page === 'not-found' ? t.portal.notFound : t.portal.links[page]
}

function languageSwitch({ t, preferences, prefer }: HeaderView) {
  return html`<div class="languages" role="group" aria-label=${t.portal.language}>
    ${languages.map(
      ([lang, name]) =>
        html`<button
          type="button"
          lang=${lang}
          aria-label="${lang.toUpperCase()}: ${name}"
          aria-pressed=${preferences.lang === lang ? 'true' : 'false'}
          @click=${() => prefer({ lang })}
        >
          ${lang.toUpperCase()}
        </button>`,
    )}
  </div>`
}

function themeButton({ t, preferences, prefer }: HeaderView) {
  const { theme } = preferences
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'auto'
  const name = `${t.portal.theme}: ${t.portal.themes[theme]}`
  return html`<button
    type="button"
    aria-label=${name}
    title=${name}
    @click=${() => prefer({ theme: next })}
  >
    <span aria-hidden="true">${themeIcons[theme]}</span>
  </button>`
}
