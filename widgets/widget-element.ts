import { LitElement } from 'lit'
import type { PropertyValues } from 'lit'
import type { Language } from '#contracts/vocabulary'
import { baseUrl } from './api/base-url.ts'
import { createCitizenApi } from './api/citizen-api.ts'
import type { CitizenApi } from './api/citizen-api.ts'
import { installFonts } from './design/fonts.ts'
import type { Reader } from './format/moment.ts'
import { languageOf, messagesIn } from './i18n/messages.ts'
import type { Messages } from './i18n/vi.ts'
import type { WidgetSettings } from './settings.ts'

/** What every widget has: settings, texts, the server, and a voice for screen readers. */
export abstract class WidgetElement extends LitElement {
  static override properties = {
    settings: { attribute: false },
    announcement: { state: true },
  }

  declare settings: WidgetSettings
  declare announcement: string

  /** Replaced where there is no server to talk to. */
  connect: (lang: Language) => CitizenApi = (lang) => createCitizenApi(baseUrl, lang)

  #api: { lang: Language; api: CitizenApi } | null = null

  constructor() {
    super()
    this.settings = { lang: null, theme: null, unit: null, code: null }
    this.announcement = ''
  }

  override connectedCallback() {
    super.connectedCallback()
    installFonts(this.ownerDocument)
  }

  get language(): Language {
    return languageOf(this.settings.lang)
  }

  get t(): Messages {
    return messagesIn(this.language)
  }

  get api(): CitizenApi {
    const lang = this.language
    if (this.#api?.lang !== lang) this.#api = { lang, api: this.connect(lang) }
    return this.#api.api
  }

  get reader(): Reader {
    return { lang: this.language, t: this.t, now: Date.now() }
  }

  override willUpdate(changed: PropertyValues<this>) {
    if (!changed.has('settings')) return
    const { theme } = this.settings
    if (theme === 'light' || theme === 'dark') this.dataset['theme'] = theme
    else delete this.dataset['theme']
    this.lang = this.language
  }

  /** Moves the focus once the coming render has made its target. */
  async focusOn(selector: string): Promise<void> {
    await this.updateComplete
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus()
  }
}
