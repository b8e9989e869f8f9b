import type { ReactNode } from 'react'
import type { CaseStatus } from '#contracts/vocabulary'
import './pill.css'

type PillTone = 'info' | 'good' | 'warn' | 'urgent' | 'quiet'

/** A short word on a soft colour. */
export function Pill(props: { readonly tone: PillTone; readonly children: ReactNode }): ReactNode {
  return <span className={`pill pill-${props.tone}`}>{props.children}</span>
}

/** What colour a case's state has: amber waits for somebody, green is answered. */
export const STATUS_TONES: Record<CaseStatus, PillTone> = {
  received: 'warn',
  triage: 'warn',
  routed: 'warn',
  accepted: 'info',
  answered: 'good',
  published: 'good',
  closed: 'quiet',
  returned: 'warn',
  redirected: 'quiet',
  merged: 'quiet',
  rejected: 'quiet',
  reopened: 'warn',
  withdrawn: 'quiet',
}
