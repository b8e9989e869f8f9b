import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { StepMessage } from '#contracts/cases'
import type { MessageState as State } from '#contracts/vocabulary'
import { Pill } from '../../components/pill.tsx'
import type { vi } from '../../i18n/vi.ts'

type KnownError = keyof (typeof vi)['messages']['errors']

const TONES = {
  queued: 'info',
  sending: 'info',
  sent: 'info',
  failed: 'urgent',
  undelivered: 'urgent',
  delivered: 'good',
} as const satisfies Record<State, string>

/** That a step came or went by text message, and how far ours came, with the reason of a failure. */
export function MessageState(props: { readonly message: StepMessage }): ReactNode {
  const { t, i18n } = useTranslation()
  const { state, errorCode } = props.message
  const isKnown = (code: string): code is KnownError => i18n.exists(`messages.errors.${code}`)
  return (
    <>
      {' '}
      <Pill tone={state === null ? 'quiet' : TONES[state]}>
        {state === null ? t('messages.bySms') : t(`messages.state.${state}`)}
      </Pill>
      {errorCode !== null && (
        <span className="soft">
          {' · '}
          {isKnown(errorCode)
            ? t(`messages.errors.${errorCode}`)
            : t('messages.errorCode', { code: errorCode })}
        </span>
      )}
    </>
  )
}
