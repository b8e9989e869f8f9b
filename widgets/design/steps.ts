import { css } from 'lit'

/** A line of steps: filled when done, hollow when still to come. */
export const steps = css`
  .steps li {
    position: relative;
    padding: 0 0 var(--space-4) 30px;
    font-size: var(--size-3);
  }
  .steps li:last-child {
    padding-bottom: 0;
  }
  .steps li::before {
    content: '';
    position: absolute;
    left: 4px;
    top: 5px;
    width: 12px;
    height: 12px;
    border-radius: 50%;
    background: var(--accent);
  }
  .steps li.coming::before {
    background: var(--card);
    border: 2px solid var(--edge);
  }
  .steps li:not(:last-child)::after {
    content: '';
    position: absolute;
    left: 9px;
    top: 21px;
    bottom: -1px;
    width: 2px;
    background: var(--line);
  }
  .steps small {
    display: block;
    font-size: var(--size-2);
    color: var(--ink-soft);
  }
`
