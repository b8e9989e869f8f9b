import type { ReportReceipt } from '#contracts/reports'
import type { Consent } from '#contracts/vocabulary'
import { useTabDraft } from '../../lib/use-tab-draft.ts'

/** What an agent has written down of a call so far. */
export type NewCaseDraft = {
  /** Null: the citizen's words, as they are said. */
  readonly written: string | null
  readonly address: string
  readonly name: string
  readonly fieldId: string
  readonly consents: readonly Consent[]
  /** The case that it became, with the PIN that is told to the citizen; null: none yet. */
  readonly opened: ReportReceipt | null
}

const NOTHING: NewCaseDraft = {
  written: null,
  address: '',
  name: '',
  fieldId: '',
  consents: [],
  opened: null,
}

/**
 * The case that is being written down of a call. Outlives a reload, in this tab alone, and is
 * forgotten with the call's card.
 */
export function useNewCaseDraft(callId: string) {
  const [draft, setDraft] = useTabDraft(`hoiam:new-case:${callId}`, NOTHING)
  const { written, address, name } = draft
  return {
    draft,
    /** Something was typed that is in no case yet. */
    isUnsaved: [written, address, name].some((typed) => typed !== null && typed.trim() !== ''),
    change: (change: Partial<NewCaseDraft>) => {
      setDraft((before) => ({ ...before, ...change }))
    },
    opened: (opened: ReportReceipt) => {
      setDraft(() => ({ ...NOTHING, opened }))
    },
    another: () => {
      setDraft(() => ({ ...NOTHING, written: '' }))
    },
  }
}

/** A case being written down, and how it changes. */
export type NewCaseWriting = ReturnType<typeof useNewCaseDraft>
