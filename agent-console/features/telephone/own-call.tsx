import { type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallView } from '#contracts/telephony'
import { useKeys } from '../../lib/keyboard.ts'
import { TELEPHONE_KEYS } from '../../lib/keys.ts'
import { useServerEvent } from '../../lib/realtime.tsx'
import type { Part } from './part.ts'
import { hear, type Heard } from './said-lines.ts'
import { TalkHead } from './talk-head.tsx'
import { TalkPanel } from './talk-panel.tsx'
import { useNewCaseDraft } from './use-new-case-draft.ts'
import { useMoreTime } from './use-more-time.ts'
import { type Talk, useTalk } from './use-talk.ts'
import { WrapUpForm } from './wrap-up-form.tsx'

/**
 * One's own call, from the talk to the end of its wrap-up: the case that is being written down stays
 * where it is when the caller hangs up. The talk can be folded away, all but its head.
 */
export function OwnCall(props: { readonly call: CallView; readonly part: Part }): ReactNode {
  const { t } = useTranslation()
  const { call, part } = props
  const talk = useTalk(call, part)
  const writing = useNewCaseDraft(call.id)
  const takeMoreTime = useMoreTime(call)
  const [isUnfolded, setUnfolded] = useState(true)
  const [heard, setHeard] = useState<Heard>([])
  const text = useRef<HTMLTextAreaElement>(null)
  const isWrapUp = part === 'wrapup'
  const isOpen = isUnfolded || isWrapUp
  useServerEvent('transcript:said', (said) => {
    if (said.callId === call.id) setHeard((before) => hear(before, said))
  })
  useTalkKeys(talk)
  useKeys({
    [TELEPHONE_KEYS.panel]: () => {
      setUnfolded(!isUnfolded)
    },
    [TELEPHONE_KEYS.write]: () => {
      setUnfolded(true)
      requestAnimationFrame(() => text.current?.focus())
    },
  })
  return (
    <section
      className="tel-card tel-card-wide"
      data-open={isOpen}
      onInput={takeMoreTime}
      aria-label={t(call.direction === 'outbound' ? 'telephone.outgoing' : 'telephone.incoming')}
    >
      {!isWrapUp && (
        <button
          type="button"
          className="tel-fold"
          aria-expanded={isOpen}
          aria-keyshortcuts={TELEPHONE_KEYS.panel}
          onClick={() => {
            setUnfolded(!isUnfolded)
          }}
        >
          {t(isOpen ? 'telephone.hideCall' : 'telephone.showCall')}
        </button>
      )}
      {!isWrapUp && <TalkHead talk={talk} />}
      {/* Kept while folded: what was written is not lost. */}
      <div hidden={!isOpen}>
        <TalkPanel call={call} heard={heard} writing={writing} textRef={text}>
          {isWrapUp && <WrapUpForm call={call} isCaseUnsaved={writing.isUnsaved} />}
        </TalkPanel>
      </div>
    </section>
  )
}

/** A key does what its button does, and nothing where that one is off. */
function useTalkKeys(talk: Talk): void {
  const { can } = talk
  useKeys({
    [TELEPHONE_KEYS.hold]: () => {
      if (can.hold) talk.toggleHold()
    },
    [TELEPHONE_KEYS.mute]: () => {
      if (can.mute) talk.toggleMute()
    },
    [TELEPHONE_KEYS.keypad]: () => {
      if (can.keypad) talk.toggleTool('keypad')
    },
    [TELEPHONE_KEYS.transfer]: () => {
      if (can.transfer) talk.toggleTool('transfer')
    },
    [TELEPHONE_KEYS.hangUp]: () => {
      if (can.hangUp) talk.hangUp()
    },
  })
}
