import { Button, NativeSelect, Popover, Switch } from '@mantine/core'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useTelephone } from './telephone-context.tsx'
import { useSoftphoneState } from './use-softphone.ts'

/** Ringing sound on or off, notifications, and which microphone. */
export function SoundSettings(props: {
  readonly isSoundOn: boolean
  readonly onSound: (isOn: boolean) => void
}): ReactNode {
  const { t } = useTranslation()
  const ringing = t(props.isSoundOn ? 'telephone.ringOn' : 'telephone.ringOff')
  return (
    <Popover position="top-end" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <button
          type="button"
          className="tel-waiting"
          aria-label={`${ringing}, ${t('telephone.settings')}`}
        >
          {ringing}
        </button>
      </Popover.Target>
      <Popover.Dropdown className="tel-sound" aria-label={t('telephone.settings')}>
        <Switch
          label={t('telephone.ringSound')}
          checked={props.isSoundOn}
          onChange={(event) => {
            props.onSound(event.currentTarget.checked)
          }}
        />
        <NotificationChoice />
        <MicrophoneChoice />
      </Popover.Dropdown>
    </Popover>
  )
}

function NotificationChoice(): ReactNode {
  const { t } = useTranslation()
  const [permission, setPermission] = useState(() =>
    typeof Notification === 'undefined' ? 'denied' : Notification.permission,
  )
  if (permission === 'granted') return <p className="soft">{t('telephone.notifyOn')}</p>
  if (permission === 'denied') return <p className="soft">{t('telephone.notifyDenied')}</p>
  return (
    <Button
      size="compact-sm"
      variant="default"
      onClick={() => void Notification.requestPermission().then(setPermission)}
    >
      {t('telephone.notify')}
    </Button>
  )
}

function MicrophoneChoice(): ReactNode {
  const { t } = useTranslation()
  const { softphone } = useTelephone()
  const { health, microphones, microphoneId } = useSoftphoneState(softphone)
  const [level, setLevel] = useState(0)
  useEffect(() => softphone.onLevel(setLevel), [softphone])
  if (health === 'off') return null
  return (
    <>
      <NativeSelect
        label={t('telephone.microphone')}
        value={microphoneId ?? ''}
        data={[
          ...(microphoneId === null
            ? [{ value: '', label: t('telephone.defaultMicrophone') }]
            : []),
          ...microphones.map(({ id, label }) => ({ value: id, label: label === '' ? id : label })),
        ]}
        onChange={(event) => {
          void softphone.chooseMicrophone(event.currentTarget.value)
        }}
      />
      <meter className="tel-level" aria-label={t('telephone.level')} max={1} value={level} />
    </>
  )
}
