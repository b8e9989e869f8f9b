import { useEffect } from 'react'
import { useLiveInbox } from './live-inbox.tsx'

/** A case that was opened is no longer new in the list. */
export function useOpened(code: string | null): void {
  const { dispatch } = useLiveInbox()
  useEffect(() => {
    if (code !== null) dispatch({ type: 'opened', code })
  }, [code, dispatch])
}
