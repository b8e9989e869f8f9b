import { type Dispatch, useEffect, useReducer } from 'react'
import { readStored, writeStored } from '../../lib/storage.ts'
import { type Draft, type DraftAction, draftReducer } from './draft-reducer.ts'

/** Unsaved words of one person on one case, kept on this computer until they are on the server. */
export function useDraft(staffId: string, code: string): readonly [Draft, Dispatch<DraftAction>] {
  const key = `hoiam:draft:${staffId}:${code}`
  const [draft, dispatch] = useReducer(draftReducer, key, readDraft)
  useEffect(() => {
    writeStored(key, draft && JSON.stringify(draft))
  }, [key, draft])
  return [draft, dispatch]
}

function readDraft(key: string): Draft {
  const kept = readStored(key)
  if (kept === null) return null
  try {
    return asDraft(JSON.parse(kept))
  } catch {
    return null
  }
}

/** What an older console kept may look different: then it is not taken up. */
function asDraft(kept: unknown): Draft {
  const isDraft =
    typeof kept === 'object' &&
    kept !== null &&
    'text' in kept &&
    typeof kept.text === 'string' &&
    'basis' in kept &&
    typeof kept.basis === 'object' &&
    kept.basis !== null &&
    'responseText' in kept.basis &&
    'version' in kept.basis
  return isDraft ? (kept as Draft) : null
}
