import { useMutation } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useState } from 'react'
import type { Session } from '#contracts/staff'
import type { AgentPresence, AgentView, CallBoard, CallView } from '#contracts/telephony'
import type { MonitorMode } from '#contracts/call-record'
import { sendJson } from '../../lib/api.ts'
import type { Softphone } from '../../lib/softphone-state.ts'
import { type Part, partIn } from './part.ts'
import { useAgents, useBoard, useKeepAgent } from './use-board.ts'
import { type CallCommand, useCallCommands } from './use-call-commands.ts'
import { useSoftphone } from './use-softphone.ts'

/** A call that a supervisor takes part in. */
export type Watched = {
  readonly callId: string
  readonly agent: AgentView
  readonly mode: MonitorMode
}

/** The telephone of whoever is signed in. */
export type Telephone = {
  readonly session: Session
  readonly board: CallBoard | undefined
  readonly boardError: unknown
  readonly agents: readonly AgentView[]
  /** How this person stands with the telephone; offline where they never used it. */
  readonly me: Pick<AgentView, 'state' | 'since' | 'afterCall'> | null
  readonly own: { readonly call: CallView; readonly part: Part } | null
  readonly softphone: Softphone
  /** Chosen again during a call, what was kept for afterwards is taken back. */
  readonly choose: (state: AgentPresence['state']) => void
  /** Does something to a call; the promise holds nothing where it was refused, and `error` says why. */
  readonly run: (id: string, command: CallCommand) => Promise<CallView | null>
  readonly isBusy: boolean
  readonly error: unknown
  readonly forgetError: () => void
  readonly watched: Watched | null
  readonly watch: (agent: AgentView, mode: MonitorMode) => Promise<void>
  readonly stopWatching: () => void
}

const SETTLED_WITHIN_MS = 8_000

const TelephoneContext = createContext<Telephone | null>(null)

/** Keeps the telephone going whatever page is open. */
export function TelephoneProvider(props: {
  readonly session: Session
  readonly children: ReactNode
}): ReactNode {
  const { session } = props
  const { data: board, error: boardError } = useBoard()
  const { data: list } = useAgents()
  const keepAgent = useKeepAgent()
  const commands = useCallCommands()
  const [watched, setWatched] = useState<Watched | null>(null)
  const presence = useMutation({
    mutationFn: (state: AgentPresence['state']) =>
      sendJson<AgentView>('PUT', '/api/agents/me', { state }),
    onSuccess: keepAgent,
  })
  const agents = list?.agents ?? []
  const me = agents.find(({ id }) => id === session.id) ?? null
  // The talk that was listened to may end, or be handed to somebody else.
  const isStillTalked = agents.some(
    ({ callId, state }) => state === 'talking' && callId === watched?.callId,
  )
  const isOn = (me !== null && me.state !== 'offline') || (watched !== null && isStillTalked)
  const softphone = useSoftphone(session.id, isOn)
  const part = board?.mine ? partIn(board.mine, session.id) : null

  async function run(id: string, command: CallCommand): Promise<CallView | null> {
    presence.reset()
    if (command.name === 'accept') softphone.answer(id, true)
    try {
      return await commands.mutateAsync({ id, command })
    } catch {
      // What was refused is shown where it was asked, from `error`.
      if (command.name === 'accept') softphone.forgetAnswer()
      return null
    }
  }

  const telephone: Telephone = {
    session,
    board,
    boardError: board === undefined ? boardError : null,
    agents,
    me,
    own: board?.mine && part !== null ? { call: board.mine, part } : null,
    softphone,
    choose: (state) => {
      commands.reset()
      presence.mutate(me?.afterCall === state ? 'available' : state)
    },
    run,
    isBusy: commands.isPending,
    error: commands.error ?? presence.error,
    forgetError: () => {
      commands.reset()
      presence.reset()
    },
    watched: isStillTalked ? watched : null,
    watch: async (agent, mode) => {
      if (agent.callId === null) return
      const { callId } = agent
      softphone.answer(callId, true)
      setWatched({ callId, agent, mode })
      // Whoever was offline has no line yet, and the call would ring at nobody.
      if (!isOn || softphone.state().health !== 'off') await settled(softphone)
      const joined = await run(callId, { name: 'monitor', body: { mode } })
      if (joined === null) setWatched(null)
    },
    stopWatching: () => {
      softphone.hangUp()
      softphone.forgetAnswer()
      setWatched(null)
    },
  }
  return <TelephoneContext value={telephone}>{props.children}</TelephoneContext>
}

/** Waits, but not for ever, until the softphone is registered or known to be of no use. */
function settled(softphone: Softphone): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      stop()
      resolve()
    }
    const look = () => {
      const { health } = softphone.state()
      if (health === 'registered' || health === 'off') end()
    }
    const timer = setTimeout(end, SETTLED_WITHIN_MS)
    const stop = softphone.subscribe(look)
    // A line that is registered already tells nothing more.
    if (softphone.state().health === 'registered') end()
  })
}

/** The telephone below the provider. */
export function useTelephone(): Telephone {
  const telephone = useContext(TelephoneContext)
  if (telephone === null) throw new Error('useTelephone needs a TelephoneProvider above it')
  return telephone
}
