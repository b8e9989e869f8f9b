import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { MonitorMode } from '#contracts/call-record'
import type { CallView, Transfer, WrapUp } from '#contracts/telephony'
import { sendJson } from '../../lib/api.ts'
import { BOARD_KEY, keepOwnCall } from '../../lib/telephone.ts'

/** What an agent does to a call, as the end of its address, with what there is to say. */
export type CallCommand =
  | {
      readonly name:
        | 'accept'
        | 'decline'
        | 'hold'
        | 'resume'
        | 'hang-up'
        | 'transfer/complete'
        | 'transfer/cancel'
        | 'wrap-up/extend'
    }
  | { readonly name: 'transfer'; readonly body: Transfer }
  | { readonly name: 'wrap-up'; readonly body: WrapUp }
  | { readonly name: 'monitor'; readonly body: { readonly mode: MonitorMode } }

/** After these the call is not this agent's any more, or never was. */
const LETS_GO = ['decline', 'transfer/complete', 'wrap-up', 'monitor']

/** Sends one command at a time; what was answered is shown at once, and the line is read again. */
export function useCallCommands() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ id, command }: { readonly id: string; readonly command: CallCommand }) =>
      sendJson<CallView>(
        'POST',
        `/api/calls/${encodeURIComponent(id)}/${command.name}`,
        'body' in command ? command.body : {},
      ),
    onSuccess: (call, { command }) => {
      if (!LETS_GO.includes(command.name)) keepOwnCall(queryClient, call)
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: BOARD_KEY }),
  })
}
