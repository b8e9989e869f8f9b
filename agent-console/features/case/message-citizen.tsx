import { Button, Group, Textarea } from '@mantine/core'
import { type KeyboardEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaseView } from '#contracts/cases'
import { smsSegments } from '#contracts/sms-segments'
import { ProblemNotice } from '../../components/problem-notice.tsx'
import { useSendMessage } from './use-send-message.ts'

// As the server's contract has it; the contract itself would bring its parser along.
const MESSAGE_MAX = 1_600

/** A text message to the citizen's telephone: what it will say and how many SMS that is. */
export function MessageCitizen(props: { readonly view: CaseView }): ReactNode {
  const { t } = useTranslation()
  const { code, version, messaging } = props.view
  const [isOpen, setOpen] = useState(false)
  if (messaging === null || messaging === 'no-number') return null
  return (
    <section aria-label={t('messages.title')}>
      <h2 className="section-title">{t('messages.title')}</h2>
      {messaging === 'no-sender' && <p className="soft">{t('messages.no-sender')}</p>}
      {messaging === 'ready' && !isOpen && (
        <Button
          variant="default"
          size="compact-xs"
          onClick={() => {
            setOpen(true)
          }}
        >
          {t('messages.write')}
        </Button>
      )}
      {messaging === 'ready' && isOpen && (
        <MessageForm
          code={code}
          version={version}
          onClose={() => {
            setOpen(false)
          }}
        />
      )}
    </section>
  )
}

function MessageForm(props: {
  readonly code: string
  readonly version: number
  readonly onClose: () => void
}): ReactNode {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const sending = useSendMessage(props.code)
  const said = text.trim()
  const { unitCount, segmentCount } = smsSegments(said)

  function send(): void {
    if (said === '' || sending.isPending) return
    sending.mutate({ version: props.version, text: said }, { onSuccess: props.onClose })
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send()
    if (event.key === 'Escape' && said === '') props.onClose()
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <Textarea
        autoFocus
        autosize={false}
        rows={3}
        label={t('messages.label')}
        description={t('messages.count', { characters: unitCount, parts: segmentCount })}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={text}
        maxLength={MESSAGE_MAX}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          setText(event.currentTarget.value)
        }}
      />
      {sending.error ? <ProblemNotice error={sending.error} /> : null}
      <Group gap="xs" mt="xs">
        <Button
          type="submit"
          size="compact-sm"
          loading={sending.isPending}
          disabled={said === ''}
          aria-keyshortcuts="Control+Enter"
        >
          {t('messages.send')}
        </Button>
        <Button variant="default" size="compact-sm" onClick={props.onClose}>
          {t('messages.cancel')}
        </Button>
      </Group>
    </form>
  )
}
