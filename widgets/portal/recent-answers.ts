import { css, html } from 'lit'
import type { PropertyValues } from 'lit'
import type { Answer } from '#contracts/answers'
import { controls } from '../design/controls.ts'
import { dayInWords } from '../format/moment.ts'
import { WidgetElement } from '../widget-element.ts'
import { pathOf } from './route.ts'

const SHOWN = 3

/** The newest published answers, as links. */
export class RecentAnswers extends WidgetElement {
  static override properties = { ...WidgetElement.properties, answers: { state: true } }
  static override styles = [
    ...controls,
    css`
      :host {
        min-height: 220px;
      }
      ul {
        display: grid;
        gap: var(--space-3);
        grid-template-columns: repeat(auto-fit, minmax(min(260px, 100%), 1fr));
      }
      .item {
        position: relative;
        height: 100%;
        align-content: start;
        padding: var(--space-4);
      }
      a {
        color: inherit;
        text-decoration: none;
        font-size: var(--size-4);
      }
      a,
      .excerpt {
        display: -webkit-box;
        -webkit-line-clamp: 2;
        -webkit-box-orient: vertical;
        overflow: hidden;
        overflow-wrap: anywhere;
      }
      a::after {
        content: '';
        position: absolute;
        inset: 0;
        border-radius: var(--radius);
      }
      a:focus-visible {
        box-shadow: none;
      }
      a:focus-visible::after {
        box-shadow: var(--focus);
      }
      .item:hover {
        border-color: var(--accent);
      }
    `,
  ]

  declare answers: readonly Answer[] | null

  constructor() {
    super()
    this.answers = null
  }

  override willUpdate(changed: PropertyValues<this>) {
    super.willUpdate(changed)
    if (changed.has('settings') && changed.get('settings')?.lang !== this.settings.lang) {
      void this.#load()
    }
  }

  override render() {
    const { t, language } = this
    if (!this.answers) return html`<p class="soft" role="status">${t.loading}</p>`
    if (this.answers.length === 0) return html`<p class="soft">${t.portal.recentNone}</p>`
    return html`<ul>
      ${this.answers.map(
        ({ code, question, response, agency, publishedAt }) =>
          html`<li>
            <article class="card stack item">
              <h3><a href=${pathOf({ page: 'answers', code })}>${question}</a></h3>
              <p class="excerpt">${response}</p>
              <p class="soft">
                ${[agency?.name, dayInWords(publishedAt, language)].filter(Boolean).join(' · ')}
              </p>
            </article>
          </li>`,
      )}
    </ul>`
  }

  async #load() {
    const search = { q: '', field: null, unit: null, cursor: null, limit: SHOWN }
    const page = await this.api.answers(search, new AbortController().signal).catch(() => null)
    this.answers = page?.answers ?? []
  }
}

customElements.define('hoiam-recent-answers', RecentAnswers)
