import type {
  CaseEventName,
  CaseStatus,
  ErrorCode,
  RedirectTarget,
  RejectReason,
} from '#contracts/vocabulary'
import type { DoubtReason } from '#contracts/learning'
import type { Refusal } from '#domain/errors'

/** Steps that concern staff alone; a citizen's timeline leaves them out. */
export type InternalStep =
  | 'case:drafted'
  | 'case:sent-back'
  | 'case:noted'
  | 'case:messaged'
  | 'case:message-reported'
  | 'case:revealed'
  | 'case:deadline-warned'
  | 'case:duplicate-joined'
  | 'case:duplicate-left'

/** Why a single field was refused. */
export type FieldReason =
  | 'required'
  | 'type'
  | 'too-short'
  | 'too-long'
  | 'too-small'
  | 'too-big'
  | 'too-many'
  | 'repeated'
  | 'unknown'
  | 'choice'
  | 'format'
  | 'malformed-text'
  | 'control-characters'
  | 'invalid'

/** Every sentence the server itself says, with `{name}` where a value goes. */
export type Texts = {
  readonly status: Readonly<Record<CaseStatus, string>>
  readonly steps: Readonly<Record<Exclude<CaseEventName, InternalStep>, string>>
  readonly rejectReasons: Readonly<Record<RejectReason, string>>
  readonly redirectTargets: Readonly<Record<RedirectTarget, string>>
  readonly aCitizen: string
  readonly theSystem: string
  readonly theAgency: string
  readonly emergencyAdvice: string
  readonly emergencyNumbers: Readonly<Record<'113' | '114' | '115', string>>
  /** Text messages: every one in two parts of SMS at most. */
  readonly sms: {
    readonly receipt: string
    readonly receiptWithoutDue: string
    readonly askStatus: string
    readonly seeStatus: string
    readonly danger: string
    readonly answered: string
    readonly status: string
    readonly statusDue: string
    readonly statusAnswered: string
    readonly unknownCode: string
    readonly statusUsage: string
  }
  readonly titles: Readonly<Record<ErrorCode, string>>
  readonly refusals: Readonly<Record<Refusal, string>>
  readonly doubts: Readonly<Record<DoubtReason, string>>
  readonly fields: Readonly<Record<FieldReason, string>>
}

/** Fills `{name}` places; a missing value leaves nothing behind. */
export function fill(
  sentence: string,
  values: Readonly<Record<string, string | number | null | undefined>>,
): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''))
}
