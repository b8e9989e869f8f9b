import { divIcon, map as createMap, marker, tileLayer } from 'leaflet'
import 'leaflet/dist/leaflet.css'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'

const ZOOM = 16

/** A small map with one pin. */
export function PlaceMap(props: {
  readonly lat: number
  readonly lng: number
  readonly tileUrl: string
}): ReactNode {
  const { t } = useTranslation()
  const holder = useRef<HTMLDivElement>(null)
  const { lat, lng, tileUrl } = props
  useEffect(() => {
    if (!holder.current) return
    const map = createMap(holder.current, {
      center: [lat, lng],
      zoom: ZOOM,
      // The page scrolls over it; zooming is by its buttons.
      scrollWheelZoom: false,
      attributionControl: false,
    })
    tileLayer(tileUrl, { maxZoom: 19 }).addTo(map)
    marker([lat, lng], {
      icon: divIcon({ className: 'case-map-pin', iconSize: [18, 18] }),
      keyboard: false,
      interactive: false,
    }).addTo(map)
    return () => {
      map.remove()
    }
  }, [lat, lng, tileUrl])
  const label = t('case.pinAt', { latitude: lat.toFixed(5), longitude: lng.toFixed(5) })
  return <div ref={holder} className="case-map-tiles" role="region" aria-label={label} />
}
