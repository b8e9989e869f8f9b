import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { KeyHint } from '../../components/key-hint.tsx'
import { useKeys } from '../../lib/keyboard.ts'

const PAUSE_MS = 250

/** Searches while one types, after a pause; `/` comes here, Escape clears. */
export function SearchBox(props: {
  readonly q: string
  readonly onSearch: (q: string) => void
}): ReactNode {
  const { t } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(props.q)
  const [sent, setSent] = useState(props.q)
  const [known, setKnown] = useState(props.q)
  if (known !== props.q) {
    setKnown(props.q)
    // Not what we asked for: a link or the back button changed the address, and it is right.
    if (props.q !== sent) {
      setSent(props.q)
      setText(props.q)
    }
  }
  function search(): void {
    const q = text.trim()
    if (q === sent) return
    setSent(q)
    props.onSearch(q)
  }
  const searchAfterPause = useEffectEvent(search)
  useEffect(() => {
    const timer = setTimeout(() => {
      searchAfterPause()
    }, PAUSE_MS)
    return () => {
      clearTimeout(timer)
    }
  }, [text])
  useKeys({
    '/': () => {
      input.current?.focus()
      input.current?.select()
    },
  })

  return (
    <div role="search" className="search-box">
      <input
        ref={input}
        type="search"
        aria-label={t('inbox.search')}
        aria-keyshortcuts="/"
        placeholder={t('inbox.searchHint')}
        maxLength={200}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') search()
          if (event.key !== 'Escape') return
          event.preventDefault()
          if (text === '') event.currentTarget.blur()
          else setText('')
        }}
      />
      {text === '' && <KeyHint keys="/" />}
    </div>
  )
}
