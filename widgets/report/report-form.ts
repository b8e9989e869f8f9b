import type { PropertyValues } from 'lit'
import type { Catalogue, Unit } from '#contracts/catalogue'
import type { ReportReceipt } from '#contracts/reports'
import { loadMap } from '../map/load-map.ts'
import { WidgetElement } from '../widget-element.ts'
import { clearDraft, loadDraft, saveDraft } from './draft-store.ts'
import { controlFor } from './error-summary.ts'
import { findMe } from './find-me.ts'
import { checkStep, previewQueryFrom } from './outgoing.ts'
import { release, takeIn } from './photo-intake.ts'
import { watchPreview } from './preview-watch.ts'
import { reportScreen } from './report-screen.ts'
import { initialReport, reduceReport, STEPS } from './report-state.ts'
import type { ReportAction, ReportState, Step } from './report-state.ts'
import { reportStyles } from './report-styles.ts'
import type { ReportHandlers, ReportView, Surroundings } from './report-view.ts'
import { sendReport } from './sender.ts'
import './unit-picker.ts'

/** The report form: three short steps and a receipt. */
export class ReportForm extends WidgetElement {
  static override properties = {
    ...WidgetElement.properties,
    state: { state: true },
    catalogue: { state: true },
    surroundings: { state: true },
    isChoosingField: { state: true },
    photoProblems: { state: true },
  }
  static override styles = reportStyles

  declare state: ReportState
  declare catalogue: Catalogue | null
  declare surroundings: Surroundings
  declare isChoosingField: boolean
  declare photoProblems: readonly string[]

