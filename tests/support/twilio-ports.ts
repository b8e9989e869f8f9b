import { createHmac } from 'node:crypto'
import holidays from '../../seeds/vietnam/holidays_vn.json' with { type: 'json' }
import { buildCalendar, settingsFromSeed } from '#domain/calendar-settings'
import type { HotlineSettings } from '#contracts/hotline'
import type { Agent } from '#domain/agent'
import { awaitsCase, type Call, dedupKey } from '#domain/call'
import { busyAgentOf, citizenNumber, lastHeardAt, ringsUntil } from '#domain/call-people'
import { isWaiting } from '#domain/call-queue'
import type { Case } from '#domain/case'
import { DEFAULT_SERVICE_LEVELS } from '#domain/service-level'
import type { CallRepository, CaseRepository, Ports } from '#use-cases/ports'
import type { CallBack } from '#use-cases/ports/telephony'

/** The moment at which every webhook arrives unless a test says otherwise. */
export const NOW = new Date('2026-11-23T01:00:00Z')

/** Ports with a call log and cases in memory; `openedCases` are all the cases there are. */
export function hotlinePorts(
  overrides: Partial<Ports> = {},
): Ports & { readonly openedCases: Map<string, Case> } {
  const openedCases = new Map<string, Case>()
  let codeCount = 0
  const hash = (...parts: string[]) => createHmac('sha256', 'x').update(parts.join()).digest('hex')
  const pinFor = (code: string) => String(parseInt(hash('pin', code).slice(0, 8), 16) % 1e6)
  const untouched = {} as Ports
  return {
    ...untouched,
    openedCases,
    now: () => NOW,
    newId: () => 'an-id',
    randomDigits: (count) => String((codeCount += 1)).padStart(count, '2'),
    cases: memoryCases(openedCases),
    calls: memoryCalls(),
    agencies: { ...untouched.agencies, findActive: () => Promise.resolve([]) },
    settings: () => ({
      fields: [{ id: 'other', name: { vi: 'Lĩnh vực khác', en: 'Other' }, topics: [] }],
      routing: [{ field: 'other', topic: null, steps: [], supporting: [], triage: 'unsure-field' }],
      calendar: buildCalendar(settingsFromSeed(holidays)),
      serviceLevels: DEFAULT_SERVICE_LEVELS,
      cannedAnswers: [],
      hotline: HOTLINE,
    }),
    agents: memoryAgents(),
    callBacks: memoryCallBacks(),
    callControl: null,
    softphoneTokens: null,
    telephone: {
      callChanged: () => undefined,
      callOffered: () => undefined,
      agentChanged: () => undefined,
      transcriptSaid: () => undefined,
      told: () => undefined,
    },
    reader: {
      ...untouched.reader,
      read: () => ({
        modelVersion: 'none',
        language: 'vi',
        kind: 'report',
        // As sure as can be, and wrong: nobody has heard the message.
        field: 'telecom',
        topic: null,
        confidence: 0.99,
        alternatives: [],
        abstain: false,
        evidence: [],
        urgency: 'normal',
        places: [],
        personalData: [],
      }),
      redact: (text) => text,
    },
    secrets: {
      pinFor: (code) => pinFor(code).padStart(6, '0'),
      hashPin: hash,
      isPin: (code, pin, kept) => hash(code, pin) === kept,
      hashContent: hash,
    },
    publisher: { publish: () => undefined },
    ...overrides,
  }
}

const HOTLINE: HotlineSettings = {
  texts: {},
  menu: [{ key: '1', action: 'leave-report', words: { vi: [], en: [] } }],
  emergencyWords: [],
  hours: 'always',
  queue: { maxWaiting: 20, ringSeconds: 20, wrapUpSeconds: 60, musicUrl: null },
  isTranscribed: false,
  outbound: { callerId: null, quietFrom: '21:00', quietUntil: '07:00', callBackAttempts: 3 },
  recordings: { keepDays: 90 },
}

