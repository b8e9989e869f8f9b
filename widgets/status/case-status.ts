import { html } from 'lit'
import type { PropertyValues } from 'lit'
import type { ReportStatus } from '#contracts/reports'
import { failureSentence } from '../api/failure-sentence.ts'
import type { CaseKey, CitizenActs } from '../api/citizen-api.ts'
import { RequestFailure } from '../api/problem.ts'
import { groupCode } from '../format/case-code.ts'
import { WidgetElement } from '../widget-element.ts'
import { forgetPin, rememberedPin, rememberPin } from './case-keys.ts'
import { caseScreen } from './case-screen.ts'
import { keyForm } from './key-form.ts'
import { checkAct, checkKey, initialStatus, reduceStatus } from './status-state.ts'
import type { Act, StatusAction, StatusState } from './status-state.ts'
import { statusStyles } from './status-styles.ts'
import type { FileAddress, StatusHandlers, StatusView } from './status-view.ts'

/** Follows one report by its code and PIN. */
export class CaseStatus extends WidgetElement {
  static override properties = {
    ...WidgetElement.properties,
    state: { state: true },
    files: { state: true },
  }
  static override styles = statusStyles

  declare state: StatusState
  declare files: ReadonlyMap<string, FileAddress>

  #key: CaseKey | null = null

  constructor() {
    super()
    this.state = initialStatus
    this.files = new Map()
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    this.#releaseFiles()
  }

  override willUpdate(changed: PropertyValues<this>) {
    super.willUpdate(changed)
    if (!changed.has('settings')) return
    const before = changed.get('settings')
    // The server writes its sentences in the language asked for, so another language asks again.
    if (before?.code === this.settings.code && this.#key) void this.#open(this.#key)
    else if (before?.code !== this.settings.code) this.#startFrom(this.settings.code)
  }

  override render() {
    const view = this.#view()
    const { shown } = this.state
    return html`<section class="panel" aria-label=${this.t.status.region}>
      ${shown ? caseScreen(view, shown) : keyForm(view)}
    </section>`
  }

  #view(): StatusView {
    return { ...this.reader, state: this.state, files: this.files, on: this.#handlers }
  }

  readonly #handlers: StatusHandlers = {
    editKey: (change) => this.#dispatch({ type: 'key-edited', change }),
    view: () => this.#viewCase(),
    leave: () => this.#leave(),
    choose: (act) => this.#choose(act),
    edit: (change) => this.#dispatch({ type: 'act-edited', change }),
    act: (act) => void this.#act(act),
  }

  #dispatch(action: StatusAction) {
    this.state = reduceStatus(this.state, action)
  }

  #startFrom(code: string | null) {
    if (!code || code === this.#key?.code) return
    this.#key = null
    this.#releaseFiles()
    this.#dispatch({ type: 'left' })
    this.#dispatch({ type: 'key-edited', change: { code: groupCode(code) } })
    const pin = rememberedPin(code)
    if (pin) void this.#open({ code, pin })
  }

  #viewCase() {
    const checked = checkKey(this.state, this.t)
    if ('code' in checked) return void this.#open(checked)
    this.#dispatch({ type: 'key-checked', ...checked })
    void this.focusOn(checked.codeError ? '#code' : '#pin')
  }

  async #open(key: CaseKey) {
    this.#dispatch({ type: 'asked' })
    try {
      const shown = await this.api.status(key)
      rememberPin(key.code, key.pin)
      this.#key = key
      this.#dispatch({ type: 'opened', shown })
      this.#tell(key.code)
      void this.focusOn('h2')
      await this.#fetchFiles(key, shown)
    } catch (error) {
      const isUnknown = error instanceof RequestFailure && error.problem?.status === 404
      if (isUnknown) forgetPin(key.code)
      const failure = isUnknown ? this.t.status.notFound : failureSentence(error, this.t)
      this.#dispatch({ type: 'failed', failure })
    }
  }

  #leave() {
    if (this.#key) forgetPin(this.#key.code)
    this.#key = null
    this.#releaseFiles()
    this.#dispatch({ type: 'left' })
    this.#tell(null)
    void this.focusOn('#code')
  }

  #choose(act: Act | null) {
    const left = this.state.act
    this.#dispatch({ type: 'act-chosen', act })
    void this.focusOn(act ? '#act' : `#choose-${left ?? 'messages'}`)
  }

  async #act(act: Act) {
    const key = this.#key
    if (!key || this.state.isBusy) return
    const actError = checkAct(act, this.state, this.t)
    if (actError) {
      this.#dispatch({ type: 'act-checked', actError })
      return void this.focusOn(act === 'rating' ? '[name="score"]' : '#words')
    }
    this.#dispatch({ type: 'asked' })
    try {
      const shown = await this.api.act(key, act, bodyOf(act, this.state))
      this.#dispatch({ type: 'acted', act, shown })
      void this.focusOn('h2')
    } catch (error) {
      this.#dispatch({ type: 'failed', failure: failureSentence(error, this.t) })
    }
  }

  async #fetchFiles(key: CaseKey, { attachments }: ReportStatus) {
    const missing = attachments.filter(({ id }) => !this.files.has(id))
    await Promise.all(
      missing.map(async ({ id }) => {
        const blob = await this.api.attachment(key, id).catch(() => null)
        if (this.#key !== key) return
        const address = blob ? { url: URL.createObjectURL(blob) } : 'failed'
        this.files = new Map([...this.files, [id, address]])
      }),
    )
  }

  #releaseFiles() {
    for (const file of this.files.values()) {
      if (file && file !== 'failed') URL.revokeObjectURL(file.url)
    }
    this.files = new Map()
  }

  /** Lets the page around put the code, never the PIN, into its address. */
  #tell(code: string | null) {
    const event = { bubbles: true, composed: true, detail: { code } }
    this.dispatchEvent(new CustomEvent('hoiam-case-opened', event))
  }
}

function bodyOf(act: Act, { words, score }: StatusState): CitizenActs[Act] {
  const text = words.trim()
  const bodies: { readonly [Each in Act]: () => CitizenActs[Each] } = {
    rating: () => ({ score: score ?? 0, ...(text && { comment: text }) }),
    dispute: () => ({ reason: text }),
    messages: () => ({ text }),
    withdrawal: () => ({}),
  }
  return bodies[act]()
}

customElements.define('hoiam-case-status', CaseStatus)
