import type { ReactNode } from 'react'
import './notice.css'

/** Nothing to show, and what to do about it. */
export function EmptyState(props: {
  readonly title: string
  readonly hint?: string
  /** The page is about nothing else. */
  readonly isPageTitle?: boolean
  readonly children?: ReactNode
}): ReactNode {
  const Title = props.isPageTitle ? 'h1' : 'p'
  return (
    <div className="empty-state">
      <Title className="empty-state-title">{props.title}</Title>
      {props.hint && <p className="soft">{props.hint}</p>}
      {props.children}
    </div>
  )
}

/** A calm coloured line within a page. */
export function Notice(props: {
  readonly tone: 'info' | 'warn' | 'urgent' | 'good'
  readonly children: ReactNode
}): ReactNode {
  return <div className={`notice notice-${props.tone}`}>{props.children}</div>
}
