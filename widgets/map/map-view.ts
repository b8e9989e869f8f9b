import { html, LitElement, nothing } from 'lit'
import type { PropertyValues } from 'lit'
import type { Map as LeafletMap } from 'leaflet'
import type { Messages } from '../i18n/vi.ts'
import { createMap, fitPoints, placePin, showPoints, turnToPin } from './leaflet-map.ts'
import type { MapPoint, Position } from './leaflet-map.ts'
import { mapStyles } from './map-styles.ts'

/** A map: with `pin` editable it tells `pin-moved`, with `points` it tells `points-chosen`. */
export class MapView extends LitElement {
  static override properties = {
    t: { attribute: false },
    tileUrl: { attribute: false },
    canPick: { attribute: false },
    pin: { attribute: false },
    around: { attribute: false },
    points: { attribute: false },
  }
  static override styles = mapStyles

  declare t: Messages
  declare tileUrl: string | null
  declare canPick: boolean
  declare pin: Position | null
  declare around: Position | null
  declare points: readonly MapPoint[]

  #map: LeafletMap | null = null

  constructor() {
    super()
    this.tileUrl = null
    this.canPick = false
    this.pin = null
    this.around = null
    this.points = []
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    this.#map?.remove()
    this.#map = null
  }

  override connectedCallback() {
    super.connectedCallback()
    // Leaflet's map does not survive a move within the page; a new render makes a new one.
    if (this.hasUpdated) this.requestUpdate('tileUrl')
  }

  override render() {
    const { map } = this.t
    return html`<div
        class="map"
        role="application"
        aria-label=${this.canPick ? map.pick : map.show}
      ></div>
      ${this.tileUrl ? nothing : html`<p class="note">${map.noTiles}</p>`}`
  }

  override updated(changed: PropertyValues<this>) {
    const isNew = !this.#map
    const map = (this.#map ??= this.#createMap())
    if (isNew || changed.has('pin')) {
      placePin(map, this.pin, {
        label: this.t.map.pin,
        onMoved: (position) => this.#tell('pin-moved', position),
      })
      if (this.pin) turnToPin(map, this.pin)
    }
    if ((isNew || changed.has('around')) && this.around && !this.pin) map.setView(this.around, 14)
    if (isNew || changed.has('points')) {
      fitPoints(map, this.points)
      this.#showPoints(map)
    }
  }

  #showPoints(map: LeafletMap) {
    showPoints(map, this.points, {
      countLabel: this.t.map.count,
      onChosen: (ids) => this.#tell('points-chosen', ids),
    })
  }

  #createMap(): LeafletMap {
    const place = this.renderRoot.querySelector<HTMLElement>('.map')
    if (!place) throw new Error('The map has no place to be.')
    const map = createMap(place, {
      tileUrl: this.tileUrl,
      zoomIn: this.t.map.zoomIn,
      zoomOut: this.t.map.zoomOut,
      onPressed: (position) => {
        if (this.canPick) this.#tell('pin-moved', position)
      },
    })
    // What lies too close together is another matter at every zoom.
    map.on('zoomend', () => this.#showPoints(map))
    return map
  }

  #tell(type: 'pin-moved' | 'points-chosen', detail: Position | readonly string[]) {
    this.dispatchEvent(new CustomEvent(type, { detail }))
  }
}

customElements.define('hoiam-map', MapView)
