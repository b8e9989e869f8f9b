import { css } from 'lit'
import { controls } from '../design/controls.ts'
import { inputs } from '../design/inputs.ts'
import { steps } from '../design/steps.ts'

/** How the status of a case looks. */
export const statusStyles = [
  ...controls,
  inputs,
  steps,
  css`
    .key,
    .two {
      display: grid;
      gap: var(--space-3);
      grid-template-columns: minmax(0, 1fr);
    }
    .two {
      gap: var(--space-2);
      grid-template-columns: repeat(auto-fit, minmax(min(140px, 100%), 1fr));
    }
    @container (min-width: 480px) {
      .key {
        grid-template-columns: 3fr 2fr;
      }
    }
    .key input {
      font-variant-numeric: tabular-nums;
      letter-spacing: 0.04em;
      font-weight: 600;
    }
    .head {
      display: grid;
      gap: var(--space-1);
    }
    .words {
      white-space: pre-line;
      font-size: var(--size-4);
    }
    .facts {
      display: grid;
      gap: var(--space-3);
      grid-template-columns: repeat(auto-fit, minmax(min(200px, 100%), 1fr));
    }
    .facts:empty {
      display: none;
    }
    .facts dt {
      color: var(--ink-soft);
    }
    .facts dd {
      font-weight: 600;
      font-size: var(--size-4);
    }
    .left {
      color: var(--good);
      white-space: nowrap;
    }
    .late {
      color: var(--urgent);
      white-space: nowrap;
    }
    .good {
      background: var(--good-soft);
      color: var(--good);
      font-weight: 600;
      border-radius: var(--radius);
      padding: var(--space-3);
    }
    .score {
      min-height: var(--target);
      cursor: pointer;
      align-items: center;
    }
    .score input {
      border-radius: 50%;
    }
    .files {
      display: grid;
      gap: var(--space-2);
      grid-template-columns: repeat(auto-fill, minmax(96px, 1fr));
    }
    .tile {
      display: grid;
      place-items: center;
      aspect-ratio: 1;
      text-align: center;
      background: var(--sunken);
      border-radius: var(--radius);
      overflow: hidden;
      font-size: var(--size-2);
    }
    .tile img {
      width: 100%;
      height: 100%;
      object-fit: cover;
    }
  `,
]
