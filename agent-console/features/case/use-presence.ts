import { useEffect, useState } from 'react'
import type { Presence } from '#contracts/events'
import { useJoinCount, useRealtime, useServerEvent } from '../../lib/realtime.tsx'

type Person = Presence['people'][number]

/** Tells others that this case is open here, and hears who else has it open. */
export function usePresence(
  code: string,
  staffId: string,
  activity: Person['activity'],
): readonly Person[] {
  const { socket } = useRealtime()
  const joinCount = useJoinCount()
  const [people, setPeople] = useState<readonly Person[]>([])
  useServerEvent('case:presence', (presence) => {
    if (presence.code === code) setPeople(presence.people)
  })
  useEffect(() => {
    // A lost connection was forgotten by the server: say it again after every join.
    if (joinCount > 0) socket.emit('case:watch', { code, activity }, () => undefined)
  }, [socket, code, activity, joinCount])
  useEffect(
    () => () => {
      socket.emit('case:unwatch', { code }, () => undefined)
    },
    [socket, code],
  )
  return people.filter((person) => person.id !== staffId)
}
