import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Kind } from '#contracts/vocabulary'
import { ROOT } from '#backend/start-server'
import type { Gazetteer } from '#use-cases/ports'

type WrittenPlace = {
  readonly address: string
  readonly unitCode: string
  readonly lat?: number
  readonly lng?: number
}
type WrittenContact = { readonly name: string; readonly phone: string } | null

/** A case as somebody wrote it for the demo, with what became of it. */
export type WrittenCase = {
  readonly text: string
  readonly kind: Kind
  readonly fieldId: string
  readonly topicId: string
  readonly place: WrittenPlace
  readonly contact: WrittenContact
  readonly response: string
  readonly internalNote: string | null
  readonly rating: number | null
  readonly ratingComment: string | null
}

/** A report that arrives while one watches. */
export type WrittenReport = Pick<WrittenCase, 'text' | 'place' | 'contact'>

/** The demo's texts, from demo/texts, each put on the map near the middle of its ward. */
export async function readTexts(
  gazetteer: Gazetteer,
): Promise<{ cases: WrittenCase[]; incoming: WrittenReport[] }> {
  const [cases, incoming] = await Promise.all([
    read<WrittenCase[]>('cases.json'),
    read<WrittenReport[]>('incoming.json'),
  ])
  const located = <T extends WrittenReport>(written: T, index: number): T => ({
    ...written,
    place: { ...written.place, ...pointIn(written.place.unitCode, index, gazetteer) },
  })
  return { cases: cases.map(located), incoming: incoming.map(located) }
}

/** Turns by the golden angle from the ward's middle, so that no two cases lie on one point. */
function pointIn(unitCode: string, index: number, gazetteer: Gazetteer) {
  const unit = gazetteer.find(unitCode)
  if (unit?.lat == null || unit.lng === null) return {}
  const angle = index * 2.399963
  const radius = 0.0008 + (index % 9) * 0.0006
  return { lat: unit.lat + radius * Math.sin(angle), lng: unit.lng + radius * Math.cos(angle) }
}

async function read<T>(name: string): Promise<T> {
  return JSON.parse(await readFile(join(ROOT, 'demo/texts', name), 'utf8')) as T
}
