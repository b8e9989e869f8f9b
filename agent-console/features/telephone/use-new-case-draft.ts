import { useEffect, useState } from 'react'
import type { Consent } from '#contracts/vocabulary'
import { readForTab, writeForTab } from '../../lib/storage.ts'

/** What an agent has written down of a call so far. */
export type NewCaseDraft = {
  /** Null: the citizen's words, as they are said. */
  readonly written: string | null
  readonly address: string
  readonly name: string
  readonly fieldId: string
  readonly consents: readonly Consent[]
  /** The case that it became; null: none yet. */
  readonly openedCode: string | null
}

const NOTHING: NewCaseDraft = {
  written: null,
  address: '',
  name: '',
  fieldId: '',
  consents: [],
  openedCode: null,
}

/**
 * The case that is being written down of a call. Outlives a reload, in this tab alone, and is
 * forgotten with the call's card.
 */
export function useNewCaseDraft(callId: string) {
  const key = `hoiam:new-case:${callId}`
  const [draft, setDraft] = useState(() => readDraft(key))
  useEffect(() => {
    writeForTab(key, draft === NOTHING ? null : JSON.stringify(draft))
  }, [key, draft])
  useEffect(
    () => () => {
      writeForTab(key, null)
    },
    [key],
  )
  const { written, address, name } = draft
  return {
    draft,
    /** Something was typed that is in no case yet. */
    isUnsaved: [written, address, name].some((typed) => typed !== null && typed.trim() !== ''),
    change: (change: Partial<NewCaseDraft>) => {
      setDraft((before) => ({ ...before, ...change }))
    },
    opened: (code: string) => {
      setDraft({ ...NOTHING, openedCode: code })
    },
    another: () => {
      setDraft({ ...NOTHING, written: '' })
    },
  }
}

/** A case being written down, and how it changes. */
export type NewCaseWriting = ReturnType<typeof useNewCaseDraft>

function readDraft(key: string): NewCaseDraft {
  const kept = readForTab(key)
  // Kept by this very page before it was loaded again.
  return kept === null ? NOTHING : (JSON.parse(kept) as NewCaseDraft)
}
