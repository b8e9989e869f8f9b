import { useEffect, useState } from 'react'
import { readForTab, writeForTab } from './storage.ts'

/**
 * What somebody is writing down. Outlives a reload, in this tab alone, and is forgotten with what
 * shows it. `nothing` stands for each part that was not kept.
 */
export function useTabDraft<Draft extends object>(
  key: string,
  nothing: Draft,
): readonly [draft: Draft, setDraft: (change: (before: Draft) => Draft) => void] {
  const [draft, setDraft] = useState(() => read(key, nothing))
  useEffect(() => {
    writeForTab(key, draft === nothing ? null : JSON.stringify(draft))
  }, [key, draft, nothing])
  useEffect(
    () => () => {
      writeForTab(key, null)
    },
    [key],
  )
  return [draft, setDraft]
}

function read<Draft extends object>(key: string, nothing: Draft): Draft {
  const kept = readForTab(key)
  // Kept by this very page before it was loaded again, perhaps by an older version of it.
  return kept === null ? nothing : { ...nothing, ...(JSON.parse(kept) as Partial<Draft>) }
}
