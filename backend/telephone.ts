import type { Logger } from 'pino'
import type { Dispatcher } from '#jobs/dispatcher'
import type { Job } from '#jobs/schedule'
import type { Wall } from '#jobs/wall'
import { httpExchangeRecordings } from '#telephony/generic-cti/recordings'
import { twilioCallControl } from '#telephony/twilio/call-control'
import { twilioSoftphoneTokens } from '#telephony/twilio/softphone-tokens'
import { keepCallDays } from '#use-cases/call-history'
import type { Ports } from '#use-cases/ports'
import type { CallEventJournal, TelephonePublisher } from '#use-cases/ports/telephony'
import { recordCallEvents } from '#use-cases/record-call'
import { keepExchangeRecordings } from '#use-cases/recordings/keep-exchange-recordings'
import {
  deleteOldRecordings,
  keepRecordings,
  type OnProblem,
} from '#use-cases/recordings/keep-recordings'
import { askCosts } from '#use-cases/telephone/ask-costs'
import { endOverdueOffers, endOverdueWrapUps } from '#use-cases/telephone/end-overdue'
import { sweepTelephone } from '#use-cases/telephone/sweep-telephone'

import type { Config } from './config.ts'

const SECOND_MS = 1_000
const MINUTE_MS = 60_000

/** The telephone company that is set up, as far as it does what it is told; nulls where none is. */
export function telephoneCompany(
  { twilio }: Pick<Config, 'twilio'>,
  publicUrl: string,
  settings: Ports['settings'],
): Pick<Ports, 'callControl' | 'softphoneTokens'> {
  if (twilio === null) return { callControl: null, softphoneTokens: null }
  const { accountSid, apiKey, edge } = twilio
  return {
    callControl: twilioCallControl({
      account: twilio,
      doorsUrl: `${publicUrl}/telephony/twilio`,
      ownNumber: () => settings().hotline.outbound.callerId,
      edge,
      isTalkRecorded: () => settings().hotline.recordings.areTalksRecorded === true,
    }),
    // A softphone's token is signed with a key that can be withdrawn, never with the account's own.
    softphoneTokens: apiKey === null ? null : twilioSoftphoneTokens({ accountSid, apiKey, edge }),
  }
}

/** The recordings of the exchange that is set up; null where they stay with it. */
export function exchangeRecordings({ cti }: Pick<Config, 'cti'>): Ports['exchangeRecordings'] {
  return cti?.recordings == null ? null : httpExchangeRecordings(cti.recordings)
}

type TelephoneParts = {
  readonly dispatcher: Dispatcher
  readonly journal: CallEventJournal
  readonly wall: Wall
  readonly log: Logger
}

/** What the telephone does by the clock. */
export function telephoneJobs(
  ports: Ports,
  { dispatcher, journal, wall, log }: TelephoneParts,
): Job[] {
  const wake = () => {
    dispatcher.wake()
    return Promise.resolve()
  }
  const notKept: OnProblem = ({ callId, error }) => {
    log.warn({ err: error, callId }, 'a recording could not be kept')
  }
  return [
    { name: 'ringing', everyMs: SECOND_MS, run: async () => endOverdueOffers(ports) },
    { name: 'wrap-ups', everyMs: SECOND_MS, run: async () => endOverdueWrapUps(ports) },
    // What another process changed wakes nobody here.
    { name: 'dispatch', everyMs: SECOND_MS, run: wake },
    { name: 'wall', everyMs: SECOND_MS, run: async () => wall.showIfChanged() },
    {
      name: 'waiting-call-events',
      everyMs: 10 * SECOND_MS,
      run: async () => journal.replay(async (event) => recordCallEvents([event], ports)),
    },
    {
      name: 'keep-recordings',
      everyMs: MINUTE_MS,
      run: async () => keepRecordings(ports, notKept),
    },
    {
      name: 'keep-exchange-recordings',
      everyMs: MINUTE_MS,
      run: async () => keepExchangeRecordings(ports, notKept),
    },
    {
      name: 'old-recordings',
      everyMs: 60 * MINUTE_MS,
      run: async () => deleteOldRecordings(ports),
    },
    { name: 'call-costs', everyMs: MINUTE_MS, run: async () => askCosts(ports) },
    { name: 'call-days', everyMs: 60 * MINUTE_MS, run: async () => keepCallDays(ports) },
    { name: 'telephone', everyMs: 10 * SECOND_MS, run: async () => sweepTelephone(ports) },
  ]
}

/** Tells the consoles, and rings again where a call waits or an agent is free. */
export function wakingAt(
  consoles: () => TelephonePublisher,
  { dispatcher, wall }: Pick<TelephoneParts, 'dispatcher' | 'wall'>,
): TelephonePublisher {
  return {
    callChanged: (call) => {
      consoles().callChanged(call)
      wall.changed()
      if (call.state === 'queued') dispatcher.wake()
    },
    agentChanged: (agent) => {
      consoles().agentChanged(agent)
      wall.changed()
      if (agent.state === 'available') dispatcher.wake()
    },
    callOffered: (offered) => {
      consoles().callOffered(offered)
    },
    transcriptSaid: (agentId, said) => {
      consoles().transcriptSaid(agentId, said)
    },
    told: (agentId, refusal) => {
      consoles().told(agentId, refusal)
    },
  }
}
