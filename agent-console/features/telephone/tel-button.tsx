import type { ReactNode } from 'react'
import { KeyHint } from '../../components/key-hint.tsx'

/** A button of the telephone with its key. */
export function TelButton(props: {
  readonly label: string
  readonly keys?: string
  readonly isPressed?: boolean
  readonly isDisabled?: boolean
  readonly tone?: 'urgent' | 'accent'
  readonly onClick: () => void
}): ReactNode {
  return (
    <button
      type="button"
      className="tel-button"
      data-tone={props.tone}
      disabled={props.isDisabled}
      aria-pressed={props.isPressed}
      aria-keyshortcuts={props.keys}
      onClick={props.onClick}
    >
      {props.label}
      {props.keys !== undefined && <KeyHint keys={props.keys} />}
    </button>
  )
}
