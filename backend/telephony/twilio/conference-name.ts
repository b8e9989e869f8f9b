const NAME = /^call-([A-Za-z0-9_-]{1,64})$/

/** The one conference of a call, named for its caller's leg. */
export function conferenceNameOf(callRef: string): string {
  return `call-${callRef}`
}

/** The caller's leg of a conference; null where the conference is none of ours. */
export function callRefOfConference(name: string | null): string | null {
  return NAME.exec(name ?? '')?.[1] ?? null
}
