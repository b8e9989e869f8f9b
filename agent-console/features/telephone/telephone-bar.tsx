import { Button, Popover } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { clockOf } from '../../lib/duration.ts'
import { useProblemText } from '../../lib/problem-text.ts'
import { useSeconds } from '../../lib/use-seconds.ts'
import { MyState } from './my-state.tsx'
import { SoundSettings } from './sound-settings.tsx'
import { useTelephone } from './telephone-context.tsx'
import { useSoftphoneState } from './use-softphone.ts'
import { WaitingList } from './waiting-list.tsx'

/** My state, who waits, and whether calls can reach this browser. */
export function TelephoneBar(props: {
  readonly isSoundOn: boolean
  readonly onSound: (isOn: boolean) => void
}): ReactNode {
  const { t } = useTranslation()
  const { error, forgetError, watched, stopWatching, own } = useTelephone()
  const problemText = useProblemText()
  return (
    <section className="tel-bar" aria-label={t('telephone.bar')}>
      <MyState />
      <Waiting />
      <div className="tel-bar-end" role="status">
        {watched && (
          <span className="tel-watching">
            {t(`telephone.agents.watching.${watched.mode}`, { name: watched.agent.name })}
            <Button size="compact-xs" variant="default" onClick={stopWatching}>
              {t('telephone.leave')}
            </Button>
          </span>
        )}
      </div>
      {/* What an open call refused is said within it. */}
      {error !== null && own === null && (
        <div className="tel-error" role="alert">
          <span>{problemText(error).text}</span>
          <Button size="compact-xs" variant="default" onClick={forgetError}>
            {t('app.close')}
          </Button>
        </div>
      )}
      <Health />
      <SoundSettings isSoundOn={props.isSoundOn} onSound={props.onSound} />
    </section>
  )
}

function Waiting(): ReactNode {
  const { t } = useTranslation()
  const { board } = useTelephone()
  const now = useSeconds()
  const [isOpen, setOpen] = useState(false)
  const waiting = board?.waiting ?? []
  const since = waiting[0] && Math.min(...waiting.map(({ enteredAt }) => Date.parse(enteredAt)))
  return (
    <Popover
      opened={isOpen}
      onChange={setOpen}
      position="top-start"
      shadow="md"
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <button
          type="button"
          className="tel-waiting"
          data-some={waiting.length > 0}
          onClick={() => {
            setOpen(!isOpen)
          }}
        >
          {waiting.length > 0
            ? t('telephone.waiting', { n: waiting.length })
            : t('telephone.nobodyWaits')}
          {since !== undefined && (
            <span className="numbers">
              {' '}
              · {t('telephone.longest', { time: clockOf(now - since) })}
            </span>
          )}
        </button>
      </Popover.Target>
      <Popover.Dropdown className="tel-line" aria-label={t('telephone.line')}>
        <WaitingList
          onTaken={() => {
            setOpen(false)
          }}
        />
      </Popover.Dropdown>
    </Popover>
  )
}

function Health(): ReactNode {
  const { t } = useTranslation()
  const { softphone, me } = useTelephone()
  const { health, microphoneTrouble, lostMicrophone } = useSoftphoneState(softphone)
  if (me === null || me.state === 'offline') return null
  return (
    <>
      {health !== 'off' && (microphoneTrouble ?? lostMicrophone) !== null && (
        <span className="tel-health" data-health="reconnecting" role="alert">
          {microphoneTrouble === null
            ? t('telephone.lostMicrophone', { name: lostMicrophone ?? '' })
            : t(`telephone.noMicrophone.${microphoneTrouble}`)}
        </span>
      )}
      <span
        className="tel-health"
        role="status"
        data-testid="softphone"
        data-health={health}
        title={t(`telephone.healthHint.${health}`)}
      >
        {t(`telephone.health.${health}`)}
      </span>
    </>
  )
}
