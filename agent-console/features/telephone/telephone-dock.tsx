import { type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallView } from '#contracts/telephony'
import { useKeys } from '../../lib/keyboard.ts'
import { TELEPHONE_KEYS } from '../../lib/keys.ts'
import { useServerEvent } from '../../lib/realtime.tsx'
import { useCallerName } from './caller-name.ts'
import { ExchangeCard } from './exchange-card.tsx'
import type { Part } from './part.ts'
import { RingingCard } from './ringing-card.tsx'
import { hear, type Heard } from './said-lines.ts'
import { TalkHead } from './talk-head.tsx'
import { TalkPanel } from './talk-panel.tsx'
import { TelephoneBar } from './telephone-bar.tsx'
import { useTelephone } from './telephone-context.tsx'
import { useExchangeCall } from './use-exchange-call.ts'
import { useRinging, useRingSound } from './use-ringing.ts'
import { useSoftphoneState } from './use-softphone.ts'
import { useTalk } from './use-talk.ts'
import { WrapUpForm } from './wrap-up-form.tsx'
import './call-card.css'
import './telephone.css'

/** The bar below every page, and above it the call that there is. */
export function TelephoneDock(): ReactNode {
  const { t } = useTranslation()
  const { own, board, run, choose, softphone, me } = useTelephone()
  const [isSoundOn, setSoundOn] = useRingSound()
  const callerName = useCallerName()
  const isRinging = own !== null && (own.part === 'ringing' || own.part === 'consult')
  const { hasLine } = useSoftphoneState(softphone)
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
    <>
      {/* Told at once, before anything else: somebody rings. */}
      <p className="hidden-visually" role="alert">
        {rung && t('telephone.ringing', { phone: callerName(rung) })}
      </p>
      {ringing && (
        <RingingCard
          key={ringing.call.id}
          call={ringing.call}
          onAccept={actions.accept}
          onDecline={actions.decline}
        />
      )}
      {own && !ringing && own.part !== 'wrapup' && (
        <OwnTalk key={own.call.id} call={own.call} part={own.part} />
      )}
      {own?.part === 'wrapup' && <WrapUpForm key={own.call.id} call={own.call} />}
      {own === null && exchange.shown && (
        <ExchangeCard
          key={exchange.shown.id}
          call={exchange.shown}
          isOver={exchange.isOver}
          onClose={exchange.close}
        />
      )}
      <TelephoneBar isSoundOn={isSoundOn} onSound={setSoundOn} />
    </>
  )
}

function useRingingActions(ringing: { readonly call: CallView; readonly part: Part } | null) {
  const { run, softphone } = useTelephone()
  return {
    accept: () => {
      if (ringing?.part === 'consult') softphone.answer(true)
      else if (ringing) void run(ringing.call.id, { name: 'accept' })
    },
    decline: () => {
      if (ringing?.part === 'consult') softphone.answer(false)
      else if (ringing) void run(ringing.call.id, { name: 'decline' })
    },
  }
}

/** The talk: its head is always in sight, the rest can be folded away. */
function OwnTalk(props: { readonly call: CallView; readonly part: Part }): ReactNode {
  const { t } = useTranslation()
  const talk = useTalk(props.call, props.part)
  const [isOpen, setOpen] = useState(true)
  const [heard, setHeard] = useState<Heard>([])
  const text = useRef<HTMLTextAreaElement>(null)
  useServerEvent('transcript:said', (said) => {
    if (said.callId === props.call.id) setHeard((before) => hear(before, said))
  })
  useKeys({
    [TELEPHONE_KEYS.hold]: talk.toggleHold,
    [TELEPHONE_KEYS.mute]: talk.toggleMute,
    [TELEPHONE_KEYS.keypad]: () => {
      talk.toggleTool('keypad')
    },
    [TELEPHONE_KEYS.transfer]: () => {
      talk.toggleTool('transfer')
    },
    [TELEPHONE_KEYS.hangUp]: talk.hangUp,
    [TELEPHONE_KEYS.panel]: () => {
      setOpen(!isOpen)
    },
    [TELEPHONE_KEYS.write]: () => {
      setOpen(true)
      requestAnimationFrame(() => text.current?.focus())
    },
  })
  return (
    <section
      className="tel-card tel-card-wide"
      data-open={isOpen}
      aria-label={t(
        props.call.direction === 'outbound' ? 'telephone.outgoing' : 'telephone.incoming',
      )}
    >
      <button
        type="button"
        className="tel-fold"
        aria-expanded={isOpen}
        aria-keyshortcuts={TELEPHONE_KEYS.panel}
        onClick={() => {
          setOpen(!isOpen)
        }}
      >
        {t(isOpen ? 'telephone.hideCall' : 'telephone.showCall')}
      </button>
      <TalkHead talk={talk} />
      {/* Kept while folded: what was written is not lost. */}
      <div hidden={!isOpen}>
        <TalkPanel call={props.call} heard={heard} textRef={text} />
      </div>
    </section>
  )
}
