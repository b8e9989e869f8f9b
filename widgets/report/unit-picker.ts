import { html, LitElement, nothing } from 'lit'
import type { PropertyValues } from 'lit'
import { live } from 'lit/directives/live.js'
import type { Unit } from '#contracts/catalogue'
import type { Messages } from '../i18n/vi.ts'
import { unitPickerStyles } from './unit-picker-styles.ts'
import { initialUnitSearch, isListShown, reduceUnitSearch } from './unit-search.ts'
import type { UnitSearchAction, UnitSearchState } from './unit-search.ts'

const PAUSE_MS = 200

/** Finds a ward or commune by its old or new name; tells `unit-chosen` with the unit or null. */
export class UnitPicker extends LitElement {
  static override shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true }
  static override properties = {
    t: { attribute: false },
    chosen: { attribute: false },
    error: { attribute: false },
    find: { attribute: false },
    search: { state: true },
  }
  static override styles = unitPickerStyles

  declare t: Messages
  declare chosen: Pick<Unit, 'code' | 'name'> | null
  declare error: string | null
  declare find: (query: string, signal: AbortSignal) => Promise<readonly Unit[]>
  declare search: UnitSearchState

  #timer: ReturnType<typeof setTimeout> | undefined
  #asking = new AbortController()

  constructor() {
    super()
    this.chosen = null
    this.error = null
    this.search = initialUnitSearch
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    clearTimeout(this.#timer)
    this.#asking.abort()
  }

  override willUpdate(changed: PropertyValues<this>) {
    if (changed.has('chosen') && this.chosen) {
      this.#apply({ type: 'chosen', name: this.chosen.name })
    }
  }

  override render() {
    const { where } = this.t.report
    const { phase, query, units, active } = this.search
    const isOpen = isListShown(this.search)
    return html`<div class="field">
      <label class="label" for="unit">${where.unit}</label>
      <div class="box">
        <input
          id="unit"
          type="text"
          role="combobox"
          autocomplete="off"
          autocapitalize="words"
          spellcheck="false"
          aria-autocomplete="list"
          aria-expanded=${isOpen ? 'true' : 'false'}
          aria-controls="units"
          aria-activedescendant=${active >= 0 ? `unit-${String(active)}` : nothing}
          aria-describedby="note"
          aria-invalid=${this.error ? 'true' : 'false'}
          maxlength="100"
          .value=${live(query)}
          @input=${this.#onInput}
          @keydown=${this.#onKey}
          @blur=${this.#onBlur}
        />
        ${
          query
            ? html`<button
                type="button"
                class="quiet clear"
                aria-label=${where.clear}
                @click=${this.#clear}
              >
                <span class="cross" aria-hidden="true">×</span>
              </button>`
            : nothing
        }
        <ul id="units" role="listbox" aria-label=${where.unit} ?hidden=${!isOpen}>
          ${units.map((unit, index) => this.#option(unit, index))}
        </ul>
      </div>
      ${this.#note()}
      <p class="visually-hidden" role="status">
        ${phase === 'open' ? where.found(units.length) : nothing}
      </p>
    </div>`
  }

  #option(unit: Unit, index: number) {
    const { formerly } = this.t.report.where
    const isNamed = unit.fullName.includes(unit.provinceName)
    const province = isNamed ? '' : unit.provinceName
    const former = unit.formerly ? formerly(unit.formerly) : ''
    return html`<li
      id="unit-${String(index)}"
      role="option"
      aria-selected=${index === this.search.active ? 'true' : 'false'}
      @pointerdown=${(event: Event) => {
        // Keeps the focus in the box, so that the list is still there when the click arrives.
        event.preventDefault()
      }}
      @click=${() => this.#choose(unit)}
    >
      ${unit.fullName}<small>${[province, former].filter(Boolean).join(' · ')}</small>
    </li>`
  }

  #note() {
    const { where } = this.t.report
    const { phase, units } = this.search
    if (this.error) return html`<p id="note" class="error">${this.error}</p>`
    if (phase === 'failed') return html`<p id="note" class="hint">${where.searchFailed}</p>`
    const isNowhere = phase === 'open' && units.length === 0
    return html`<p id="note" class="hint">${isNowhere ? where.notFound : where.unitHint}</p>`
  }

  #onInput(event: InputEvent) {
    const query = (event.target as HTMLInputElement).value
    if (this.chosen) this.#tell(null)
    this.#apply({ type: 'typed', query })
    clearTimeout(this.#timer)
    this.#asking.abort()
    if (query.trim() === '') return
    this.#asking = new AbortController()
    const { signal } = this.#asking
    this.#timer = setTimeout(() => void this.#ask(query, signal), PAUSE_MS)
  }

  async #ask(query: string, signal: AbortSignal) {
    try {
      this.#apply({ type: 'found', query, units: await this.find(query.trim(), signal) })
    } catch {
      if (!signal.aborted) this.#apply({ type: 'failed', query })
    }
  }

  #onKey(event: KeyboardEvent) {
    if (!isListShown(this.search)) return
    const { units, active } = this.search
    const unit = units[active]
    const actions: Readonly<Record<string, () => void>> = {
      ArrowDown: () => this.#move({ type: 'moved', by: 1 }),
      ArrowUp: () => this.#move({ type: 'moved', by: -1 }),
      Escape: () => this.#apply({ type: 'closed' }),
      ...(unit && {
        Enter: () => this.#choose(unit),
      }),
    }
    const act = actions[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }

  #move(action: UnitSearchAction) {
    this.#apply(action)
    void this.updateComplete.then(() => {
      this.renderRoot.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
    })
  }

  #onBlur() {
    if (isListShown(this.search)) this.#apply({ type: 'closed' })
  }

  #choose(unit: Unit) {
    this.#apply({ type: 'chosen', name: unit.fullName })
    this.#tell(unit)
  }

  #clear() {
    this.#apply({ type: 'typed', query: '' })
    this.#tell(null)
    this.renderRoot.querySelector('input')?.focus()
  }

  #tell(unit: Unit | null) {
    this.dispatchEvent(new CustomEvent('unit-chosen', { detail: unit }))
  }

  #apply(action: UnitSearchAction) {
    this.search = reduceUnitSearch(this.search, action)
  }
}

customElements.define('hoiam-unit-picker', UnitPicker)
