import { css, unsafeCSS } from 'lit'
import { tokenSheet } from './tokens.ts'

/** What all widgets look like: tokens, text, buttons, boxes to write in. */
export const controls = [
  unsafeCSS(tokenSheet(':host')),
  css`
    :host {
      display: block;
      container-type: inline-size;
      font: 400 var(--size-4) / 1.5 var(--font);
      color: var(--ink);
      text-align: start;
      letter-spacing: normal;
      -webkit-text-size-adjust: 100%;
    }
    * {
      box-sizing: border-box;
    }
    [hidden] {
      display: none !important;
    }
    .panel {
      background: var(--paper);
      border: 1px solid var(--line);
      border-radius: 20px;
      padding: var(--space-5) var(--space-4);
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: var(--space-4);
      align-content: start;
    }
    @container (min-width: 560px) {
      .panel {
        padding: var(--space-6);
      }
    }
    h2,
    h3,
    p,
    ul,
    ol,
    dl,
    dd,
    fieldset,
    blockquote {
      margin: 0;
      padding: 0;
      border: 0;
      min-width: 0;
    }
    h2 {
      font-size: var(--size-5);
      font-weight: 700;
      line-height: 1.3;
      letter-spacing: -0.01em;
      text-wrap: balance;
    }
    h3 {
      font-size: var(--size-4);
      font-weight: 700;
      line-height: 1.4;
    }
    ul,
    ol {
      list-style: none;
    }
    p,
    li,
    blockquote,
    dd {
      overflow-wrap: anywhere;
    }
    :focus {
      outline: none;
    }
    :focus-visible {
      outline: 2px solid transparent;
      box-shadow: var(--focus);
    }
    /* Headings and forms get the focus so that reading goes on there; nothing can be pressed. */
    [tabindex='-1']:focus-visible {
      box-shadow: none;
    }
    .soft {
      color: var(--ink-soft);
      font-size: var(--size-3);
    }
    .stack {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: var(--space-3);
    }
    .row {
      display: flex;
      flex-wrap: wrap;
      gap: var(--space-2);
      align-items: center;
    }
    .numbers {
      font-variant-numeric: tabular-nums;
    }
    .visually-hidden {
      position: absolute;
      width: 1px;
      height: 1px;
      margin: -1px;
      overflow: hidden;
      clip-path: inset(50%);
      white-space: nowrap;
    }
    a {
      color: var(--accent);
      font-weight: 600;
      border-radius: var(--radius-small);
    }
    button,
    .button {
      font: 600 var(--size-4) / 1.25 var(--font);
      color: var(--ink);
      background: var(--card);
      border: 1.5px solid var(--edge);
      border-radius: var(--radius);
      min-height: var(--target);
      padding: var(--space-2) var(--space-4);
      display: inline-flex;
      align-items: center;
      justify-content: center;
      gap: var(--space-2);
      text-align: center;
      text-decoration: none;
      cursor: pointer;
    }
    button:hover,
    .button:hover {
      border-color: var(--accent);
    }
    button:disabled {
      opacity: 0.6;
      cursor: default;
    }
    .primary {
      background: var(--accent);
      border-color: var(--accent);
      color: var(--accent-ink);
    }
    .quiet {
      border-color: transparent;
      background: none;
      color: var(--accent);
      padding-inline: var(--space-2);
    }
    .danger {
      color: var(--urgent);
    }
    .cross {
      font-size: 26px;
      line-height: 1;
    }
    .wide {
      width: 100%;
    }
    .got {
      background: var(--accent-soft);
      border-radius: var(--radius);
      padding: var(--space-3);
      font-size: var(--size-3);
    }
    .card {
      background: var(--card);
      border: 1px solid var(--line);
      border-radius: var(--radius);
      padding: var(--space-3);
      font-size: var(--size-3);
    }
    .got strong {
      color: var(--accent);
    }
    .urgent {
      background: var(--urgent-soft);
      border: 1px solid var(--urgent);
      border-radius: var(--radius);
      padding: var(--space-3);
    }
    .warn {
      background: var(--warn-soft);
      color: var(--warn);
      border-radius: var(--radius);
      padding: var(--space-3);
      font-size: var(--size-3);
    }
    @media (prefers-reduced-motion: no-preference) {
      button,
      .button,
      input,
      textarea,
      select {
        transition: border-color 120ms;
      }
    }
  `,
]
