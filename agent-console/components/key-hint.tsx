import type { ReactNode } from 'react'

const SHOWN: Readonly<Record<string, string>> = {
  'mod+enter': navigator.userAgent.includes('Mac') ? '⌘ ↵' : 'Ctrl ↵',
  enter: '↵',
  escape: 'Esc',
  arrowdown: '↓',
  arrowup: '↑',
}

/** A key as it is printed on the keyboard. Decoration without text: the control names its key itself. */
export function KeyHint(props: { readonly keys: string }): ReactNode {
  return <kbd className="key" aria-hidden="true" data-key={SHOWN[props.keys] ?? props.keys} />
}
