import { loaderMessages } from './i18n/loader-messages.ts'
import type { WidgetSettings } from './settings.ts'

/** Where each view's module is, from this script's own address; the build fills it in. */
declare const VIEW_ADDRESSES: Readonly<
  Record<'report-form' | 'case-status' | 'answer-list', string>
>

/** A widget: the module of its view, the element that it defines, and the height kept free until then. */
interface Widget {
  readonly module: keyof typeof VIEW_ADDRESSES
  readonly view: string
  readonly heightPx: number
}

const widgets: Readonly<Record<string, Widget>> = {
  'hoiam-report': { module: 'report-form', view: 'hoiam-report-form', heightPx: 620 },
  'hoiam-status': { module: 'case-status', view: 'hoiam-case-status', heightPx: 350 },
  'hoiam-answers': { module: 'answer-list', view: 'hoiam-answer-list', heightPx: 620 },
}

// A relative import() would not do: from another origin, a classic script has no address of its own.
const script =
  document.currentScript ?? document.querySelector<HTMLScriptElement>('script[src$="/widget.js"]')
const scriptUrl = script instanceof HTMLScriptElement ? script.src : location.href

for (const [name, widget] of Object.entries(widgets)) {
  if (!customElements.get(name)) customElements.define(name, shellOf(widget))
}

/** The element an embedding page writes: there at once, light, and out of reach of the page's styles. */
function shellOf({ module, view, heightPx }: Widget): CustomElementConstructor {
  return class extends HTMLElement {
    static observedAttributes = ['lang', 'theme', 'unit', 'code']

    #root = this.attachShadow({ mode: 'open' })
    #view: (HTMLElement & { settings?: WidgetSettings }) | null = null
    #isLoading = false

    connectedCallback() {
      if (!this.#view && !this.#isLoading) void this.#load()
    }

    attributeChangedCallback() {
      if (this.#view) this.#view.settings = this.#settings()
    }

    async #load() {
      this.#isLoading = true
      this.#root.adoptedStyleSheets = [shellSheet(heightPx)]
      const notice = document.createElement('p')
      notice.role = 'status'
      notice.textContent = this.#messages().loading
      this.#root.replaceChildren(notice)
      try {
        await import(/* @vite-ignore */ new URL(VIEW_ADDRESSES[module], scriptUrl).href)
        this.#view = document.createElement(view)
        this.#view.settings = this.#settings()
        notice.replaceWith(this.#view)
      } catch {
        notice.replaceChildren(this.#messages().failed, ' ', this.#retryButton())
      } finally {
        this.#isLoading = false
      }
    }

    #retryButton() {
      const button = document.createElement('button')
      button.textContent = this.#messages().retry
      // A module that failed to load stays failed for its page; only a new page fetches it again.
      button.onclick = () => location.reload()
      return button
    }

    #messages() {
      return loaderMessages[this.#lang()?.toLowerCase().startsWith('en') ? 'en' : 'vi']
    }

    #lang() {
      return this.closest('[lang]')?.getAttribute('lang') ?? null
    }

    #settings(): WidgetSettings {
      return {
        lang: this.#lang(),
        theme: this.getAttribute('theme'),
        unit: this.getAttribute('unit'),
        code: this.getAttribute('code'),
      }
    }
  }
}

/** Constructed, because a page's content policy may forbid style elements. */
function shellSheet(heightPx: number): CSSStyleSheet {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(
    `:host{display:block}:host([hidden]){display:none}p{margin:0;min-height:${String(heightPx)}px;font:16px/1.5 system-ui,sans-serif}`,
  )
  return sheet
}
