import { type ReactNode, type RefObject, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { KeyHint } from '../../components/key-hint.tsx'
import { DraftHints } from './draft-hints.tsx'
import { editorText } from './draft-reducer.ts'
import { EditorFoot } from './editor-foot.tsx'
import { EditorNotices } from './editor-notices.tsx'
import { PublicPreview } from './public-preview.tsx'
import type { CaseActions } from './use-case-actions.ts'
import './response.css'

const MAX_LENGTH = 10_000

/** Where the officer writes to the citizen. It grows when it is used and never loses a word. */
export function ResponseEditor(props: {
  readonly actions: CaseActions
  readonly input: RefObject<HTMLTextAreaElement | null>
  readonly onFocusChange: (isFocused: boolean) => void
  readonly onLeave: () => void
}): ReactNode {
  const { t } = useTranslation()
  const [isPreviewOpen, setPreviewOpen] = useState(false)
  const { actions, input, onFocusChange, onLeave } = props
  const { view, draft } = actions
  const text = editorText(draft, view)

  function insert(canned: string): void {
    const { selectionStart = text.length, selectionEnd = text.length } = input.current ?? {}
    actions.type(text.slice(0, selectionStart) + canned + text.slice(selectionEnd))
    input.current?.focus()
  }

  function show(start: number, end: number): void {
    input.current?.focus()
    input.current?.setSelectionRange(start, end)
  }

  return (
    <section className="response" aria-label={t('response.region')}>
      <EditorNotices actions={actions} />
      {isPreviewOpen && <PublicPreview view={view} isStale={draft !== null} />}
      <div className="response-box">
        <textarea
          ref={input}
          className="response-text"
          aria-label={t('response.label')}
          aria-keyshortcuts="R"
          placeholder={t('response.placeholder')}
          maxLength={MAX_LENGTH}
          data-filled={text !== ''}
          value={text}
          onChange={(event) => {
            actions.type(event.currentTarget.value)
          }}
          onFocus={() => {
            onFocusChange(true)
          }}
          onBlur={() => {
            onFocusChange(false)
          }}
          onKeyDown={(event) => {
            if (event.key === 'Escape') onLeave()
            if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
            event.preventDefault()
            actions.submit()
          }}
        />
        {text === '' && <KeyHint keys="r" />}
      </div>
      <DraftHints code={view.code} text={text} onShow={show} />
      <EditorFoot
        actions={actions}
        length={text.length}
        isEmpty={text.trim() === ''}
        isPreviewOpen={isPreviewOpen}
        onPreview={setPreviewOpen}
        onCanned={insert}
      />
    </section>
  )
}
