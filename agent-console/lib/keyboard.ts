import { useEffect, useEffectEvent } from 'react'

/** What keys do: `j`, `?`, `escape`, `mod+enter`, or a sequence such as `g o`. */
export type KeyBindings = Readonly<Record<string, () => void>>

const SEQUENCE_MS = 1_000
const TYPING = 'input, textarea, select, [contenteditable], [role="menu"], [role="listbox"]'

/** Listens for keys while the component is shown. Rests while somebody types or a dialog is open. */
export function useKeys(bindings: KeyBindings): void {
  const act = useEffectEvent((keys: string): boolean => {
    const run = bindings[keys]
    run?.()
    return run !== undefined
  })
  const starts = useEffectEvent((key: string) =>
    Object.keys(bindings).some((keys) => keys.startsWith(`${key} `)),
  )
  useEffect(() => {
    let prefix = { key: '', at: 0 }
    function onKeyDown(event: KeyboardEvent): void {
      if (event.defaultPrevented || isBusy(event)) return
      const key = keyName(event)
      const pending = event.timeStamp - prefix.at < SEQUENCE_MS ? prefix.key : ''
      // A key that completes a sequence means nothing by itself, and begins no other.
      const isSequence = pending !== '' && act(`${pending} ${key}`)
      prefix = !isSequence && starts(key) ? { key, at: event.timeStamp } : { key: '', at: 0 }
      if (isSequence || act(key)) event.preventDefault()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => {
      document.removeEventListener('keydown', onKeyDown)
    }
  }, [])
}

/** The name by which bindings know the key; empty for chords that belong to the browser. */
export function keyName(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>,
): string {
  if (event.altKey) return ''
  const key = event.key.toLowerCase()
  if (event.ctrlKey || event.metaKey) return key === 'enter' ? 'mod+enter' : ''
  return key
}

function isBusy(event: KeyboardEvent): boolean {
  if (event.isComposing) return true
  if (event.target instanceof Element && event.target.closest(TYPING)) return true
  return document.querySelector('[aria-modal="true"]') !== null
}
