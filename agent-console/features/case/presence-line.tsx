import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Presence } from '#contracts/events'

/** Who else has the case open, and who of them is writing. Its room is kept, so that nothing jumps. */
export function PresenceLine(props: { readonly people: Presence['people'] }): ReactNode {
  const { t } = useTranslation()
  return (
    <p className="case-presence" role="status" data-testid="presence">
      {props.people.map(({ name, activity }) => t(`presence.${activity}`, { name })).join(' · ')}
    </p>
  )
}
