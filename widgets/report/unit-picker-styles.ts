import { css } from 'lit'
import { controls } from '../design/controls.ts'
import { inputs } from '../design/inputs.ts'

/** How the search for a ward or commune looks. */
export const unitPickerStyles = [
  ...controls,
  inputs,
  css`
    :host {
      container-type: normal;
    }
    .box {
      position: relative;
    }
    .box input {
      padding-inline-end: 52px !important;
    }
    .clear {
      position: absolute;
      inset: 0 0 0 auto;
      width: 48px;
      padding: 0;
    }
    ul {
      position: absolute;
      z-index: 5;
      inset: calc(100% + 4px) 0 auto;
      background: var(--card);
      border: 1.5px solid var(--edge);
      border-radius: var(--radius);
      box-shadow: 0 8px 24px rgb(0 0 0 / 0.18);
      max-height: 292px;
      overflow-y: auto;
      padding: var(--space-1);
    }
    li {
      min-height: var(--target);
      padding: var(--space-1) var(--space-2);
      border-radius: var(--radius-small);
      cursor: pointer;
      font-size: var(--size-3);
    }
    li small {
      display: block;
      font-size: var(--size-2);
      color: var(--ink-soft);
    }
    li[aria-selected='true'],
    li:hover {
      background: var(--accent-soft);
    }
  `,
]
