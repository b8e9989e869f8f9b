import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { spacedCode } from '../lib/case-code.ts'

/** A case's code that opens it; `label` says where it leads, for those who hear the screen. */
export function CaseLink(props: {
  readonly code: string
  readonly label: (code: string) => string
}): ReactNode {
  const code = spacedCode(props.code)
  return (
    <Link className="numbers" to={`/inbox/all/${props.code}`} aria-label={props.label(code)}>
      {code}
    </Link>
  )
}
