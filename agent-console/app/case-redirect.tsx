import type { ReactNode } from 'react'
import { Navigate, useParams } from 'react-router'

/** A case's plain address opens it in the inbox. */
export function CaseRedirect(): ReactNode {
  const { code } = useParams()
  return <Navigate to={`/inbox/all/${code ?? ''}`} replace />
}
