import { DomainError } from '#domain/errors'
import type { CallControl } from '#use-cases/ports/telephony'

type Asked = Exclude<keyof CallControl, 'provider' | 'region'>

/** A telephone company that does nothing but remember what it was asked, in order, and can refuse. */
export type FakeCompany = CallControl & {
  readonly asked: { readonly what: Asked; readonly callId: string; readonly of: string }[]
  /** What calls cost from now on; null: not known yet. */
  charge(cost: Awaited<ReturnType<CallControl['costOf']>>): void
  /** Refuses these from now on. */
  refuse(...what: readonly Asked[]): void
  /** What it was asked about a call, in order. */
  about(callId: string): Asked[]
  /** The leg that an agent was rung on last. */
  legOf(of: string): string
}

/** A company under the name `twilio` that takes everything. */
export function fakeCompany(): FakeCompany {
  const asked: FakeCompany['asked'] = []
  let refused: readonly Asked[] = []
  let legs = 0
  let cost: Awaited<ReturnType<CallControl['costOf']>> = null
  const legOf = new Map<string, string>()

  async function ask(what: Asked, callId: string, of = ''): Promise<string> {
    // Other requests come in between, as they do over a network.
    await new Promise((resolve) => setImmediate(resolve))
    asked.push({ what, callId, of })
    if (refused.includes(what)) throw new DomainError('unavailable', 'provider-refused')
    legs += 1
    const ref = `CAleg${String(legs)}`
    legOf.set(of, ref)
    return ref
  }
  const done = async (what: Asked, callId: string, of = '') => {
    await ask(what, callId, of)
  }

  return {
    provider: 'twilio',
    region: 'singapore',
    asked,
    charge: (next) => {
      cost = next
    },
    refuse: (...what) => {
      refused = what
    },
    about: (callId) => asked.filter((each) => each.callId === callId).map(({ what }) => what),
    legOf: (of) => legOf.get(of) ?? '',
    connectCaller: async ({ id }) => done('connectCaller', id),
    ringAgent: async ({ id }, agentId) => ask('ringAgent', id, agentId),
    ringNumber: async ({ id }, number) => ask('ringNumber', id, number),
    monitor: async ({ id }, supervisorId, _leg, mode) =>
      ask('monitor', id, `${supervisorId} ${mode}`),
    hold: async ({ id }, isHeld) => done('hold', id, String(isHeld)),
    removeLeg: async ({ id }, legRef) => done('removeLeg', id, legRef),
    sendToQueue: async ({ id }) => done('sendToQueue', id),
    dial: async (to, callerId) => ask('dial', '', `${to} as ${callerId}`),
    hangUp: async ({ id }) => done('hangUp', id),
    costOf: async ({ id }) => {
      await ask('costOf', id)
      return cost
    },
    fetchRecording: async ({ ref }) => {
      await ask('fetchRecording', '', ref)
      return new Uint8Array([1])
    },
    deleteRecording: async ({ ref }) => done('deleteRecording', '', ref),
  }
}
