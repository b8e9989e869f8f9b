import type { Unit } from '#contracts/catalogue'
import type { FieldError } from '#contracts/errors'
import type { ReportPreview, ReportReceipt } from '#contracts/reports'
import type { Consent } from '#contracts/vocabulary'

export const STEPS = ['what', 'where', 'who'] as const
export type Step = (typeof STEPS)[number]

/** What the citizen wrote; it outlives the page until it is sent. */
export interface Draft {
  readonly text: string
  readonly fieldId: string | null
  readonly unit: Pick<Unit, 'code' | 'name'> | null
  readonly address: string
  readonly pin: Pin | null
  readonly contact: Readonly<Record<'name' | 'phone' | 'email', string>>
}

export interface Pin {
  readonly lat: number
  readonly lng: number
}

/** A file that goes along. */
export interface Photo {
  readonly id: string
  readonly file: File
  /** Address of its thumbnail; null for a PDF. */
  readonly url: string | null
}

export type Waiting = 'offline' | 'timeout' | 'unavailable'

export type Sending =
  | { readonly phase: 'idle' }
  | { readonly phase: 'preparing' }
  | { readonly phase: 'uploading'; readonly progress: number }
  | { readonly phase: 'waiting'; readonly because: Waiting; readonly retryAt: number }

export interface Preview {
  readonly phase: 'none' | 'reading' | 'ready' | 'failed'
  readonly value: ReportPreview | null
}

export interface ReportState {
  readonly step: Step
  readonly draft: Draft
  readonly isRestored: boolean
  readonly consents: readonly Consent[]
  readonly photos: readonly Photo[]
  readonly preview: Preview
  readonly sending: Sending
  readonly errors: readonly FieldError[]
  /** Why sending was refused as a whole. */
  readonly refusal: string | null
  readonly receipt: ReportReceipt | null
}

export type ReportAction =
  | { readonly type: 'draft-edited'; readonly change: Partial<Draft> }
  | { readonly type: 'contact-edited'; readonly change: Partial<Draft['contact']> }
  | { readonly type: 'draft-restored'; readonly draft: Draft }
  | { readonly type: 'draft-discarded' }
  | { readonly type: 'step-chosen'; readonly step: Step }
  | { readonly type: 'consent-toggled'; readonly consent: Consent; readonly given: boolean }
  | { readonly type: 'photo-added'; readonly photo: Photo }
  | { readonly type: 'photo-removed'; readonly id: string }
  | { readonly type: 'preview-started' | 'preview-failed' | 'preview-cleared' }
  | { readonly type: 'preview-arrived'; readonly preview: ReportPreview }
  | { readonly type: 'checked'; readonly errors: readonly FieldError[] }
  | { readonly type: 'sending-moved'; readonly sending: Sending }
  | { readonly type: 'refused'; readonly refusal: string; readonly errors: readonly FieldError[] }
  | { readonly type: 'received'; readonly receipt: ReportReceipt }

export const emptyDraft: Draft = {
  text: '',
  fieldId: null,
  unit: null,
  address: '',
  pin: null,
  contact: { name: '', phone: '', email: '' },
}

/** A form nobody has touched. */
export const initialReport: ReportState = {
  step: 'what',
  draft: emptyDraft,
  isRestored: false,
  consents: [],
  photos: [],
  preview: { phase: 'none', value: null },
  sending: { phase: 'idle' },
  errors: [],
  refusal: null,
  receipt: null,
}

/** The form after something happened. */
export function reduceReport(state: ReportState, action: ReportAction): ReportState {
  switch (action.type) {
    case 'draft-edited':
      return {
        ...edited(state, pointersOf(action.change)),
        draft: { ...state.draft, ...action.change },
      }
    case 'contact-edited': {
      const contact = { ...state.draft.contact, ...action.change }
      const pointers = Object.keys(action.change).map((name) => `/contact/${name}`)
      return { ...edited(state, pointers), draft: { ...state.draft, contact } }
    }
    case 'draft-restored':
      return { ...state, draft: action.draft, isRestored: true }
    case 'draft-discarded':
      return initialReport
    case 'step-chosen':
      return { ...state, step: action.step }
    case 'consent-toggled': {
      const others = state.consents.filter((consent) => consent !== action.consent)
      return { ...state, consents: action.given ? [...others, action.consent].sort() : others }
    }
    case 'photo-added':
      return { ...edited(state, ['/photos']), photos: [...state.photos, action.photo] }
    case 'photo-removed':
      return {
        ...edited(state, ['/photos']),
        photos: state.photos.filter((photo) => photo.id !== action.id),
      }
    case 'preview-started':
      return { ...state, preview: { phase: 'reading', value: state.preview.value } }
    case 'preview-failed':
      return { ...state, preview: { phase: 'failed', value: null } }
    case 'preview-cleared':
      return { ...state, preview: initialReport.preview }
    case 'preview-arrived':
      return { ...state, preview: { phase: 'ready', value: action.preview } }
    case 'checked':
      return withErrors({ ...state, refusal: null }, action.errors)
    case 'sending-moved':
      return { ...state, sending: action.sending, refusal: null, errors: [] }
    case 'refused':
      return withErrors(
        { ...state, sending: { phase: 'idle' }, refusal: action.refusal },
        action.errors,
      )
    case 'received':
      return { ...initialReport, receipt: action.receipt }
  }
}

/** The step on which a refused value was given; pointers we do not know are the text's. */
export function stepOf(pointer: string): Step {
  if (pointer.startsWith('/place')) return 'where'
  if (pointer.startsWith('/contact') || pointer.startsWith('/consents')) return 'who'
  return 'what'
}

/** What is wrong with the value at `pointer` or inside it, if anything is. */
export function errorAt(errors: readonly FieldError[], pointer: string): string | null {
  const found = errors.find(
    (error) => error.pointer === pointer || error.pointer.startsWith(`${pointer}/`),
  )
  return found?.detail ?? null
}

function edited(state: ReportState, pointers: readonly string[]): ReportState {
  const isSolved = (error: FieldError) => pointers.some((each) => error.pointer.startsWith(each))
  return { ...state, errors: state.errors.filter((error) => !isSolved(error)) }
}

const draftPointers: Record<keyof Draft, string> = {
  text: '/text',
  fieldId: '/fieldId',
  unit: '/place/unitCode',
  address: '/place/address',
  pin: '/place/l',
  contact: '/contact',
}

function pointersOf(change: Partial<Draft>): readonly string[] {
  return Object.entries(draftPointers)
    .filter(([name]) => name in change)
    .map(([, pointer]) => pointer)
}

/** Turns to the first step that needs attention. */
function withErrors(state: ReportState, errors: readonly FieldError[]): ReportState {
  const wanting = STEPS.find((step) => errors.some((error) => stepOf(error.pointer) === step))
  return { ...state, errors, step: wanting ?? state.step }
}