function memoryAgents(): Ports['agents'] {
  const agents = new Map<string, Agent>()
  return {
    findById: (id) => Promise.resolve(agents.get(id) ?? null),
    list: () => Promise.resolve([...agents.values()]),
    save: (next, loadedVersion) => {
      if ((agents.get(next.id)?.version ?? 0) !== loadedVersion) return Promise.resolve(false)
      agents.set(next.id, next)
      return Promise.resolve(true)
    },
  }
}

function memoryCallBacks(): Ports['callBacks'] {
  const callBacks = new Map<string, CallBack>()
  return {
    add: (callBack) => {
      const isNew = !callBacks.has(callBack.id)
      if (isNew) callBacks.set(callBack.id, callBack)
      return Promise.resolve(isNew)
    },
    findById: (id) => Promise.resolve(callBacks.get(id) ?? null),
    save: (next) => {
      callBacks.set(next.id, next)
      return Promise.resolve(true)
    },
    listOpen: () => Promise.resolve([...callBacks.values()]),
  }
}

/** A call log that keeps its promises, in memory. */
export function memoryCalls(): CallRepository {
  const events = new Set<string>()
  const calls = new Map<string, Call>()
  const newestFirst = () =>
    [...calls.values()].sort((a, b) => b.startedAt.getTime() - a.startedAt.getTime())
  return {
    addEvent: async (event) => {
      await soon()
      const isNew = !events.has(dedupKey(event))
      events.add(dedupKey(event))
      return isNew
    },
    findCall: async (id) => {
      await soon()
      return structuredClone(calls.get(id)) ?? null
    },
    saveCall: async (next, loadedVersion) => {
      await soon()
      if ((calls.get(next.id)?.version ?? 0) !== loadedVersion) return false
      calls.set(next.id, structuredClone(next))
      return true
    },
    findAwaitingCase: (limit) =>
      Promise.resolve(newestFirst().reverse().filter(awaitsCase).slice(0, limit)),
    list: (_cursor, limit) =>
      Promise.resolve({ items: newestFirst().slice(0, limit), nextCursor: null }),
    findWaiting: () =>
      Promise.resolve(newestFirst().filter((call) => isWaiting(call) && call.endedAt === null)),
    findBusy: (id) => Promise.resolve(newestFirst().find((c) => busyAgentOf(c) === id) ?? null),
    findUnsettled: () => Promise.resolve(newestFirst().filter((c) => busyAgentOf(c) !== null)),
    findRungOut: (at) => Promise.resolve(newestFirst().filter((c) => isPast(ringsUntil(c), at))),
    findWrapUpsOver: (at) =>
      Promise.resolve(newestFirst().filter(({ wrapUp }) => isPast(wrapUp?.until ?? null, at))),
    findSilent: (before) =>
      Promise.resolve(newestFirst().filter((c) => !c.endedAt && lastHeardAt(c) < before)),
    findOfNumber: (number) =>
      Promise.resolve(newestFirst().filter((c) => citizenNumber(c) === number)),
  }
}

function memoryCases(cases: Map<string, Case>): CaseRepository {
  const byKey = (key: string | null) =>
    [...cases.values()].find(({ intake }) => key !== null && intake.idempotencyKey === key)
  return {
    ...({} as CaseRepository),
    add: async (opened) => {
      await soon()
      if (byKey(opened.intake.idempotencyKey)) return { taken: 'idempotency-key' }
      if (cases.has(opened.code)) return { taken: 'code' }
      cases.set(opened.code, opened)
      return { taken: null }
    },
    findByIdempotencyKey: async (key) => {
      await soon()
      return byKey(key) ?? null
    },
  }
}

function isPast(moment: Date | null, at: Date): boolean {
  return moment !== null && moment <= at
}

/** Lets other requests in between, as a real database does. */
function soon(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
