import { SILENT_AFTER_MS, sentAway } from '#domain/agent'
import type { CallEvent } from '#domain/call'
import { letGoBy } from '#domain/call-end'
import type { Ports } from '../ports.ts'
import { recordCallEvents } from '../record-call.ts'
import { changeCall } from '../save-call.ts'
import { saveAgent } from './save-agent.ts'
import { mendAgent } from './settle-agents.ts'
import { settleCall } from './settle-call.ts'

const HOUR_MS = 3_600_000
/** A call of which nothing was heard for so long is over; its end never came. */
const SILENT_CALL_MS = 4 * HOUR_MS
/** An agent is reserved a moment before their call says so: the company may take that long. */
const SETTLED_AFTER_MS = 15_000
const BATCH = 500

/**
 * Mends what a crash or a lost webhook left: calls that never end, agents whose softphone went
 * silent, agents and calls that say different things of each other. Tries everything before it
 * throws what went wrong.
 */
export async function sweepTelephone(ports: Ports): Promise<void> {
  const failures: unknown[] = []
  const trying = async (act: () => Promise<unknown>) => {
    await act().catch((error: unknown) => failures.push(error))
  }
  const at = ports.now()

  const silent = await ports.calls.findSilent(new Date(at.getTime() - SILENT_CALL_MS), BATCH)
  for (const call of silent) {
    const end: CallEvent = {
      provider: call.provider,
      callRef: call.callRef,
      legRef: call.callRef,
      type: 'ended',
      seq: null,
      at,
      direction: null,
      from: null,
      to: null,
      cause: 'failed',
      recording: null,
    }
    await trying(async () => {
      await changeCall(call.id, (current) => letGoBy(current, 'system', at), ports)
      await recordCallEvents([end], ports)
    })
  }

  for (const call of await ports.calls.findUnsettled(BATCH)) {
    await trying(async () => settleCall(call, ports))
  }

  for (const agent of await ports.agents.list()) {
    const isOld = at.getTime() - agent.since.getTime() > SETTLED_AFTER_MS
    const heardMs = agent.aliveAt?.getTime() ?? 0
    if (agent.state === 'available' && at.getTime() - heardMs > SILENT_AFTER_MS) {
      await trying(async () =>
        saveAgent(
          agent,
          (current) =>
            current.version === agent.version ? sentAway(current, ports.now()) : current,
          ports,
        ),
      )
    } else if (isOld) await trying(async () => mendAgent(agent, ports))
  }
  if (failures.length > 0) throw new AggregateError(failures, 'the telephone is not all mended')
}
