import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#']

/** The keys of a telephone, by pointer or by the keyboard itself while the focus is here. */
export function Keypad(props: { readonly onDigit: (digit: string) => void }): ReactNode {
  const { t } = useTranslation()
  return (
    <div
      className="tel-keypad"
      role="group"
      aria-label={t('telephone.keypad')}
      onKeyDown={(event) => {
        if (!KEYS.includes(event.key)) return
        event.preventDefault()
        // Digits mean something else on the rest of the screen.
        event.stopPropagation()
        props.onDigit(event.key)
      }}
    >
      {KEYS.map((key) => (
        <button
          key={key}
          type="button"
          autoFocus={key === '1'}
          aria-label={t('telephone.keypadKey', { key })}
          onClick={() => {
            props.onDigit(key)
          }}
        >
          {key}
        </button>
      ))}
    </div>
  )
}