  #sending: AbortController | null = null
  #ticking: ReturnType<typeof setInterval> | undefined
  readonly #wakeUps = new EventTarget()
  readonly #preview = watchPreview({
    ask: (query, signal) => this.api.preview(query, signal),
    onStarted: () => this.#dispatch({ type: 'preview-started' }),
    onArrived: (preview) => this.#dispatch({ type: 'preview-arrived', preview }),
    onFailed: () => this.#dispatch({ type: 'preview-failed' }),
    onCleared: () => this.#dispatch({ type: 'preview-cleared' }),
  })

  constructor() {
    super()
    this.state = initialReport
    this.catalogue = null
    this.surroundings = unknownSurroundings
    this.isChoosingField = false
    this.photoProblems = []
  }

  override connectedCallback() {
    super.connectedCallback()
    window.addEventListener('online', this.#wake)
    const draft = this.hasUpdated ? null : loadDraft(Date.now())
    if (draft) this.#dispatch({ type: 'draft-restored', draft })
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    window.removeEventListener('online', this.#wake)
    clearInterval(this.#ticking)
    this.#preview.stop()
    this.#sending?.abort()
  }

  override willUpdate(changed: PropertyValues<this>) {
    super.willUpdate(changed)
    const isSame = changed.get('settings')?.lang === this.settings.lang
    if (changed.has('settings') && !(isSame && this.hasUpdated)) void this.#loadCatalogue()
    if (changed.has('state')) this.#follow(changed.get('state'))
  }

  #follow(before: ReportState | undefined) {
    if (before && before.draft !== this.state.draft) saveDraft(this.state.draft, Date.now())
    if (!this.state.receipt) {
      this.#preview.watch(previewQueryFrom(this.state.draft, this.language, this.settings.unit))
    }
    this.#tickWhileWaiting()
  }

  override render() {
    return reportScreen(this.#view(), this.announcement)
  }

  #view(): ReportView {
    const { state, catalogue, isChoosingField, photoProblems, surroundings } = this
    return {
      ...this.reader,
      ...{ state, catalogue, isChoosingField, photoProblems, surroundings },
      defaultUnit: this.settings.unit,
      on: this.#handlers,
    }
  }

  readonly #handlers: ReportHandlers = {
    edit: (change) => this.#dispatch({ type: 'draft-edited', change }),
    editContact: (change) => this.#dispatch({ type: 'contact-edited', change }),
    consent: (consent, given) => this.#dispatch({ type: 'consent-toggled', consent, given }),
    next: () => this.#next(),
    back: () => this.#turnTo(STEPS[STEPS.indexOf(this.state.step) - 1] ?? 'what'),
    sendNow: () => this.#wake(),
    stopSending: () => this.#sending?.abort(),
    discardDraft: () => this.#startOver(this.t.report.discarded),
    startAnother: () => this.#startOver(''),
    addPhotos: (files) => void this.#addPhotos(files),
    removePhoto: (id) => this.#removePhoto(id),
    chooseField: () => {
      this.isChoosingField = true
      void this.focusOn('#field')
    },
    chooseUnit: (unit) => this.#chooseUnit(unit),
    locate: () => void this.#locate(),
    openMap: () => void this.#openMap(),
    attend: (pointer) => void this.focusOn(controlFor(pointer)),
    announce: (text) => {
      this.announcement = text
    },
    findUnits: (q, signal) => this.api.units({ q, province: this.#province() }, signal),
  }

  #dispatch(action: ReportAction) {
    this.state = reduceReport(this.state, action)
  }

  #turnTo(step: Step) {
    this.#dispatch({ type: 'step-chosen', step })
    void this.focusOn('h2')
  }

  #next() {
    const errors = checkStep(this.state.step, this.state.draft, this.t)
    this.#dispatch({ type: 'checked', errors })
    const [first] = errors
    const next = STEPS[STEPS.indexOf(this.state.step) + 1]
    if (first) void this.focusOn(controlFor(first.pointer))
    else if (next) this.#turnTo(next)
    else void this.#send()
  }

  async #send() {
    this.#sending = new AbortController()
    void this.focusOn('#sending')
    const outcome = await sendReport({
      api: this.api,
      state: this.state,
      t: this.t,
      lang: this.language,
      defaultUnit: this.settings.unit,
      needsProof: this.catalogue?.proofOfWork ?? false,
      signal: this.#sending.signal,
      wakeUps: this.#wakeUps,
      onMoved: (sending) => this.#dispatch({ type: 'sending-moved', sending }),
    })
    if (outcome.type === 'received') this.#tellSent(outcome.receipt)
    this.#dispatch(outcome)
    const next = { received: 'h2', refused: '#summary', 'sending-moved': '[type="submit"]' }
    void this.focusOn(next[outcome.type])
  }

  /** Tells the page around; the PIN is the citizen's alone. */
  #tellSent({ code }: ReportReceipt) {
    clearDraft()
    release(this.state.photos)
    const event = { bubbles: true, composed: true, detail: { code } }
    this.dispatchEvent(new CustomEvent('hoiam-sent', event))
  }

  #startOver(announcement: string) {
    clearDraft()
    release(this.state.photos)
    this.surroundings = unknownSurroundings
    this.isChoosingField = false
    this.photoProblems = []
    this.#dispatch({ type: 'draft-discarded' })
    this.announcement = announcement
    void this.focusOn('#text')
  }

  async #addPhotos(files: readonly File[]) {
    const { photos, problems } = await takeIn(files, this.state.photos.length)
    for (const photo of photos) this.#dispatch({ type: 'photo-added', photo })
    const words = this.t.report.photos
    this.photoProblems = problems.map(({ problem, name }) => words.problems[problem](name))
    this.announcement = photos.map(({ file }) => words.added(file.name)).join('. ')
  }

  #removePhoto(id: string) {
    const removed = this.state.photos.filter((photo) => photo.id === id)
    this.#dispatch({ type: 'photo-removed', id })
    release(removed)
    this.photoProblems = []
    this.announcement = removed.map(({ file }) => this.t.report.photos.removed(file.name)).join()
    void this.focusOn('#photos')
  }

  #chooseUnit(unit: Unit | null) {
    this.#dispatch({
      type: 'draft-edited',
      change: { unit: unit && { code: unit.code, name: unit.fullName } },
    })
    const { lat = null, lng = null } = unit ?? {}
    const around = lat === null || lng === null ? null : { lat, lng }
    this.surroundings = { ...this.surroundings, around }
  }

  async #locate() {
    this.surroundings = { ...this.surroundings, location: 'searching' }
    const found = await findMe(this.api)
    if (typeof found === 'string') {
      this.surroundings = { ...this.surroundings, location: found }
      return
    }
    this.#dispatch({ type: 'draft-edited', change: { pin: found.pin } })
    if (found.ward) this.#chooseUnit(found.ward)
    this.surroundings = { ...this.surroundings, location: 'found' }
  }

  async #openMap() {
    this.surroundings = { ...this.surroundings, map: 'loading' }
    void this.focusOn('#map')
    this.surroundings = { ...this.surroundings, map: await loadMap() }
  }

  async #loadCatalogue() {
    // The form works without it; only names of fields, the map and the proof of work come from it.
    this.catalogue = await this.api.catalogue().catch(() => null)
  }

  #tickWhileWaiting() {
    clearInterval(this.#ticking)
    if (this.state.sending.phase !== 'waiting') return
    this.#ticking = setInterval(() => this.requestUpdate(), 1_000)
  }

  readonly #wake = () => this.#wakeUps.dispatchEvent(new Event('wake'))

  #province(): string | undefined {
    return /^\d{2}$/.exec(this.settings.unit ?? '')?.[0]
  }
}

const unknownSurroundings: Surroundings = { location: 'unknown', map: 'closed', around: null }

customElements.define('hoiam-report-form', ReportForm)
