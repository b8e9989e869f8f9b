import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaseCommand, CaseView } from '#contracts/cases'
import type { Problem } from '#contracts/errors'
import type { CaseAction } from '#contracts/vocabulary'
import { ApiError, sendJson } from '../../lib/api.ts'
import { caseKey } from './use-case.ts'

/** Somebody was faster: what the person was about to do, and what happened meanwhile. */
export type Conflict = {
  readonly action: CaseAction
  /** What they had typed; it is theirs to keep. */
  readonly text: string | null
  readonly changes: NonNullable<Problem['changes']>
}

export type Commands = {
  /** Carries out an action; answers the case as it is then, null where it was refused. */
  readonly run: <A extends CaseAction>(action: A, body: CaseCommand<A>) => Promise<CaseView | null>
  readonly running: CaseAction | null
  /** Why the last action was refused, other than by a conflict. */
  readonly error: unknown
  readonly forgetError: () => void
  readonly conflict: Conflict | null
  /** Reads the newest case and ends the conflict. */
  readonly loadNewest: () => Promise<CaseView | null>
  readonly closeConflict: () => void
}

/** The actions on one case, one at a time. */
export function useCommands(code: string): Commands {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const [running, setRunning] = useState<CaseAction | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [conflict, setConflict] = useState<Conflict | null>(null)

  async function run<A extends CaseAction>(
    action: A,
    body: CaseCommand<A>,
  ): Promise<CaseView | null> {
    if (running !== null) return null
    setRunning(action)
    setError(null)
    try {
      const view = await sendJson<CaseView>('POST', `/api/cases/${code}/${action}`, body)
      keepNewest(view)
      // The live event says the same; this serves while the connection is away.
      void queryClient.invalidateQueries({ queryKey: ['live', 'cases'] })
      notifications.show({ message: t(`done.${action}`), autoClose: 2_500 })
      return view
    } catch (refusal) {
      const problem = refusal instanceof ApiError ? refusal.problem : null
      if (problem?.code === 'conflict') {
        setConflict({ action, text: typedText(body), changes: problem.changes ?? [] })
        void queryClient.invalidateQueries({ queryKey: caseKey(code) })
      } else {
        setError(refusal)
      }
      return null
    } finally {
      setRunning(null)
    }
  }

  function keepNewest(view: CaseView): void {
    queryClient.setQueryData<CaseView>(caseKey(code), (known) =>
      known && known.version > view.version ? known : view,
    )
  }

  async function loadNewest(): Promise<CaseView | null> {
    await queryClient.refetchQueries({ queryKey: caseKey(code) })
    setConflict(null)
    return queryClient.getQueryData<CaseView>(caseKey(code)) ?? null
  }

  return {
    run,
    running,
    error,
    forgetError: () => {
      setError(null)
    },
    conflict,
    loadNewest,
    closeConflict: () => {
      setConflict(null)
    },
  }
}

function typedText(body: object): string | null {
  for (const key of ['text', 'comment', 'reason'] as const) {
    const value = (body as Partial<Record<typeof key, unknown>>)[key]
    if (typeof value === 'string' && value.includes(' ')) return value
  }
  return null
}
