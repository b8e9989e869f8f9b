import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallView } from '#contracts/telephony'
import { useKeys } from '../../lib/keyboard.ts'
import { TELEPHONE_KEYS } from '../../lib/keys.ts'
import { useCallerName } from './caller-name.ts'
import { ExchangeCard } from './exchange-card.tsx'
import { OwnCall } from './own-call.tsx'
import type { Part } from './part.ts'
import { RingingCard } from './ringing-card.tsx'
import { TelephoneBar } from './telephone-bar.tsx'
import { useTelephone } from './telephone-context.tsx'
import { useExchangeCall } from './use-exchange-call.ts'
import { useRinging, useRingSound } from './use-ringing.ts'
import { useSoftphoneState } from './use-softphone.ts'
import './call-card.css'
import './telephone.css'

/** The bar below every page, and above it the call that there is. */
export function TelephoneDock(): ReactNode {
  const { t } = useTranslation()
  const { own, board, run, choose, softphone, me } = useTelephone()
  const [isSoundOn, setSoundOn] = useRingSound()
  const callerName = useCallerName()
  const isRinging = own !== null && (own.part === 'ringing' || own.part === 'consult')
  const { hasLine, awaited } = useSoftphoneState(softphone)
  // A colleague who was asked in and has answered is not rung at any more.
  const ringing = isRinging && !(own.part === 'consult' && hasLine) ? own : null
  const exchange = useExchangeCall(board?.exchange ?? null)
  const rung = ringing?.call ?? exchange.ringing
  // A telephone on the desk rings by itself.
  useRinging(rung && { phone: callerName(rung) }, isSoundOn && ringing !== null)
  const actions = useRingingActions(ringing)
  useKeys({
    [TELEPHONE_KEYS.available]: () => {
      choose('available')
    },
    [TELEPHONE_KEYS.away]: () => {
      choose('away')
    },
    [TELEPHONE_KEYS.offline]: () => {
      choose('offline')
    },
    [TELEPHONE_KEYS.main]: () => {
      const first = board?.waiting[0]
      if (ringing) actions.accept()
      else if (own === null && first && me && me.state !== 'offline') {
        void run(first.id, { name: 'accept' })
      }
    },
    [TELEPHONE_KEYS.decline]: actions.decline,
  })
  return (
    <div className="tel-dock">
      {/* Told at once, before anything else: somebody rings. */}
      <p className="hidden-visually" role="alert">
        {rung && t('telephone.ringing', { phone: callerName(rung) })}
      </p>
      {ringing && (
        <RingingCard
          key={ringing.call.id}
          call={ringing.call}
          answered={awaited?.callId === ringing.call.id ? awaited : null}
          onAccept={actions.accept}
          onDecline={actions.decline}
        />
      )}
      {own && !ringing && <OwnCall key={own.call.id} call={own.call} part={own.part} />}
      {own === null && exchange.shown && (
        <ExchangeCard
          key={exchange.shown.id}
          call={exchange.shown}
          isOver={exchange.isOver}
          onClose={exchange.close}
        />
      )}
      <TelephoneBar isSoundOn={isSoundOn} onSound={setSoundOn} />
    </div>
  )
}

function useRingingActions(ringing: { readonly call: CallView; readonly part: Part } | null) {
  const { run, softphone } = useTelephone()
  const consultId = ringing?.part === 'consult' ? ringing.call.id : null
  // Asked in again another time, they are asked again.
  useEffect(() => {
    if (consultId === null) return
    return () => {
      softphone.forgetAnswer()
    }
  }, [consultId, softphone])
  function answer(isTaken: boolean): void {
    if (consultId !== null) softphone.answer(consultId, isTaken)
    else if (ringing) void run(ringing.call.id, { name: isTaken ? 'accept' : 'decline' })
  }
  return {
    accept: () => {
      answer(true)
    },
    decline: () => {
      answer(false)
    },
  }
}
