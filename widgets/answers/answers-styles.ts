import { css } from 'lit'
import { controls } from '../design/controls.ts'
import { inputs } from '../design/inputs.ts'

/** How published answers look. */
export const answersStyles = [
  ...controls,
  inputs,
  css`
    .filters {
      display: grid;
      gap: var(--space-3);
      grid-template-columns: minmax(0, 1fr);
    }
    @container (min-width: 560px) {
      .filters {
        grid-template-columns: 3fr 2fr;
      }
    }
    .between {
      justify-content: space-between;
    }
    .switch {
      display: flex;
    }
    .switch button {
      border-radius: 0;
      font-size: var(--size-3);
    }
    .switch button:first-child {
      border-radius: var(--radius) 0 0 var(--radius);
    }
    .switch button:last-child {
      border-radius: 0 var(--radius) var(--radius) 0;
      margin-inline-start: -1.5px;
    }
    .switch [aria-pressed='true'] {
      background: var(--accent-soft);
      color: var(--accent);
      border-color: var(--accent);
      z-index: 1;
    }
    .list {
      display: grid;
      gap: var(--space-3);
      grid-template-columns: minmax(0, 1fr);
      min-height: 320px;
      align-content: start;
    }
    @container (min-width: 760px) {
      .list {
        grid-template-columns: repeat(2, minmax(0, 1fr));
      }
    }
    .list[aria-busy='true'] {
      opacity: 0.7;
    }
    .empty {
      min-height: 320px;
      display: grid;
      place-items: center;
      text-align: center;
    }
    .item {
      position: relative;
      padding: var(--space-4);
      gap: var(--space-2);
      height: 100%;
      align-content: start;
    }
    .item h2 {
      font-size: var(--size-4);
      line-height: 1.4;
    }
    .title {
      all: unset;
      cursor: pointer;
      display: -webkit-box;
      -webkit-line-clamp: 3;
      -webkit-box-orient: vertical;
      overflow: hidden;
      overflow-wrap: anywhere;
    }
    .title::after {
      content: '';
      position: absolute;
      inset: 0;
      border-radius: var(--radius);
    }
    .title:focus-visible::after {
      box-shadow: var(--focus);
    }
    .item:hover {
      border-color: var(--accent);
    }
    .words {
      white-space: pre-line;
      font-size: var(--size-4);
    }
    .excerpt {
      white-space: normal;
      font-size: var(--size-3);
      display: -webkit-box;
      -webkit-line-clamp: 2;
      -webkit-box-orient: vertical;
      overflow: hidden;
    }
    .tag {
      border-radius: var(--radius-small);
      padding: 2px var(--space-2);
      font-weight: 600;
      font-size: var(--size-2);
    }
    .tag.good {
      background: var(--good-soft);
      color: var(--good);
    }
    .tag.late {
      background: var(--warn-soft);
      color: var(--warn);
    }
    .back {
      justify-self: start;
    }
    .map-place {
      height: min(60vh, 420px);
      min-height: 320px;
      display: grid;
      background: var(--sunken);
      border-radius: var(--radius);
    }
    .map-place > p {
      place-self: center;
    }
  `,
]
