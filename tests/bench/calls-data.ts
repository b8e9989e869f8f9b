import { createHash } from 'node:crypto'
import { MongoClient } from 'mongodb'
import { type Call, type CallEvent, dedupKey } from '#domain/call'
import type { AgentSpell } from '#domain/call-metrics'
import { NOTHING_KNOWN } from '#domain/call-progress'
import { DAY_MS, startOfVietnamDay, vietnamDay } from '#domain/epoch-day'
import { callDocument } from '#persistence/call-repository'

/** The calls come over so many days, this one among them. */
const DAYS = 730
const AGENTS = 40
const CITIZENS = 300_000
const FIELDS = ['urban', 'environment', 'transport', null] as const
const PER_INSERT = 1_000
/** While one batch is sent the next is made. */
const INSERTS_AT_ONCE = 3
const HOTLINE = '+842471022022'
const WORDS =
  'Dạ tôi muốn phản ánh đèn đường trước số nhà {n} hỏng cả tuần nay, buổi tối đi lại rất nguy hiểm.'

/** A stretch of the calls: numbers `from` to `until` of `total` in all. */
export type Stretch = { readonly from: number; readonly until: number; readonly total: number }

type Stored = { readonly _id: string }
type Told = { readonly call: Call; readonly events: readonly CallEvent[] }

/** Puts ended calls, what the company told of them, and what agents did, into the product's database. */
export async function fillCalls(uri: string, database: string, stretch: Stretch): Promise<void> {
  const client = await MongoClient.connect(uri)
  const db = client.db(database)
  const now = new Date()
  let next = stretch.from
  const insert = async (): Promise<void> => {
    while (next < stretch.until) {
      const from = next
      next = Math.min(stretch.until, from + PER_INSERT)
      const told = Array.from({ length: next - from }, (_, i) =>
        aCall(from + i, stretch.total, now),
      )
      const kept = told.map(({ call }) => callDocument(call))
      await db.collection<Stored>('calls').insertMany(kept, { ordered: false })
      const events = told.flatMap((each) => each.events.map(eventDocument))
      await db.collection<Stored>('call_events').insertMany(events, { ordered: false })
      const spells = told.flatMap(({ call }, i) => spellsBefore(call, from + i))
      await db.collection<Stored>('agent_spells').insertMany(spells, { ordered: false })
    }
  }
  await Promise.all(Array.from({ length: INSERTS_AT_ONCE }, insert))
  await client.close()
}

/** Call number `id` of `total`: most leave a message, some talk, some give up, some only listen. */
function aCall(id: number, total: number, now: Date): Told {
  const startedAt = startOf(id, total, now)
  const callRef = `CA${hexOf(`call ${String(id)}`)}`
  const at = (seconds: number) => new Date(startedAt.getTime() + seconds * 1_000)
  const from = `+849${String(10_000_000 + ((id * 7_919) % CITIZENS))}`
  const common = { provider: 'twilio', callRef, from, to: HOTLINE, direction: 'inbound' } as const
  const known: Call = {
    ...NOTHING_KNOWN,
    ...common,
    ...{ id: `twilio:${callRef}`, version: 4, startedAt, language: 'vi', state: 'ended' },
    cause: 'completed',
  }
  const event = (type: CallEvent['type'], seconds: number, more: Partial<CallEvent> = {}) => ({
    ...{ ...common, legRef: callRef, type, seq: null, at: at(seconds), cause: null },
    ...{ recording: null, ...more },
  })
  const ended = (seconds: number) => event('ended', seconds, { seq: 0, cause: 'completed' })
  const came = event('answered', 0)
  switch (id % 10) {
    case 0:
    case 1:
    case 2:
      return talk(id, known, [came, ended(260)], at)
    case 3:
      return {
        call: {
          ...known,
          ...{ endedAs: 'abandoned', endedAt: at(70), ivrPath: ['menu:3', 'queue'] },
          ...{ queuedAt: at(20), queue: stay(id, at(20), at(70), 'abandoned') },
        },
        events: [came, ended(70)],
      }
    case 4:
      return {
        call: { ...known, endedAs: 'self_service', endedAt: at(95), ivrPath: ['status:heard'] },
        events: [came, ended(95)],
      }
    default:
      return message(id, known, [came, ended(80)], at)
  }
}

type At = (seconds: number) => Date

