import { html, LitElement } from 'lit'
import type { PropertyValues } from 'lit'
import { baseUrl } from '../api/base-url.ts'
import { installFonts } from '../design/fonts.ts'
import { tokenSheet } from '../design/tokens.ts'
import { messagesIn } from '../i18n/messages.ts'
import type { Messages } from '../i18n/vi.ts'
import { portalHeader } from './portal-header.ts'
import { pageTitle, portalPages } from './portal-pages.ts'
import { loadPreferences, savePreferences } from './preferences.ts'
import type { Preferences } from './preferences.ts'
import { pathOf, routeAt } from './route.ts'
import type { Route } from './route.ts'
import './performance-page.ts'
import './recent-answers.ts'

/** The public portal: the widgets, with a page around each. */
export class Portal extends LitElement {
  static override properties = { route: { state: true }, preferences: { state: true } }

  declare route: Route
  declare preferences: Preferences

  #hasHome = false

  constructor() {
    super()
    this.route = routeAt(location.pathname)
    this.preferences = loadPreferences(new URLSearchParams(location.search))
  }

  override createRenderRoot() {
    this.replaceChildren()
    return this
  }

  override connectedCallback() {
    super.connectedCallback()
    installFonts(document)
    const tokens = new CSSStyleSheet()
    tokens.replaceSync(tokenSheet(':root'))
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, tokens]
    window.addEventListener('popstate', this.#onAddress)
    this.addEventListener('click', this.#onClick)
    this.addEventListener('hoiam-case-opened', this.#onOpened('cases'))
    this.addEventListener('hoiam-answer-opened', this.#onOpened('answers'))
  }

  override willUpdate(changed: PropertyValues<this>) {
    if (this.route.page === 'home') this.#hasHome = true
    if (changed.has('preferences')) this.#applyPreferences()
    document.title = [pageTitle(this.#t, this.route), this.#t.portal.name].join(' · ')
  }

  override render() {
    const { route, preferences } = this
    const t = this.#t
    const prefer = (change: Partial<Preferences>) => {
      this.preferences = { ...preferences, ...change }
      savePreferences(this.preferences)
    }
    return html`${portalHeader({ t, route, preferences, prefer })}
      <main id="main" tabindex="-1">
        ${portalPages({ t, route, preferences, hasHome: this.#hasHome })}
      </main>
      ${footer(t)}`
  }

  get #t(): Messages {
    return messagesIn(this.preferences.lang)
  }

  #applyPreferences() {
    const { lang, theme } = this.preferences
    document.documentElement.lang = lang
    if (theme === 'auto') delete document.documentElement.dataset['theme']
    else document.documentElement.dataset['theme'] = theme
  }

  readonly #onAddress = () => {
    this.route = routeAt(location.pathname)
  }

  /** Links to our own pages change the page without loading everything again. */
  readonly #onClick = (event: MouseEvent) => {
    const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey
    const link = event.composedPath().find((each) => each instanceof HTMLAnchorElement)
    if (!isPlain || event.defaultPrevented || !link || link.target || link.download) return
    if (link.origin !== location.origin || link.hash || link.protocol === 'blob:') return
    const route = routeAt(link.pathname)
    if (route.page === 'not-found') return
    event.preventDefault()
    history.pushState(null, '', pathOf(route))
    void this.#turnTo(route)
  }

  async #turnTo(route: Route) {
    this.route = route
    await this.updateComplete
    window.scrollTo(0, 0)
    this.querySelector<HTMLElement>('main > :not([hidden]) h1')?.focus({ preventScroll: true })
  }

  /** What is read inside a widget gets an address of its own. */
  #onOpened(page: 'cases' | 'answers') {
    return (event: Event) => {
      const { code } = (event as CustomEvent<{ code: string | null }>).detail
      const path = pathOf({ page, code })
      if (path === location.pathname) return
      const isElsewhere = this.route.page !== page
      history.pushState(null, '', path)
      if (isElsewhere) void this.#turnTo({ page, code })
      else this.route = { page, code }
    }
  }
}

function footer(t: Messages) {
  const numbers = Object.entries(t.emergency.numbers)
  const line = `<script src="${baseUrl.href}widget.js" async></script><hoiam-report></hoiam-report>`
  return html`<footer>
    <p>${t.portal.footer}</p>
    <p class="numbers">
      ${numbers.map(
        ([number, name]) => html`<a href="tel:${number}"><strong>${number}</strong> ${name}</a>`,
      )}
    </p>
    <p>${t.portal.embed}<code>${line}</code></p>
  </footer>`
}

customElements.define('hoiam-portal', Portal)
