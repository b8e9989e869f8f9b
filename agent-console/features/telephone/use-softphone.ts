import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useState, useSyncExternalStore } from 'react'
import type { CallBoard, SoftphoneToken } from '#contracts/telephony'
import { sendJson } from '../../lib/api.ts'
import { useConnection, useRealtime } from '../../lib/realtime.tsx'
import { createSoftphone } from '../../lib/softphone.ts'
import type { LineDecision, Softphone, SoftphoneState } from '../../lib/softphone-state.ts'
import { BOARD_KEY, isPlacingCall } from '../../lib/telephone.ts'
import { partIn } from './part.ts'
import { readBoard } from './use-board.ts'

const HEARTBEAT_MS = 15_000
/** Placing a call is answered within this; its line may ring before that. */
const PLACING_STEP_MS = 200
const PLACING_STEPS = 25

/** The softphone of this person, on while calls may come. */
export function useSoftphone(agentId: string, isOn: boolean): Softphone {
  const queryClient = useQueryClient()
  const [softphone] = useState(() =>
    createSoftphone({
      fetchToken: () => sendJson<SoftphoneToken>('POST', '/api/softphone/token', {}),
      decide: (callId) => decide(callId, agentId, queryClient),
    }),
  )
  useEffect(() => {
    if (!isOn) return
    softphone.start()
    return () => {
      softphone.stop()
    }
  }, [softphone, isOn])
  useHeartbeat(softphone, isOn)
  return softphone
}

/** The softphone as it is now. */
export function useSoftphoneState(softphone: Softphone): SoftphoneState {
  return useSyncExternalStore(softphone.subscribe, softphone.state)
}

/** Says that calls can ring here. Where browsers have no line of their own, the console itself rings. */
function useHeartbeat(softphone: Softphone, isOn: boolean): void {
  const { socket } = useRealtime()
  const connection = useConnection()
  const { health } = useSoftphoneState(softphone)
  const isAlive = isOn && connection === 'live' && (health === 'registered' || health === 'off')
  const beat = useEffectEvent(() => {
    // Nothing follows from the answer: the next beat comes anyway.
    socket.timeout(HEARTBEAT_MS).emit('softphone:alive', () => undefined)
  })
  useEffect(() => {
    if (!isAlive) return
    beat()
    const timer = setInterval(() => {
      beat()
    }, HEARTBEAT_MS)
    return () => {
      clearInterval(timer)
    }
  }, [isAlive])
}

async function decide(
  callId: string,
  agentId: string,
  queryClient: QueryClient,
): Promise<LineDecision> {
  for (let step = 0; isPlacingCall(queryClient) && step < PLACING_STEPS; step += 1) {
    await new Promise((resolve) => setTimeout(resolve, PLACING_STEP_MS))
  }
  const known = decisionBy(queryClient.getQueryData<CallBoard>(BOARD_KEY), callId, agentId)
  // A line may be quicker than what was told about it: the server knows.
  if (known !== 'refuse') return known
  return decisionBy(await readBoard().catch(() => undefined), callId, agentId)
}

function decisionBy(board: CallBoard | undefined, callId: string, agentId: string): LineDecision {
  const mine = board?.mine
  if (mine?.id !== callId) return 'refuse'
  const part = partIn(mine, agentId)
  if (part === 'consult') return 'ring'
  return part === 'joining' || part === 'talking' ? 'take' : 'refuse'
}
