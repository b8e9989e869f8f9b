import { createHmac } from 'node:crypto'
import holidays from '../../seeds/vietnam/holidays_vn.json' with { type: 'json' }
import { buildCalendar, settingsFromSeed } from '#domain/calendar-settings'
import type { Agent } from '#domain/agent'
import { awaitsCase, awaitsTranscript, type Call, dedupKey } from '#domain/call'
import { busyAgentOf, citizenNumber, lastHeardAt, ringsUntil } from '#domain/call-people'
import { isWaiting } from '#domain/call-queue'
import type { Case } from '#domain/case'
import { DEFAULT_HOTLINE } from '#domain/hotline-settings'
import { DEFAULT_SERVICE_LEVELS } from '#domain/service-level'
import type { CallBack } from '#domain/call-back'
import { DomainError } from '#domain/errors'
import type { CallBackRepository } from '#use-cases/ports/telephony'
import type { CallRepository, CaseRepository, Ports } from '#use-cases/ports'

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
    callControl: null,
    exchangeRecordings: null,
    handleTime: { averageSeconds: () => Promise.resolve(240) },
    speechToText: null,
    agencies: { ...untouched.agencies, findActive: () => Promise.resolve([]) },
    settings: () => ({
      fields: [{ id: 'other', name: { vi: 'Lĩnh vực khác', en: 'Other' }, topics: [] }],
      routing: [{ field: 'other', topic: null, steps: [], supporting: [], triage: 'unsure-field' }],
      calendar: buildCalendar(settingsFromSeed(holidays)),
      serviceLevels: DEFAULT_SERVICE_LEVELS,
      cannedAnswers: [],
      hotline: DEFAULT_HOTLINE,
      cti: { blocked: [], callerIds: [] },
    }),
    agents: memoryAgents(),
    callBacks: memoryCallBacks(),
    softphoneTokens: null,
    recordingFiles: {
      put: () => Promise.reject(new Error('no files here')),
      open: () => Promise.resolve(null),
      remove: () => Promise.resolve(),
    },
    agentSpells: { add: () => Promise.resolve(), between: () => Promise.resolve([]) },
    callDays: {
      between: () => Promise.resolve([]),
      keep: () => Promise.resolve(),
      forget: () => Promise.resolve(),
    },
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
    findUntranscribed: (since, limit) =>
      Promise.resolve(
        newestFirst()
          .reverse()
          .filter((call) => awaitsTranscript(call) && call.startedAt >= since)
          .slice(0, limit),
      ),
    list: (_cursor, limit) =>
      Promise.resolve({ items: newestFirst().slice(0, limit), nextCursor: null }),
    findWaiting: () =>
      Promise.resolve(newestFirst().filter((call) => isWaiting(call) && call.endedAt === null)),
    findBusy: (id) => Promise.resolve(newestFirst().find((c) => busyAgentOf(c) === id) ?? null),
    findPoppingUp: () => Promise.resolve(null),
    findUnsettled: () => Promise.resolve(newestFirst().filter((c) => busyAgentOf(c) !== null)),
    findRungOut: (at) => Promise.resolve(newestFirst().filter((c) => isPast(ringsUntil(c), at))),
    findWrapUpsOver: (at) =>
      Promise.resolve(newestFirst().filter(({ wrapUp }) => isPast(wrapUp?.until ?? null, at))),
    findSilent: (before) =>
      Promise.resolve(newestFirst().filter((c) => !c.endedAt && lastHeardAt(c) < before)),
    findUnkept: () => Promise.resolve([]),
    findRecordedBefore: () => Promise.resolve([]),
    findStartedBetween: () => Promise.resolve(newestFirst()),
    findHandled: () => Promise.resolve([]),
    findCostDue: () => Promise.resolve([]),
    findCounted: () => Promise.resolve(newestFirst()),
    countUnheard: () => Promise.resolve(0),
    findOfNumber: (number) =>
      Promise.resolve(newestFirst().filter((c) => citizenNumber(c) === number)),
  }
}

function memoryCallBacks(): CallBackRepository {
  const kept = new Map<string, CallBack>()
  return {
    add: async (callBack) => {
      await soon()
      if (kept.has(callBack.id)) return false
      kept.set(callBack.id, callBack)
      return true
    },
    findById: (id) => Promise.resolve(kept.get(id) ?? null),
    save: (next, loadedVersion) => {
      if (kept.get(next.id)?.version !== loadedVersion) return Promise.resolve(false)
      kept.set(next.id, next)
      return Promise.resolve(true)
    },
    countDue: (at) =>
      Promise.resolve([...kept.values()].filter(({ dueAt }) => isPast(dueAt, at)).length),
    listOpen: (limit) =>
      Promise.resolve(
        [...kept.values()]
          .filter(({ state }) => state === 'due' || state === 'calling')
          .sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime())
          .slice(0, limit),
      ),
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
    findByCode: async (code) => {
      await soon()
      return cases.get(code) ?? null
    },
    save: async (next, loadedVersion) => {
      await soon()
      if (cases.get(next.code)?.version !== loadedVersion) {
        throw new DomainError('conflict', 'version-stale')
      }
      cases.set(next.code, next)
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
