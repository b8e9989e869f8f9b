import type { Kind, Urgency } from '#contracts/vocabulary'
import {
  addWorkingDays,
  addWorkingMinutes,
  workingMinutesBetween,
  type Calendar,
} from './business-calendar.ts'

/** How long something may take: by the office calendar, or round the clock. */
export type Allowance = {
  readonly unit: 'working-days' | 'working-minutes' | 'clock-minutes'
  readonly amount: number
}

/** How fast cases must be handled: an administrator's settings. */
export type ServiceLevels = {
  readonly triage: {
    readonly ordinary: Allowance
    readonly emergency: Allowance
    /** Complaints and denunciations, until they are accepted under their own law. */
    readonly legal: Allowance
  }
  /** Passing on a case that is somebody else's. */
  readonly forward: Allowance
  readonly answer: {
    readonly byUrgency: Readonly<Record<Urgency, Allowance>>
    /** Cases that several agencies must answer together. */
    readonly complex: Allowance
    /** Kinds with a level of their own (the sooner holds); null owes no answer by our clock. */
    readonly byKind: Readonly<Partial<Record<Kind, Allowance | null>>>
  }
}

/** What of a case decides its deadlines. */
export type DeadlineSubject = {
  readonly kind: Kind
  readonly urgency: Urgency
  readonly isComplex?: boolean
}

/** Share of the time that has passed, as far as somebody has to be warned. */
export type WarningLevel = 0 | 50 | 80 | 100

const workingDays = (amount: number): Allowance => ({ unit: 'working-days', amount })

/** The levels of a new installation. */
export const DEFAULT_SERVICE_LEVELS: ServiceLevels = {
  triage: {
    ordinary: { unit: 'working-minutes', amount: 8 * 60 },
    emergency: { unit: 'clock-minutes', amount: 15 },
    // Complaints: Decree 155/2026, art. 10. Denunciations: Law 25/2018, art. 24.
    legal: workingDays(7),
  },
  // Decree 20/2008, art. 9, allows 5 at most.
  forward: workingDays(2),
  answer: {
    byUrgency: {
      emergency: workingDays(1),
      high: workingDays(3),
      normal: workingDays(7),
      low: workingDays(7),
    },
    complex: workingDays(15),
    byKind: {
      question: workingDays(3),
      praise: null,
      complaint: null,
      denunciation: null,
      invalid: null,
    },
  },
}

/** When the citizen must have the answer, or null where none is owed by our clock. */
export function answerDueAt(
  subject: DeadlineSubject,
  from: Date,
  settings: ServiceLevels,
  calendar: Calendar,
): Date | null {
  const { byKind, byUrgency, complex } = settings.answer
  const ofKind = byKind[subject.kind]
  if (ofKind === null) return null
  const isComplex = subject.isComplex === true && subject.urgency !== 'emergency'
  const due = after(from, isComplex ? complex : byUrgency[subject.urgency], calendar)
  if (ofKind === undefined) return due
  const dueOfKind = after(from, ofKind, calendar)
  return dueOfKind < due ? dueOfKind : due
}

/** When a person must have decided where the case goes. */
export function triageDueAt(
  subject: DeadlineSubject,
  from: Date,
  settings: ServiceLevels,
  calendar: Calendar,
): Date {
  const { ordinary, emergency, legal } = settings.triage
  if (subject.urgency === 'emergency') return after(from, emergency, calendar)
  const isLegal = subject.kind === 'complaint' || subject.kind === 'denunciation'
  return after(from, isLegal ? legal : ordinary, calendar)
}

/** When an agency that is not responsible must have passed the case on. */
export function forwardDueAt(from: Date, settings: ServiceLevels, calendar: Calendar): Date {
  return after(from, settings.forward, calendar)
}

/** The furthest a deadline may be extended: once more its own length. Null where there is none. */
export function extendedDueAt(
  dueAt: Date,
  subject: DeadlineSubject,
  settings: ServiceLevels,
  calendar: Calendar,
): Date | null {
  return answerDueAt(subject, dueAt, settings, calendar)
}

/** How much of the working time until the deadline has passed; 100 once it is reached. */
export function warningLevel(
  receivedAt: Date,
  dueAt: Date,
  now: Date,
  calendar: Calendar,
): WarningLevel {
  if (now >= dueAt) return 100
  const share = elapsedShare(receivedAt, dueAt, now, calendar)
  if (share >= 0.8) return 80
  return share >= 0.5 ? 50 : 0
}

function elapsedShare(receivedAt: Date, dueAt: Date, now: Date, calendar: Calendar): number {
  const total = workingMinutesBetween(receivedAt, dueAt, calendar)
  if (total > 0) return workingMinutesBetween(receivedAt, now, calendar) / total
  // An emergency at night: its whole allowance lies outside working hours.
  return (now.getTime() - receivedAt.getTime()) / (dueAt.getTime() - receivedAt.getTime())
}

function after(from: Date, { unit, amount }: Allowance, calendar: Calendar): Date {
  const advance: Record<Allowance['unit'], () => Date> = {
    'working-days': () => addWorkingDays(from, amount, calendar),
    'working-minutes': () => addWorkingMinutes(from, amount, calendar),
    'clock-minutes': () => new Date(from.getTime() + amount * 60_000),
  }
  return advance[unit]()
}
