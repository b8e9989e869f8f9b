import type { Catalogue, Unit } from '#contracts/catalogue'
import type { Consent } from '#contracts/vocabulary'
import type { Reader } from '../format/moment.ts'
import type { LocateProblem } from './locate.ts'
import type { Draft, Pin, ReportState } from './report-state.ts'

/** What the citizen can do on the form's screens. */
export interface ReportHandlers {
  readonly edit: (change: Partial<Draft>) => void
  readonly editContact: (change: Partial<Draft['contact']>) => void
  readonly consent: (consent: Consent, given: boolean) => void
  readonly next: () => void
  readonly back: () => void
  readonly sendNow: () => void
  readonly stopSending: () => void
  readonly discardDraft: () => void
  readonly startAnother: () => void
  readonly addPhotos: (files: readonly File[]) => void
  readonly removePhoto: (id: string) => void
  readonly chooseField: () => void
  readonly chooseUnit: (unit: Unit | null) => void
  readonly locate: () => void
  readonly openMap: () => void
  readonly attend: (pointer: string) => void
  readonly announce: (text: string) => void
  readonly findUnits: (query: string, signal: AbortSignal) => Promise<readonly Unit[]>
}

/** What the place step knows beyond the draft. */
export interface Surroundings {
  readonly location: 'unknown' | 'searching' | 'found' | LocateProblem
  readonly map: 'closed' | 'loading' | 'open' | 'failed'
  /** Where the chosen unit lies, to turn the map there. */
  readonly around: Pin | null
}

/** Everything a screen of the form is made from. */
export interface ReportView extends Reader {
  readonly state: ReportState
  readonly catalogue: Catalogue | null
  /** The unit the embedding page is about. */
  readonly defaultUnit: string | null
  readonly isChoosingField: boolean
  readonly photoProblems: readonly string[]
  readonly surroundings: Surroundings
  readonly on: ReportHandlers
}
