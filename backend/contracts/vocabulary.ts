/** Closed word lists shared by every part; the glossary's terms. */

export const CASE_STATUSES = [
  'received',
  'triage',
  'routed',
  'accepted',
  'answered',
  'published',
  'closed',
  'returned',
  'redirected',
  'merged',
  'rejected',
  'reopened',
  'withdrawn',
] as const
export type CaseStatus = (typeof CASE_STATUSES)[number]

/** Statuses in which somebody still owes the citizen something. */
export const OPEN_STATUSES = [
  'received',
  'triage',
  'routed',
  'accepted',
  'answered',
  'returned',
  'reopened',
] as const satisfies readonly CaseStatus[]

export const KINDS = [
  'report',
  'proposal',
  'question',
  'praise',
  'complaint',
  'denunciation',
  'invalid',
] as const
export type Kind = (typeof KINDS)[number]

export const URGENCIES = ['emergency', 'high', 'normal', 'low'] as const
export type Urgency = (typeof URGENCIES)[number]

export const CHANNELS = ['web', 'phone', 'sms', 'open311'] as const
export type Channel = (typeof CHANNELS)[number]

export const LANGUAGES = ['vi', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

export const CONSENTS = ['contact', 'publish'] as const
export type Consent = (typeof CONSENTS)[number]

export const ROLES = ['agent', 'officer', 'approver', 'supervisor', 'administrator'] as const
export type Role = (typeof ROLES)[number]

export const AGENCY_LEVELS = ['central', 'province', 'commune', 'operator'] as const
export type AgencyLevel = (typeof AGENCY_LEVELS)[number]

/** What a staff member can do to a case; each is one use case and one button. */
export const CASE_ACTIONS = [
  'correct',
  'split',
  'route',
  'accept',
  'return',
  'draft',
  'submit',
  'approve',
  'send-back',
  'note',
  'extend',
  'reject',
  'redirect',
  'merge',
  'unmerge',
  'reveal',
] as const
export type CaseAction = (typeof CASE_ACTIONS)[number]

/** Past-tense names of what happened to a case; they are the socket events and the timeline's types. */
export const CASE_EVENTS = [
  'case:opened',
  'case:routed',
  'case:triaged',
  'case:corrected',
  'case:split',
  'case:accepted',
  'case:returned',
  'case:drafted',
  'case:submitted',
  'case:sent-back',
  'case:published',
  'case:closed',
  'case:rated',
  'case:disputed',
  'case:reopened',
  'case:noted',
  'case:extended',
  'case:rejected',
  'case:redirected',
  'case:merged',
  'case:unmerged',
  'case:duplicate-joined',
  'case:duplicate-left',
  'case:withdrawn',
  'case:supplemented',
  'case:messaged',
  'case:message-reported',
  'case:revealed',
  'case:deadline-warned',
] as const
export type CaseEventName = (typeof CASE_EVENTS)[number]

/** How far a text message to a citizen came, least first. What is further along is never taken back. */
export const MESSAGE_STATES = [
  'queued',
  'sending',
  'sent',
  'failed',
  'undelivered',
  'delivered',
] as const
export type MessageState = (typeof MESSAGE_STATES)[number]

/** Whether staff can write to the citizen's telephone, or why not. */
export const MESSAGING = ['ready', 'no-sender', 'no-number'] as const
export type Messaging = (typeof MESSAGING)[number]

export const RETURN_REASONS = [
  'not-our-field',
  'not-our-area',
  'not-our-level',
  'needs-more-information',
] as const
export type ReturnReason = (typeof RETURN_REASONS)[number]

export const REJECT_REASONS = ['spam', 'abuse', 'no-content', 'out-of-scope'] as const
export type RejectReason = (typeof REJECT_REASONS)[number]

export const REDIRECT_TARGETS = [
  'complaint-desk',
  'denunciation-desk',
  'emergency-services',
] as const
export type RedirectTarget = (typeof REDIRECT_TARGETS)[number]

/** Why a case waits for a person instead of an agency. */
export const TRIAGE_REASONS = [
  'unsure-field',
  'no-place',
  'no-agency',
  'legal-procedure',
  'returned-twice',
  'returned',
  'emergency',
] as const
export type TriageReason = (typeof TRIAGE_REASONS)[number]

/** What speaks for two cases being about one incident. */
export const LIKENESS_REASONS = [
  'same-words',
  'same-address',
  'near',
  'same-unit',
  'same-topic',
  'same-time',
] as const
export type LikenessReason = (typeof LIKENESS_REASONS)[number]

/** What an officer should look at again before a response goes out. */
export const DRAFT_HINTS = [
  'repeats-question',
  'no-commitment',
  'no-contact',
  'personal-data',
  'generic-refusal',
] as const
export type DraftHintCode = (typeof DRAFT_HINTS)[number]

/** Stable codes of refusals; a client may switch on them. */
export const ERROR_CODES = [
  'invalid',
  'unauthenticated',
  'forbidden',
  'not-found',
  'conflict',
  'not-allowed-now',
  'too-large',
  'unsupported-media',
  'too-many-requests',
  'proof-of-work-required',
  'unavailable',
  'storage-full',
  'unexpected',
] as const
export type ErrorCode = (typeof ERROR_CODES)[number]
