import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallView, Transfer } from '#contracts/telephony'
import type { SoftphoneState } from '../../lib/softphone-state.ts'
import type { Part } from './part.ts'
import { useTelephone } from './telephone-context.tsx'
import { useSoftphoneState } from './use-softphone.ts'

type Tool = 'keypad' | 'transfer'

/** A talk and what can be done in it. */
export type Talk = {
  readonly call: CallView
  readonly part: Part
  readonly softphone: SoftphoneState
  readonly isBusy: boolean
  readonly error: unknown
  /** What may be done now, by button or key; a key pressed while another step is under way counts. */
  readonly can: Readonly<Record<'hold' | 'mute' | 'keypad' | 'transfer' | 'hangUp', boolean>>
  readonly tool: Tool | null
  readonly toggleTool: (tool: Tool) => void
  /** Who is asked into the call before it is handed over, and whether they are there; null: nobody. */
  readonly consulted: { readonly name: string; readonly isThere: boolean } | null
  readonly toggleHold: () => void
  readonly toggleMute: () => void
  readonly sendDigit: (digit: string) => void
  readonly hangUp: () => void
  readonly transfer: (transfer: Transfer, name: string | null) => void
  readonly completeTransfer: () => void
  readonly cancelTransfer: () => void
}

/** The talk of one's own call. Who is called in is what the call says, also after a reload. */
export function useTalk(call: CallView, part: Part): Talk {
  const { t } = useTranslation()
  const { softphone, run, isBusy, error } = useTelephone()
  const state = useSoftphoneState(softphone)
  const [tool, setTool] = useState<Tool | null>(null)
  const [outside, setOutside] = useState<string | null>(null)
  const { transfer } = call
  const isTalking = part === 'talking'
  const consulted = isTalking && transfer?.isWarm ? nameOf(transfer) : null
  function nameOf({ agent, isThere }: NonNullable<CallView['transfer']>) {
    return { name: agent?.name ?? outside ?? t('telephone.transferTo.outside'), isThere }
  }
  return {
    call,
    part,
    can: {
      hold: isTalking,
      mute: state.hasLine,
      keypad: state.hasLine,
      transfer: isTalking && consulted === null,
      hangUp: part !== 'wrapup',
    },
    softphone: state,
    isBusy,
    error,
    tool,
    toggleTool: (next) => {
      setTool(tool === next ? null : next)
    },
    consulted,
    toggleHold: () => void run(call.id, { name: call.state === 'held' ? 'resume' : 'hold' }),
    toggleMute: () => {
      softphone.mute(!state.isMuted)
    },
    sendDigit: (digit) => {
      softphone.sendDigits(digit)
    },
    hangUp: () => {
      // Somebody who was asked in only leaves; the call is not theirs to end.
      if (part === 'consult') softphone.hangUp()
      else void run(call.id, { name: 'hang-up' })
    },
    transfer: (wanted, name) => {
      void run(call.id, { name: 'transfer', body: wanted }).then((done) => {
        if (done === null) return
        setTool(null)
        setOutside(name)
      })
    },
    completeTransfer: () => {
      void run(call.id, { name: 'transfer/complete' })
    },
    cancelTransfer: () => {
      void run(call.id, { name: 'transfer/cancel' })
    },
  }
}
