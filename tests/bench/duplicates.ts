import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import dice from 'natural/lib/natural/distance/dice_coefficient.js'
import type { Connection } from 'mongoose'
import type { CasePrint } from '#domain/likeness'
import { mongoCasePrints } from '#persistence/case-prints'
import { connectDatabase, ensureIndexes } from '#persistence/connect'
import { aReport, fillPrints, LAST_AT, likeness } from './duplicates-data.ts'
import { ROOT, startDatabase } from './product.ts'
import type { Row } from './row.ts'
import { median, percentile } from './statistics.ts'

const WINDOW_MS = 60 * 86_400_000
const COMPARED = 300

/**
 * A search for duplicates among a million cases (50,000 in a hurry), from the text to the ranked
 * list, beside comparing every case of the ward in the same weeks; and how well pairs are told apart.
 */
export async function benchDuplicates(isQuick: boolean): Promise<Row[]> {
  const count = isQuick ? 50_000 : 1_000_000
  const { uri, end } = await startDatabase()
  const connection = await connectDatabase(uri)
  try {
    const search = searchOf(connection)
    await ensureIndexes(connection)
    await connection.collection('case_prints').createIndex({ unitCode: 1, at: -1 }, {}, {})
    const startedAt = performance.now()
    await fillPrints(connection, count)
    const perSecond = (count * 1_000) / (performance.now() - startedAt)
    const runs = isQuick ? 100 : 400
    const keyed = await measure(search, count, runs)
    const byWard = await measure(everyCaseOfTheWard(connection), count, runs)
    const name = `search for duplicates among ${count.toLocaleString('en')}`
    const candidates = `${String(keyed.candidates)} candidates are compared, of the ward ${String(byWard.candidates)}`
    const rows = (['median', 'p99'] as const).map((which): Row => ({
      name: `${name}, ${which}`,
      value: keyed[which],
      unit: 'ms',
      baseline: { name: 'every case of the ward', value: byWard[which] },
      bound: candidates,
    }))
    return [
      ...rows,
      { name: 'prints made and kept', value: perSecond, unit: 'cases/s', baseline: null },
      ...toldApart(),
    ]
  } finally {
    await connection.close()
    await end()
  }
}

type Search = (sighting: CasePrint['sighting']) => Promise<readonly CasePrint['sighting'][]>

function searchOf(connection: Connection): Search {
  const prints = mongoCasePrints(connection)
  return async (sighting) => {
    const at = sighting.at ?? 0
    const found = await prints.findSharing({
      keys: likeness.sightingKeys(sighting),
      since: new Date(at - WINDOW_MS),
      until: new Date(at + WINDOW_MS),
      limit: COMPARED,
    })
    return found.map((each) => each.sighting)
  }
}

function everyCaseOfTheWard(connection: Connection): Search {
  return async (sighting) => {
    const at = sighting.at ?? 0
    const range = { $gte: new Date(at - WINDOW_MS), $lte: new Date(at + WINDOW_MS) }
    const found = await connection
      .collection('case_prints')
      .find({ unitCode: sighting.unitCode, at: range }, { projection: { keys: 0 } })
      .toArray()
    return found.map((each) => ({
      ...sighting,
      print: (each['print'] as { value(): Uint8Array }).value(),
    }))
  }
}

async function measure(search: Search, count: number, runs: number) {
  const times: number[] = []
  const candidates: number[] = []
  // The first tenth warms up.
  for (let run = -Math.floor(runs / 10); run < runs; run++) {
    const { text, sighting } = aReport(count + run + runs)
    const startedAt = performance.now()
    // A report that has just arrived: all others are from before.
    const asked = { ...sighting, print: likeness.print(text), at: LAST_AT }
    const found = await search(asked)
    found
      .map((other) => likeness.likeness(asked, other).score)
      .sort((a, b) => b - a)
      .slice(0, 5)
    if (run < 0) continue
    times.push(performance.now() - startedAt)
    candidates.push(found.length)
  }
  return {
    median: median(times),
    p99: percentile(times, 0.99),
    candidates: Math.round(candidates.reduce((sum, each) => sum + each, 0) / runs),
  }
}

/** The chance that a pair about one incident scores above one about another of its topic and ward. */
function toldApart(): Row[] {
  const pairs = hardPairs()
  return [
    {
      name: `duplicates told apart, ${String(pairs.length)} hard pairs`,
      value: areaUnderCurve(
        pairs.map((pair) => ({ ...pair, score: likeness.textLikeness(pair.a, pair.b) })),
      ),
      unit: 'AUC',
      baseline: {
        name: 'natural Dice',
        value: areaUnderCurve(pairs.map((pair) => ({ ...pair, score: dice(pair.a, pair.b) }))),
      },
    },
  ]
}

function areaUnderCurve(scored: readonly { isSame: boolean; score: number }[]): number {
  const same = scored.filter(({ isSame }) => isSame)
  const others = scored.filter(({ isSame }) => !isSame)
  let won = 0
  for (const { score } of same) {
    for (const other of others)
      won += Number(score > other.score) + Number(score === other.score) / 2
  }
  return won / (same.length * others.length)
}

function hardPairs() {
  const file = join(ROOT, 'tests/fixtures/duplicates/reports.tsv')
  const reports = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t'))
  return reports.flatMap(([scene, incident, , a = ''], at) =>
    reports
      .slice(at + 1)
      .filter(([other]) => other === scene)
      .map(([, otherIncident, , b = '']) => ({ a, b, isSame: incident === otherIncident })),
  )
}
