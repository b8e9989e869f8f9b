import { useRef } from 'react'
import type { CallView } from '#contracts/telephony'
import { useTelephone } from './telephone-context.tsx'

/** With less left than this, writing on asks for more. */
const RUNNING_OUT_MS = 20_000

/** To be called whenever something is written in a wrap-up: it does not end under somebody's hands. */
export function useMoreTime({ id, wrapUpUntil }: Pick<CallView, 'id' | 'wrapUpUntil'>): () => void {
  const { run } = useTelephone()
  const askedFor = useRef<string | null>(null)
  return () => {
    if (wrapUpUntil === null || askedFor.current === wrapUpUntil) return
    if (Date.parse(wrapUpUntil) - Date.now() > RUNNING_OUT_MS) return
    askedFor.current = wrapUpUntil
    void run(id, { name: 'wrap-up/extend' })
  }
}
