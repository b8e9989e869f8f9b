import { css } from 'lit'

/** Labelled boxes: text, choices, ticks. */
export const inputs = css`
  .field {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-1);
    align-content: start;
  }
  .label {
    font-weight: 600;
  }
  .label .soft {
    font-weight: 400;
  }
  .hint {
    color: var(--ink-soft);
    font-size: var(--size-3);
  }
  .error {
    color: var(--urgent);
    font-size: var(--size-3);
    font-weight: 600;
  }
  input:not([type='checkbox'], [type='radio'], [type='file']),
  textarea,
  select {
    font: 400 var(--size-4) / 1.5 var(--font);
    color: var(--ink);
    background: var(--card);
    border: 1.5px solid var(--edge);
    border-radius: var(--radius);
    min-height: var(--target);
    padding: var(--space-2) var(--space-3);
    width: 100%;
    min-width: 0;
    margin: 0;
  }
  textarea {
    min-height: 120px;
    resize: vertical;
    field-sizing: content;
    max-height: 60vh;
  }
  input:not([type='checkbox'], [type='radio']):focus,
  textarea:focus,
  select:focus {
    border-color: var(--accent);
    box-shadow: 0 0 0 2px var(--accent);
  }
  [aria-invalid='true'] {
    border-color: var(--urgent) !important;
  }
  .tick {
    display: grid;
    grid-template-columns: 24px minmax(0, 1fr);
    gap: 0 var(--space-3);
    align-items: start;
    min-height: var(--target);
    padding-block: var(--space-2);
  }
  .tick input {
    width: 24px;
    height: 24px;
    margin: 0;
    accent-color: var(--accent);
    border-radius: var(--radius-small);
  }
  .tick label {
    cursor: pointer;
  }
  .tick .hint {
    grid-column: 2;
  }
`
