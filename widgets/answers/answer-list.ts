import { html } from 'lit'
import type { PropertyValues } from 'lit'
import type { Catalogue } from '#contracts/catalogue'
import { failureSentence } from '../api/failure-sentence.ts'
import { RequestFailure } from '../api/problem.ts'
import { loadMap } from '../map/load-map.ts'
import { WidgetElement } from '../widget-element.ts'
import { answerDetail } from './answer-detail.ts'
import { answersScreen } from './answers-screen.ts'
import { initialAnswers, reduceAnswers } from './answers-state.ts'
import type { AnswersAction, AnswersState } from './answers-state.ts'
import { answersStyles } from './answers-styles.ts'
import type { AnswersView } from './answers-view.ts'

const PAUSE_MS = 300
const PAGE_SIZE = 20

/** Published answers: searched, filtered, listed, on a map, read. */
export class AnswerList extends WidgetElement {
  static override properties = {
    ...WidgetElement.properties,
    state: { state: true },
    catalogue: { state: true },
    map: { state: true },
  }
  static override styles = answersStyles

  declare state: AnswersState
  declare catalogue: Catalogue | null
  declare map: AnswersView['map']

  #asking = new AbortController()
  #timer: ReturnType<typeof setTimeout> | undefined
  #openCode: string | null = null

  constructor() {
    super()
    this.state = initialAnswers
    this.catalogue = null
    this.map = 'closed'
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    clearTimeout(this.#timer)
    this.#asking.abort()
  }

  override willUpdate(changed: PropertyValues<this>) {
    super.willUpdate(changed)
    if (!changed.has('settings')) return
    const before = changed.get('settings')
    if (before?.code !== this.settings.code) this.#follow(this.settings.code)
    const isSame = before?.lang === this.settings.lang && before.unit === this.settings.unit
    if (isSame && this.hasUpdated) return
    void this.#load(false)
    if (before && this.#openCode) void this.#open(this.#openCode, true)
    void this.api.catalogue().then(
      (catalogue) => {
        this.catalogue = catalogue
      },
      // Without it there is no list of fields to filter by; everything else works.
      () => {
        this.catalogue = null
      },
    )
  }

  override render() {
    const view = this.#view()
    const isReading = this.state.opened !== null || this.state.openFailure !== null
    return html`<section class="panel" aria-label=${this.t.answers.region}>
      ${isReading ? answerDetail(view) : answersScreen(view)}
    </section>`
  }

  #view(): AnswersView {
    const { t, language: lang, state, catalogue, map } = this
    return { t, lang, state, catalogue, map, on: this.#handlers }
  }

  readonly #handlers: AnswersView['on'] = {
    search: (q) => this.#search({ q }, PAUSE_MS),
    choose: (field) => this.#search({ field }, 0),
    arrange: (layout) => {
      this.#dispatch({ type: 'layout-chosen', layout })
      if (layout === 'map') void this.#openMap()
    },
    more: () => void this.#load(true),
    retry: () => void this.#load(false),
    gather: (codes) => {
      const [only, ...others] = codes
      if (only && others.length === 0) return void this.#open(only)
      this.#dispatch({ type: 'gathered', codes })
      void this.focusOn('#gathered')
    },
    open: (code) => void this.#open(code),
    close: () => this.#close(),
  }

  #dispatch(action: AnswersAction) {
    this.state = reduceAnswers(this.state, action)
  }

  #search(change: Partial<Pick<AnswersState, 'q' | 'field'>>, pauseMs: number) {
    this.#dispatch({ type: 'searched', change })
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#load(false), pauseMs)
  }

  async #load(isMore: boolean) {
    this.#asking.abort()
    this.#asking = new AbortController()
    const { signal } = this.#asking
    this.#dispatch({ type: 'asked' })
    const { q, field, nextCursor } = this.state
    const cursor = isMore ? nextCursor : null
    const search = { q: q.trim(), field, unit: this.settings.unit, cursor, limit: PAGE_SIZE }
    try {
      const page = await this.api.answers(search, signal)
      if (!signal.aborted) this.#dispatch({ type: 'arrived', page, isMore })
    } catch {
      if (!signal.aborted) this.#dispatch({ type: 'failed' })
    }
  }

  async #openMap() {
    this.map = 'loading'
    this.map = await loadMap()
  }

  /** The page around says which answer to show. */
  #follow(code: string | null) {
    if (code === this.#openCode) return
    if (code) void this.#open(code)
    else this.#dispatch({ type: 'closed' })
    this.#openCode = code
  }

  async #open(code: string, isStale = false) {
    this.#openCode = code
    const known = isStale ? null : this.state.answers.find((answer) => answer.code === code)
    try {
      const answer = known ?? (await this.api.answer(code))
      if (this.#openCode !== code) return
      this.#dispatch({ type: 'opened', answer })
    } catch (error) {
      const isUnknown = error instanceof RequestFailure && error.problem?.status === 404
      const failure = isUnknown ? this.t.answers.notFound : failureSentence(error, this.t)
      this.#dispatch({ type: 'open-failed', failure })
    }
    this.#tell(code)
    void this.focusOn('#opened')
  }

  #close() {
    const left = this.#openCode
    this.#openCode = null
    this.#dispatch({ type: 'closed' })
    this.#tell(null)
    void this.focusOn(left && this.state.layout === 'list' ? `#answer-${left}` : '#q')
  }

  /** Lets the page around put the answer into its address. */
  #tell(code: string | null) {
    const event = { bubbles: true, composed: true, detail: { code } }
    this.dispatchEvent(new CustomEvent('hoiam-answer-opened', event))
  }
}

customElements.define('hoiam-answer-list', AnswerList)
