import { emptyDraft } from './report-state.ts'
import type { Draft } from './report-state.ts'

const DRAFT = 'hoiam.draft'
const ATTEMPT = 'hoiam.attempt'
const KEPT_MS = 7 * 86_400_000

/** A sending that was tried: what was sent, and the key that makes a repeat of it harmless. */
interface Attempt {
  readonly fingerprint: string
  readonly key: string
}

/** The draft of an earlier visit, if it is not older than a week. */
export function loadDraft(now: number): Draft | null {
  const saved = read(DRAFT) as { savedAt: number; draft?: Partial<Draft> } | null
  if (typeof saved?.draft?.text !== 'string' || now - saved.savedAt > KEPT_MS) return null
  const contact = { ...emptyDraft.contact, ...saved.draft.contact }
  const draft = { ...emptyDraft, ...saved.draft, contact }
  return isEmpty(draft) ? null : draft
}

/** Keeps the draft on this device; an empty one is forgotten. */
export function saveDraft(draft: Draft, now: number): void {
  if (isEmpty(draft)) return clearDraft()
  write(DRAFT, { savedAt: now, draft })
}

/** Forgets the draft and what was tried with it. */
export function clearDraft(): void {
  write(DRAFT, null)
  write(ATTEMPT, null)
  lastAttempt = null
}

/**
 * The key for sending exactly this: the key of the last attempt when nothing changed since, even
 * across a reload, so that a report whose answer got lost is never filed twice.
 */
export function idempotencyKey(fingerprint: string): string {
  const last = (read(ATTEMPT) as Attempt | null) ?? lastAttempt
  if (last?.fingerprint === fingerprint) return last.key
  lastAttempt = { fingerprint, key: randomUuid() }
  write(ATTEMPT, lastAttempt)
  return lastAttempt.key
}

/** Where storage is forbidden, the page itself remembers. */
let lastAttempt: Attempt | null = null

function isEmpty(draft: Draft): boolean {
  return JSON.stringify(draft) === JSON.stringify(emptyDraft)
}

/** `crypto.randomUUID` exists on https only, and an embedding page may be plain http. */
function randomUuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  const variant = '89ab'.charAt((bytes[8] ?? 0) & 3)
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`]
  return [...parts, `${variant}${hex.slice(17, 20)}`, hex.slice(20)].join('-')
}

// Storage may be forbidden or full: then there is simply no draft.
function read(name: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(name) ?? 'null')
  } catch {
    return null
  }
}

function write(name: string, value: object | null): void {
  try {
    if (value === null) localStorage.removeItem(name)
    else localStorage.setItem(name, JSON.stringify(value))
  } catch {
    return
  }
}
