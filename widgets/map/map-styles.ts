import { css, unsafeCSS } from 'lit'
import leafletCss from 'leaflet/dist/leaflet.css?inline'

/** Leaflet's own styles, in our colours and with targets for fingers. */
export const mapStyles = [
  unsafeCSS(leafletCss),
  css`
    :host {
      display: block;
      position: relative;
      isolation: isolate;
    }
    .map {
      height: 100%;
      border: 1px solid var(--line);
      border-radius: var(--radius);
      background: repeating-linear-gradient(45deg, var(--sunken) 0 12px, var(--card) 12px 24px);
      font: inherit;
    }
    .map:focus-visible,
    .leaflet-marker-icon:focus-visible,
    .leaflet-control-zoom a:focus-visible {
      outline: none;
      box-shadow: var(--focus);
    }
    .leaflet-touch .leaflet-bar a,
    .leaflet-bar a {
      width: 48px;
      height: 48px;
      line-height: 48px;
      background: var(--card);
      color: var(--ink);
      border-color: var(--line);
    }
    .leaflet-bar a:hover,
    .leaflet-bar a.leaflet-disabled {
      background: var(--sunken);
      color: var(--ink-soft);
    }
    .leaflet-container .leaflet-control-attribution {
      background: var(--card);
      color: var(--ink-soft);
    }
    .leaflet-control-attribution a {
      color: var(--ink-soft);
    }
    .note {
      position: absolute;
      z-index: 900;
      inset: auto 8px 8px;
      width: fit-content;
      max-width: calc(100% - 16px);
      margin: 0;
      padding: 4px 8px;
      border-radius: var(--radius-small);
      background: var(--card);
      color: var(--ink-soft);
      font-size: var(--size-2);
      pointer-events: none;
    }
    .pin,
    .count {
      border-radius: 50%;
    }
    .count {
      display: grid;
      place-items: center;
      background: var(--accent);
      color: var(--accent-ink);
      border: 2px solid var(--card);
      font-weight: 700;
      font-variant-numeric: tabular-nums;
    }
    .pin svg {
      display: block;
      width: 48px;
      height: 48px;
      filter: drop-shadow(0 2px 3px rgb(0 0 0 / 0.35));
    }
    .pin path {
      fill: var(--accent);
      stroke: var(--card);
      stroke-width: 1.5;
    }
    .pin circle {
      fill: var(--accent-ink);
    }
  `,
]
