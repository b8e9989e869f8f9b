import { expect, vi } from 'vitest'
import type { AgentPresence } from '#contracts/telephony'

/**
 * An agent becomes away or offline, whatever goes on: what was kept for after a call is taken back,
 * and a wrap-up is done with. `choose` asks the server for a state.
 */
export async function standDown(
  state: 'away' | 'offline',
  choose: (state: AgentPresence['state']) => Promise<{ readonly body: unknown }>,
): Promise<void> {
  const check = async () => {
    await choose('available')
    await choose('available')
    expect((await choose(state)).body).toMatchObject({ state })
  }
  await vi.waitFor(check, { timeout: 20_000, interval: 50 })
}
