import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { AgentList, AgentView, CallBoard } from '#contracts/telephony'
import { getJson } from '../../lib/api.ts'
import { useServerEvent } from '../../lib/realtime.tsx'
import { BOARD_KEY } from '../../lib/telephone.ts'

const AGENTS_KEY = ['live', 'telephone', 'agents'] as const
/** Events come in bursts; one reading answers them all. */
const GATHER_MS = 150
/** The line moves even where an event was lost. */
const REFRESH_MS = 30_000

/** Reads the waiting line and this agent's own call: the truth, whatever was heard before. */
export function readBoard(signal?: AbortSignal): Promise<CallBoard> {
  return getJson<CallBoard>('/api/calls/waiting', signal)
}

/** The waiting line and one's own call, read again whenever something is told. */
export function useBoard() {
  const queryClient = useQueryClient()
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const query = useQuery({
    queryKey: BOARD_KEY,
    queryFn: ({ signal }) => readBoard(signal),
    refetchInterval: REFRESH_MS,
  })
  function readSoon(): void {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      void queryClient.invalidateQueries({ queryKey: BOARD_KEY })
    }, GATHER_MS)
  }
  useServerEvent('call:offered', readSoon)
  useServerEvent('call:changed', (changed) => {
    readSoon()
    void queryClient.invalidateQueries({ queryKey: ['live', 'calls', changed.id] })
  })
  useServerEvent('transcript:said', ({ isFinal }) => {
    if (isFinal) readSoon()
  })
  useEffect(
    () => () => {
      clearTimeout(timer.current)
    },
    [],
  )
  return query
}

/** Everyone at the telephone; each change is told whole. */
export function useAgents() {
  const queryClient = useQueryClient()
  useServerEvent('agent:changed', (agent) => {
    queryClient.setQueryData<AgentList>(AGENTS_KEY, (known) => known && withAgent(known, agent))
  })
  return useQuery({
    queryKey: AGENTS_KEY,
    queryFn: ({ signal }) => getJson<AgentList>('/api/agents', signal),
  })
}

/** Keeps what a command answered about an agent. */
export function useKeepAgent(): (agent: AgentView) => void {
  const queryClient = useQueryClient()
  return (agent) => {
    queryClient.setQueryData<AgentList>(AGENTS_KEY, (known) => known && withAgent(known, agent))
  }
}

function withAgent({ agents }: AgentList, agent: AgentView): AgentList {
  const isKnown = agents.some(({ id }) => id === agent.id)
  if (!isKnown) return { agents: [...agents, agent] }
  return {
    agents: agents.map((each) =>
      each.id !== agent.id || Date.parse(each.since) > Date.parse(agent.since) ? each : agent,
    ),
  }
}
