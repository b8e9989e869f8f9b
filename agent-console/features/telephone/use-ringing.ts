import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { readStored, writeStored } from '../../lib/storage.ts'
import { startRinging, unlockSound } from './ringer.ts'

const SOUND_KEY = 'hoiam:ring-sound'

/** Whether the console rings aloud, as this computer was told. */
export function useRingSound(): readonly [isOn: boolean, setOn: (isOn: boolean) => void] {
  const [isOn, setOn] = useState(() => readStored(SOUND_KEY) !== 'off')
  return [
    isOn,
    (next) => {
      setOn(next)
      writeStored(SOUND_KEY, next ? null : 'off')
    },
  ]
}

/** Makes itself heard and seen while a call rings: sound, and a notification where they are allowed. */
export function useRinging(ringing: { readonly phone: string } | null, isSoundOn: boolean): void {
  const { t } = useTranslation()
  useEffect(() => {
    window.addEventListener('pointerdown', unlockSound)
    window.addEventListener('keydown', unlockSound)
    return () => {
      window.removeEventListener('pointerdown', unlockSound)
      window.removeEventListener('keydown', unlockSound)
    }
  }, [])
  const isRinging = ringing !== null
  useEffect(() => (isRinging && isSoundOn ? startRinging() : undefined), [isRinging, isSoundOn])
  const title = ringing === null ? null : t('telephone.ringing', { phone: ringing.phone })
  useEffect(() => (title === null ? undefined : notify(title)), [title])
}

/** Shown by the system only where the page is not in front; a press leads back to it. */
function notify(title: string): (() => void) | undefined {
  if (typeof Notification === 'undefined' || Notification.permission !== 'granted') return undefined
  if (document.hasFocus()) return undefined
  const shown = new Notification(title, { tag: 'hoiam-call', requireInteraction: true })
  shown.onclick = () => {
    window.focus()
    shown.close()
  }
  return () => {
    shown.close()
  }
}
