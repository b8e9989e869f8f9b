import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Notice } from '../../components/notice.tsx'
import { Pill } from '../../components/pill.tsx'
import { ProblemNotice } from '../../components/problem-notice.tsx'
import { clockOf } from '../../lib/duration.ts'
import { TELEPHONE_KEYS } from '../../lib/keys.ts'
import { useSeconds } from '../../lib/use-seconds.ts'
import { useCallerName } from './caller-name.ts'
import { Keypad } from './keypad.tsx'
import { TelButton } from './tel-button.tsx'
import { TransferForm } from './transfer-form.tsx'
import type { Talk } from './use-talk.ts'

/** The other end, how long, and everything one does while talking. */
export function TalkHead(props: { readonly talk: Talk }): ReactNode {
  const { t } = useTranslation()
  const { talk } = props
  const { call, softphone } = talk
  const callerName = useCallerName()
  return (
    <>
      <header className="tel-card-head">
        <h2 className="numbers">{callerName(call)}</h2>
        <TalkState talk={talk} />
        <TalkTime call={call} />
      </header>
      <div className="tel-buttons" role="group" aria-label={t('telephone.bar')}>
        <TelButton
          label={t(call.state === 'held' ? 'telephone.resume' : 'telephone.hold')}
          keys={TELEPHONE_KEYS.hold}
          isPressed={call.state === 'held'}
          isDisabled={!talk.can.hold || talk.isBusy}
          onClick={talk.toggleHold}
        />
        {softphone.health !== 'off' && (
          <>
            <TelButton
              label={t(softphone.isMuted ? 'telephone.unmute' : 'telephone.mute')}
              keys={TELEPHONE_KEYS.mute}
              isPressed={softphone.isMuted}
              isDisabled={!talk.can.mute}
              onClick={talk.toggleMute}
            />
            <TelButton
              label={t('telephone.keypad')}
              keys={TELEPHONE_KEYS.keypad}
              isPressed={talk.tool === 'keypad'}
              isDisabled={!talk.can.keypad}
              onClick={() => {
                talk.toggleTool('keypad')
              }}
            />
          </>
        )}
        <TelButton
          label={t('telephone.transfer')}
          keys={TELEPHONE_KEYS.transfer}
          isPressed={talk.tool === 'transfer'}
          isDisabled={!talk.can.transfer}
          onClick={() => {
            talk.toggleTool('transfer')
          }}
        />
        <TelButton
          label={t('telephone.hangUp')}
          keys={TELEPHONE_KEYS.hangUp}
          tone="urgent"
          isDisabled={!talk.can.hangUp || talk.isBusy}
          onClick={talk.hangUp}
        />
      </div>
      {talk.consulted !== null && (
        <Notice tone="info">
          <p>
            {t(`telephone.transferTo.${talk.consulted.isThere ? 'isThere' : 'underWay'}`, {
              name: talk.consulted.name,
            })}
          </p>
          <div className="tel-buttons">
            <TelButton
              label={t('telephone.transferTo.complete')}
              tone="accent"
              isDisabled={talk.isBusy || !talk.consulted.isThere}
              onClick={talk.completeTransfer}
            />
            <TelButton
              label={t('telephone.transferTo.cancel')}
              isDisabled={talk.isBusy}
              onClick={talk.cancelTransfer}
            />
          </div>
        </Notice>
      )}
      {talk.tool === 'keypad' && <Keypad onDigit={talk.sendDigit} />}
      {talk.tool === 'transfer' && <TransferForm isBusy={talk.isBusy} onTransfer={talk.transfer} />}
      {talk.error !== null && <ProblemNotice error={talk.error} />}
    </>
  )
}

function TalkState(props: { readonly talk: Talk }): ReactNode {
  const { t } = useTranslation()
  const { call, part, softphone } = props.talk
  const joining = call.state === 'dialing' ? 'telephone.dialing' : 'telephone.joining'
  return (
    <span role="status" className="tel-card-tags">
      <Pill tone={part === 'joining' || call.state === 'held' ? 'warn' : 'good'}>
        {part === 'joining'
          ? t(joining)
          : t(call.state === 'held' ? 'telephone.held' : 'telephone.talking')}
      </Pill>
      {softphone.isMuted && <Pill tone="warn">{t('telephone.muted')}</Pill>}
    </span>
  )
}

function TalkTime(props: { readonly call: { readonly answeredAt: string | null } }): ReactNode {
  const now = useSeconds()
  const { answeredAt } = props.call
  return (
    <span className="tel-time numbers" role="timer" aria-live="off">
      {answeredAt === null ? '' : clockOf(now - Date.parse(answeredAt))}
    </span>
  )
}
