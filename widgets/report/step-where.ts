import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import type { Unit } from '#contracts/catalogue'
import { textField } from '../design/text-field.ts'
import type { Position } from '../map/leaflet-map.ts'
import { canLocate } from './locate.ts'
import { errorAt } from './report-state.ts'
import type { ReportView } from './report-view.ts'

/** Second step: where it is, as exactly as the citizen likes. */
export function stepWhere(view: ReportView): TemplateResult {
  const { t, state, on } = view
  const { where } = t.report
  return html`<h2 tabindex="-1">${where.title}</h2>
    <p class="soft">${where.hint}</p>
    ${guess(view)}
    <hoiam-unit-picker
      id="unit"
      .t=${t}
      .chosen=${state.draft.unit}
      .error=${errorAt(state.errors, '/place/unitCode')}
      .find=${on.findUnits}
      @unit-chosen=${(event: CustomEvent<Unit | null>) => on.chooseUnit(event.detail)}
    ></hoiam-unit-picker>
    ${canLocate() ? location(view) : nothing}
    ${textField({
      id: 'address',
      label: where.address,
      hint: where.addressHint,
      value: state.draft.address,
      error: errorAt(state.errors, '/place/address'),
      autocomplete: 'street-address',
      maxLength: 300,
      onInput: (address) => on.edit({ address }),
    })}
    ${map(view)} ${pinned(view)}
    <button type="submit" class="primary wide">${where.next}</button>
    <button type="button" class="wide" @click=${on.back}>${t.back}</button>`
}

/** The place that the text itself names. */
function guess({ t, state, defaultUnit, on }: ReportView) {
  const place = state.preview.value?.place
  if (!place || state.draft.unit || place.unitCode === defaultUnit) return nothing
  const { where } = t.report
  return html`<div class="got row">
    <span>${where.guess(place.name)}</span>
    <button
      type="button"
      @click=${() => {
        on.edit({ unit: { code: place.unitCode, name: place.name } })
      }}
    >
      ${where.useGuess}
    </button>
  </div>`
}

function location({ t, state, surroundings, on }: ReportView) {
  const { where } = t.report
  const sentences = {
    unknown: '',
    searching: where.locating,
    found: state.draft.unit ? where.located(state.draft.unit.name) : where.locatedNowhere,
    ...where.locateProblems,
  }
  const sentence = sentences[surroundings.location]
  return html`<div class="field">
    <button
      type="button"
      class="wide"
      ?disabled=${surroundings.location === 'searching'}
      @click=${on.locate}
    >
      ${where.locate}
    </button>
    <p class="hint" role="status">${sentence}</p>
  </div>`
}

function map({ t, state, catalogue, surroundings, on }: ReportView) {
  const { where } = t.report
  if (surroundings.map === 'closed') {
    return html`<button type="button" class="wide" @click=${on.openMap}>${where.openMap}</button>`
  }
  if (surroundings.map === 'failed') return html`<p class="warn" role="alert">${t.map.failed}</p>`
  return html`<div class="field">
    <div class="map-place" id="map" tabindex="-1">
      ${
        surroundings.map === 'loading'
          ? html`<p class="soft" role="status">${t.loading}</p>`
          : html`<hoiam-map
              .t=${t}
              .canPick=${true}
              .tileUrl=${catalogue?.tileUrl ?? null}
              .pin=${state.draft.pin}
              .around=${surroundings.around}
              @pin-moved=${(event: CustomEvent<Position>) => on.edit({ pin: event.detail })}
            ></hoiam-map>`
      }
    </div>
    <p class="error" ?hidden=${!errorAt(state.errors, '/place/lat')}>
      ${errorAt(state.errors, '/place/lat')}
    </p>
  </div>`
}

function pinned({ t, state, on }: ReportView) {
  const { pin } = state.draft
  if (!pin) return nothing
  return html`<div class="row">
    <span class="hint numbers">${pin.lat}, ${pin.lng}</span>
    <button type="button" class="quiet" @click=${() => on.edit({ pin: null })}>
      ${t.report.where.dropPin}
    </button>
  </div>`
}
