import { useState } from 'react'
import type { CallView } from '#contracts/telephony'

/**
 * The exchange's call that is on this screen: one that was picked up stays, also after its end,
 * until it is closed, so that what is being written down of it is not lost.
 */
export function useExchangeCall(current: CallView | null) {
  const [kept, setKept] = useState<CallView | null>(null)
  const [closed, setClosed] = useState<string | null>(null)
  const isPickedUp = current !== null && current.answeredAt !== null && current.id !== closed
  // A call that rings meanwhile does not take the place of one that was talked to.
  if (isPickedUp && (kept === null || kept.id === current.id) && kept !== current) setKept(current)
  const shown = kept ?? current
  return {
    shown: shown?.id === closed ? null : shown,
    isOver: shown !== null && shown.id !== current?.id,
    ringing: current !== null && current.answeredAt === null ? current : null,
    close: () => {
      setClosed(shown?.id ?? null)
      setKept(null)
    },
  }
}
