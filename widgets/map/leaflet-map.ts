import * as leaflet from 'leaflet'
import { nearbyGroups } from './nearby-groups.ts'

export interface Position {
  readonly lat: number
  readonly lng: number
}

/** A place to show, and what it is called when pointed at. */
export interface MapPoint extends Position {
  readonly id: string
  readonly label: string
}

interface MapOptions {
  readonly tileUrl: string | null
  readonly zoomIn: string
  readonly zoomOut: string
  readonly onPressed: (position: Position) => void
}

interface PointsShown {
  readonly countLabel: (count: number) => string
  readonly onChosen: (ids: readonly string[]) => void
}

interface PinOptions {
  readonly label: string
  readonly onMoved: (position: Position) => void
}

const VIETNAM: Position = { lat: 16, lng: 107.5 }
const COUNTRY_ZOOM = 5
const STREET_ZOOM = 16
const KEY_STEP_PX = 12
const MARK_PX = 48
const PIN_PATH = 'M12 2.5a7 7 0 0 0-7 7c0 5.2 7 12 7 12s7-6.8 7-12a7 7 0 0 0-7-7Z'

const pins = new WeakMap<leaflet.Map, leaflet.Marker>()
const layers = new WeakMap<leaflet.Map, leaflet.LayerGroup>()

/** A map of Vietnam in the given place. */
export function createMap(place: HTMLElement, options: MapOptions): leaflet.Map {
  const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches
  const map = leaflet.map(place, {
    zoomControl: false,
    fadeAnimation: !isStill,
    zoomAnimation: !isStill,
    inertia: !isStill,
    // A page is scrolled with the wheel; a map in it must not swallow that.
    scrollWheelZoom: false,
  })
  map.attributionControl.setPrefix(false)
  leaflet.control.zoom({ zoomInTitle: options.zoomIn, zoomOutTitle: options.zoomOut }).addTo(map)
  if (options.tileUrl) leaflet.tileLayer(options.tileUrl, tileOptions(options.tileUrl)).addTo(map)
  map.setView(VIETNAM, COUNTRY_ZOOM)
  map.on('click', ({ latlng }) => options.onPressed(positionOf(latlng)))
  return map
}

/** Sets, moves or takes away the pin. */
export function placePin(map: leaflet.Map, position: Position | null, options: PinOptions): void {
  const current = pins.get(map)
  if (!position) {
    current?.remove()
    pins.delete(map)
    return
  }
  if (current) {
    current.setLatLng(position)
    return
  }
  pins.set(map, createPin(map, position, options))
}

/** Brings the pin into view without moving a map that already shows it. */
export function turnToPin(map: leaflet.Map, position: Position): void {
  if (map.getZoom() >= 13 && map.getBounds().contains(position)) return
  map.setView(position, STREET_ZOOM)
}

/** Shows these points instead of the earlier ones; those too close to press apart are one mark. */
export function showPoints(map: leaflet.Map, points: readonly MapPoint[], show: PointsShown): void {
  layers.get(map)?.remove()
  const placed = points.map((point) => {
    const { x, y } = map.project(point)
    return { point, x, y }
  })
  const markers = nearbyGroups(placed, MARK_PX).map((group) =>
    createMark(
      map,
      group.map(({ point }) => point),
      show,
    ),
  )
  layers.set(map, leaflet.layerGroup(markers).addTo(map))
}

/** Zooms so that all points are seen. */
export function fitPoints(map: leaflet.Map, points: readonly MapPoint[]): void {
  if (points.length === 0) return
  const bounds = leaflet.latLngBounds(points.map(({ lat, lng }) => ({ lat, lng })))
  map.fitBounds(bounds, { padding: [40, 40], maxZoom: STREET_ZOOM - 1 })
}

function createMark(map: leaflet.Map, points: readonly MapPoint[], show: PointsShown) {
  const [first = { ...VIETNAM, label: '' }] = points
  const isMany = points.length > 1
  const label = isMany ? show.countLabel(points.length) : first.label
  const icon = isMany ? countIcon(points.length) : pinIcon()
  const marker = leaflet.marker(first, { icon, alt: label, title: label })
  return marker.on('click', () => {
    const bounds = leaflet.latLngBounds(points.map(({ lat, lng }) => ({ lat, lng })))
    const isOnePlace = bounds.getSouthWest().equals(bounds.getNorthEast())
    const canSplit = !isOnePlace && map.getZoom() < STREET_ZOOM
    if (canSplit) map.fitBounds(bounds, { padding: [60, 60], maxZoom: STREET_ZOOM })
    else show.onChosen(points.map(({ id }) => id))
  })
}

function createPin(map: leaflet.Map, position: Position, options: PinOptions): leaflet.Marker {
  const pin = leaflet
    .marker(position, {
      icon: pinIcon(),
      draggable: true,
      alt: options.label,
      title: options.label,
    })
    .addTo(map)
  pin.on('dragend', () => options.onMoved(positionOf(pin.getLatLng())))
  pin.getElement()?.addEventListener('keydown', (event) => {
    const step = keySteps[event.key]
    if (!step) return
    event.preventDefault()
    event.stopPropagation()
    const moved = map.latLngToContainerPoint(pin.getLatLng()).add(step)
    options.onMoved(positionOf(map.containerPointToLatLng(moved)))
  })
  return pin
}

const keySteps: Readonly<Record<string, leaflet.PointTuple>> = {
  ArrowUp: [0, -KEY_STEP_PX],
  ArrowDown: [0, KEY_STEP_PX],
  ArrowLeft: [-KEY_STEP_PX, 0],
  ArrowRight: [KEY_STEP_PX, 0],
}

function pinIcon(): leaflet.DivIcon {
  return leaflet.divIcon({
    className: 'pin',
    iconSize: [48, 48],
    iconAnchor: [24, 43],
    html: `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${PIN_PATH}"/><circle cx="12" cy="9.5" r="2.6"/></svg>`,
  })
}

function countIcon(count: number): leaflet.DivIcon {
  return leaflet.divIcon({ className: 'count', iconSize: [48, 48], html: String(count) })
}

function tileOptions(tileUrl: string): leaflet.TileLayerOptions {
  const isOpenStreetMap = new URL(tileUrl.replaceAll(/[{}]/g, ''), location.href).host.endsWith(
    'openstreetmap.org',
  )
  return { maxZoom: 19, ...(isOpenStreetMap && { attribution: '© OpenStreetMap' }) }
}

function positionOf({ lat, lng }: leaflet.LatLng): Position {
  return { lat: Number(lat.toFixed(5)), lng: Number(lng.toFixed(5)) }
}
