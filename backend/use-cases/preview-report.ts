import type { ReportPreviewQuery } from '#contracts/reports'
import type { Case, Place } from '#domain/case'
import { distanceMeters, geohash, NEARBY_PRECISION, neighbours } from '#domain/geography'
import { answerDueAt } from '#domain/service-level'
import type { Understanding } from '#domain/understanding'
import { findRoute, type Route } from './find-route.ts'
import { placeOf } from './place-case.ts'
import type { Ports } from './ports.ts'

/** An open case that may be about the same thing. */
export type SimilarCase = { readonly found: Case; readonly distanceMeters: number | null }

/** What a report would become if it were sent now. */
export type Preview = {
  readonly understanding: Understanding
  readonly route: Route
  readonly place: Place | null
  readonly isPlaceCertain: boolean
  readonly dueAt: Date | null
  readonly similar: readonly SimilarCase[]
}

const NEAR_METERS = 600
const MIN_LIKENESS = 0.3
const SIMILAR_SHOWN = 3

/** Reads a report without taking it in. Nothing is stored. */
export async function previewReport(query: ReportPreviewQuery, ports: Ports): Promise<Preview> {
  const { settings, reader, gazetteer } = ports
  const { calendar, serviceLevels } = settings()
  const understanding = await reader.read(query.text)
  const place = placeOf(query.place, understanding, gazetteer)
  const route = await findRoute(
    {
      kind: understanding.kind,
      field: understanding.field,
      topic: understanding.topic,
      isSure: !understanding.abstain,
      place,
    },
    ports,
  )
  return {
    understanding,
    route,
    place,
    isPlaceCertain: query.place?.unitCode !== undefined,
    dueAt: answerDueAt(understanding, ports.now(), serviceLevels, calendar),
    similar: await findSimilar(query.text, understanding, place, ports),
  }
}

async function findSimilar(
  text: string,
  understanding: Understanding,
  place: Place | null,
  ports: Ports,
): Promise<SimilarCase[]> {
  if (understanding.field === null || place === null) return []
  const point = pointOf(place)
  if (point === null && place.unitCode === null) return []
  const cell = point === null ? null : geohash(point.lat, point.lng, NEARBY_PRECISION)
  const candidates = await ports.cases.findOpenNear({
    field: understanding.field,
    geohashes: cell === null ? [] : [cell, ...neighbours(cell)],
    unitCode: place.unitCode,
    limit: 50,
  })
  return candidates
    .map((found) => ({
      found,
      distanceMeters: distanceBetween(point, pointOf(found.place)),
      likeness: ports.likeness.textLikeness(text, found.text),
    }))
    .filter(({ distanceMeters: away }) => away === null || away <= NEAR_METERS)
    .filter(({ likeness }) => likeness >= MIN_LIKENESS)
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, SIMILAR_SHOWN)
}

type Point = { readonly lat: number; readonly lng: number }

function pointOf(place: Place | null): Point | null {
  if (place?.lat == null || place.lng === null) return null
  return { lat: place.lat, lng: place.lng }
}

function distanceBetween(a: Point | null, b: Point | null): number | null {
  return a === null || b === null ? null : Math.round(distanceMeters(a, b))
}
