import { css } from 'lit'
import { controls } from '../design/controls.ts'
import { inputs } from '../design/inputs.ts'
import { steps } from '../design/steps.ts'

/** How the report form looks. */
export const reportStyles = [
  ...controls,
  inputs,
  steps,
  css`
    form {
      display: contents;
    }
    .progress {
      display: flex;
      gap: 6px;
      align-items: center;
      font-size: var(--size-2);
      color: var(--ink-soft);
    }
    .progress i {
      height: 4px;
      flex: 1;
      border-radius: 2px;
      background: var(--line);
    }
    .progress i.on {
      background: var(--accent);
    }
    .progress span {
      margin-inline-start: var(--space-2);
    }
    h2 label {
      display: block;
      padding-bottom: var(--space-1);
    }
    .preview {
      min-height: 156px;
      align-content: center;
    }
    .understood {
      display: grid;
      gap: 6px;
    }
    .preview[aria-busy='true'] .understood {
      opacity: 0.7;
    }
    .preview .row .quiet {
      margin-inline-start: calc(-1 * var(--space-2));
    }
    #photos:focus-visible + label {
      box-shadow: var(--focus);
    }
    .photo {
      display: grid;
      grid-template-columns: 56px minmax(0, 1fr) 48px;
      gap: var(--space-3);
      align-items: center;
      padding: var(--space-2);
    }
    .photo img,
    .pdf {
      width: 56px;
      height: 56px;
      object-fit: cover;
      border-radius: var(--radius-small);
      background: var(--sunken);
      display: grid;
      place-items: center;
      font-size: var(--size-2);
      font-weight: 700;
    }
    .file-name {
      overflow-wrap: anywhere;
      line-height: 1.35;
    }
    .file-name small {
      display: block;
    }
    .emergency-line {
      display: grid;
      grid-template-columns: repeat(3, minmax(0, 1fr));
    }
    .number {
      min-height: var(--target);
      padding-block: var(--space-1);
      font-weight: 400;
      font-size: var(--size-2);
      line-height: 1.3;
      color: var(--ink-soft);
      text-decoration: none;
    }
    .number strong {
      display: block;
      font-size: var(--size-4);
      color: var(--accent);
    }
    .map-place {
      height: 260px;
      border-radius: var(--radius);
      background: var(--sunken);
      display: grid;
    }
    .map-place > p {
      place-self: center;
    }
    .excerpt {
      display: -webkit-box;
      -webkit-line-clamp: 3;
      -webkit-box-orient: vertical;
      overflow: hidden;
      font-size: var(--size-4);
    }
    progress {
      width: 100%;
      height: 12px;
      accent-color: var(--accent);
    }
    .big {
      display: block;
      font-size: clamp(28px, 10cqi, 40px);
      font-weight: 700;
      line-height: 1.25;
      letter-spacing: 0.02em;
    }
    .code-card {
      display: grid;
      gap: var(--space-1);
      padding: var(--space-4);
      font-size: var(--size-4);
    }
    .keeping > * {
      flex: 1 1 auto;
    }
    .facts {
      display: grid;
      gap: var(--space-3);
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
    .summary button {
      text-align: start;
      justify-content: start;
      color: var(--urgent);
    }
  `,
]