function talk(id: number, known: Call, told: readonly CallEvent[], at: At): Told {
  const agent = { id: agentId(id), name: `Tổng đài viên ${String(id % AGENTS)}` }
  const waited = 20 + (id % 37)
  const ref = `CA${hexOf(`leg ${String(id)}`)}`
  const line = told.map((each) => ({ ...each, legRef: ref, seq: null, agentRef: agent.id }))
  const call: Call = {
    ...known,
    ...{ agent, endedAs: 'answered', endedAt: at(260), answeredAt: at(waited) },
    ivrPath: ['menu:3', 'queue'],
    ...{ queuedAt: at(15), queue: stay(id, at(15), at(waited), 'answered') },
    offers: [{ agent, at: at(16), until: at(36), outcome: 'accepted', endedAt: at(waited - 2) }],
    legs: [
      ...[{ ref, agentRef: agent.id, rungAt: at(waited - 2), answeredAt: at(waited) }].map(
        (leg) => ({ ...leg, leftAt: at(260), cause: null }),
      ),
    ],
    transcript: Array.from({ length: 4 }, (_, seq) => said(id, seq, at)),
    wrapUp: { since: at(260), until: at(320), doneAt: at(290) },
    disposition: 'information-given',
  }
  const events = line.map((each, i) => ({
    ...each,
    type: i === 0 ? ('agent-answered' as const) : ('agent-left' as const),
    at: at(i === 0 ? waited : 260),
  }))
  return { call, events: [...told, ...events] }
}

function message(id: number, known: Call, told: readonly CallEvent[], at: At): Told {
  const ref = `RE${hexOf(`recording ${String(id)}`)}`
  const url = `https://api.twilio.com/2010-04-01/Accounts/AC${hexOf('bench')}/Recordings/${ref}`
  const recording = { ref, url, durationSeconds: 42, state: 'completed' as const }
  const [came, ended] = told
  if (came === undefined || ended === undefined) throw new Error('a call comes and ends')
  const call: Call = {
    ...known,
    ...{ endedAs: 'voicemail', endedAt: at(80), ivrPath: ['menu:1', 'leave-report'] },
    caseCode: String(1_000_000_000 + id),
    recordings: [
      {
        ...recording,
        kept: { key: ref, sha256: hexOf(ref).repeat(2), byteCount: 168_000, keptAt: at(120) },
        // One in a hundred was never listened to.
        ...(id % 100 !== 99 && { heardAt: at(3_600) }),
      },
    ],
    transcript: [said(id, 1, at)],
  }
  const left: CallEvent = { ...came, type: 'message-left', at: at(75), recording }
  const reported: CallEvent = { ...came, type: 'recording-reported', at: at(82), recording }
  return { call, events: [came, left, reported, ended] }
}

function stay(
  id: number,
  enteredAt: Date,
  leftAt: Date,
  leftAs: 'answered' | 'abandoned',
): Call['queue'] {
  const field = FIELDS[id % FIELDS.length] ?? null
  return { field, language: 'vi', enteredAt, requeuedAt: null, leftAt, leftAs }
}

function said(id: number, seq: number, at: At): Call['transcript'][number] {
  const speaker = seq % 2 === 1 ? 'citizen' : 'agent'
  return { seq, speaker, at: at(50 + seq * 5), text: WORDS.replace('{n}', String(id)) }
}

/** Evenly over the days that are over, and as many as on each of them since this day began. */
function startOf(id: number, total: number, now: Date): Date {
  const today = startOfVietnamDay(vietnamDay(now)).getTime()
  const perDay = Math.max(1, Math.floor(total / DAYS))
  const older = total - perDay
  // Scattered, so that a tenth of the calls is a tenth of every day.
  const place = (id * 611_953) % total
  if (place >= older) return new Date(today + ((now.getTime() - today) * (place - older)) / perDay)
  return new Date(today - ((DAYS - 1) * DAY_MS * (older - place)) / older)
}

/** Before every talk its agent was available for a while. */
function spellsBefore({ startedAt, agent }: Call, id: number): (AgentSpell & Stored)[] {
  if (agent === null) return []
  const from = new Date(startedAt.getTime() - 300_000)
  const spell = { agentId: agent.id, state: 'available', from, until: startedAt } as const
  return [{ _id: `${agent.id}:${String(id)}`, ...spell }]
}

function eventDocument(event: CallEvent) {
  const callId = `${event.provider}:${event.callRef}`
  return { _id: dedupKey(event), callId, at: event.at, body: event }
}

function agentId(id: number): string {
  return `bench-agent-${String(id % AGENTS)}`
}

function hexOf(text: string): string {
  return createHash('md5').update(text).digest('hex')
}
