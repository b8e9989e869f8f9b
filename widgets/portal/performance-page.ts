import { css, html } from 'lit'
import type { PropertyValues } from 'lit'
import type { Performance } from '#contracts/answers'
import { controls } from '../design/controls.ts'
import { dayInWords } from '../format/moment.ts'
import { averageInWords, countInWords, percentInWords } from '../format/quantity.ts'
import { WidgetElement } from '../widget-element.ts'

type Agency = Performance['agencies'][number]

/** How each agency keeps its deadlines. */
export class PerformancePage extends WidgetElement {
  static override properties = {
    ...WidgetElement.properties,
    performance: { state: true },
    hasFailed: { state: true },
  }
  static override styles = [
    ...controls,
    css`
      .totals {
        display: grid;
        gap: var(--space-3);
        grid-template-columns: repeat(auto-fit, minmax(min(140px, 100%), 1fr));
      }
      .totals div {
        display: flex;
        flex-direction: column-reverse;
        justify-content: flex-end;
      }
      .totals dd {
        font-size: var(--size-6);
        font-weight: 700;
        line-height: 1.2;
      }
      .totals dt {
        color: var(--ink-soft);
      }
      .waiting {
        min-height: 480px;
      }
      table {
        width: 100%;
        border-collapse: collapse;
        font-size: var(--size-3);
      }
      th,
      td {
        padding: var(--space-3) var(--space-2);
        text-align: end;
        font-weight: 400;
        border-bottom: 1px solid var(--line);
        vertical-align: baseline;
      }
      thead th {
        color: var(--ink-soft);
      }
      th:first-child {
        text-align: start;
        padding-inline-start: 0;
      }
      tbody th {
        font-weight: 600;
      }
      .late {
        color: var(--urgent);
        font-weight: 600;
      }
      .bar {
        display: block;
        height: 4px;
        margin-top: 6px;
        border-radius: 2px;
        background: var(--line);
        overflow: hidden;
      }
      .bar i {
        display: block;
        height: 100%;
        background: var(--accent);
      }
      @container (max-width: 559px) {
        table,
        tbody {
          display: block;
        }
        thead {
          position: absolute;
          width: 1px;
          height: 1px;
          overflow: hidden;
          clip-path: inset(50%);
        }
        tbody tr {
          display: grid;
          grid-template-columns: repeat(4, minmax(0, 1fr));
          padding-block: var(--space-3);
          border-bottom: 1px solid var(--line);
        }
        tbody th {
          grid-column: 1 / -1;
        }
        tbody th,
        tbody td {
          border: 0;
          padding: 2px 0;
          text-align: start;
        }
        td::before {
          content: attr(data-label);
          display: block;
          color: var(--ink-soft);
          font-size: var(--size-1);
        }
      }
    `,
  ]

  declare performance: Performance | null
  declare hasFailed: boolean

  constructor() {
    super()
    this.performance = null
    this.hasFailed = false
  }

  override willUpdate(changed: PropertyValues<this>) {
    super.willUpdate(changed)
    if (changed.has('settings') && changed.get('settings')?.lang !== this.settings.lang) {
      void this.#load()
    }
  }

  override render() {
    const { t } = this
    if (this.hasFailed) {
      return html`<div class="warn row" role="alert">
        <span>${t.failure.unavailable}</span>
        <button type="button" @click=${() => void this.#load()}>${t.retry}</button>
      </div>`
    }
    if (!this.performance) return html`<p class="soft waiting" role="status">${t.loading}</p>`
    return this.#figures(this.performance)
  }

  #figures({ since, totals, agencies }: Performance) {
    const { t, language } = this
    const words = t.portal
    const share = totals.onTimeShare
    const rating = totals.averageRating
    return html`<div class="stack">
      <p class="soft">${words.performanceSince(dayInWords(since, language))}</p>
      <dl class="card totals numbers">
        ${this.#total(words.received, countInWords(totals.receivedCount, language))}
        ${this.#total(words.answered, countInWords(totals.answeredCount, language))}
        ${this.#total(words.onTime, share === null ? '–' : percentInWords(share, language))}
        ${this.#total(words.rating, rating === null ? '–' : averageInWords(rating, language))}
      </dl>
      ${agencies.length === 0 ? html`<p class="soft">${words.noAgencies}</p>` : this.#table(agencies)}
    </div>`
  }

  #total(name: string, value: string) {
    return html`<div>
      <dt>${name}</dt>
      <dd>${value}</dd>
    </div>`
  }

  #table(agencies: readonly Agency[]) {
    const words = this.t.portal
    // The roles are repeated because a table laid out as blocks loses them.
    return html`<table class="numbers" role="table" aria-label=${words.performanceTitle}>
      <thead role="rowgroup">
        <tr role="row">
          ${[words.agency, words.answered, words.open, words.overdue, words.onTime].map(
            (name) => html`<th scope="col" role="columnheader">${name}</th>`,
          )}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${agencies.map((agency) => this.#row(agency))}
      </tbody>
    </table>`
  }

  #row({ agency, answeredCount, openCount, overdueCount, onTimeShare }: Agency) {
    const { language } = this
    const words = this.t.portal
    const count = (value: number) => countInWords(value, language)
    return html`<tr role="row">
      <th scope="row" role="rowheader">${agency.name}</th>
      <td role="cell" data-label=${words.answered}>${count(answeredCount)}</td>
      <td role="cell" data-label=${words.open}>${count(openCount)}</td>
      <td role="cell" data-label=${words.overdue}>
        <span class=${overdueCount > 0 ? 'late' : ''}>${count(overdueCount)}</span>
      </td>
      <td role="cell" data-label=${words.onTime}>
        ${
          onTimeShare === null
            ? words.unknown
            : html`${percentInWords(onTimeShare, language)}<span class="bar" aria-hidden="true"
                  ><i style="width:${Math.round(onTimeShare * 100)}%"></i
                ></span>`
        }
      </td>
    </tr>`
  }

  async #load() {
    this.hasFailed = false
    try {
      this.performance = await this.api.performance()
    } catch {
      this.hasFailed = true
    }
  }
}

customElements.define('hoiam-performance-page', PerformancePage)
