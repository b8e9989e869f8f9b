// Twilio's identities and labels take letters, digits and little else; ours say what they are.
const IDENTITY = /^(agent|lead)-([A-Za-z0-9_-]{1,100})$/
const STAFF_ID = /^[A-Za-z0-9_-]{1,100}$/

/** The name under which an agent's browser registers, and the label of their line in a conference. */
export function identityOf(staffId: string): string {
  if (!STAFF_ID.test(staffId)) throw new RangeError(`not an account id: ${staffId}`)
  return `agent-${staffId}`
}

/** The label of a supervisor's line, who listens in. */
export function leadLabelOf(staffId: string): string {
  return identityOf(staffId).replace('agent', 'lead')
}

/** Whose line a label names; null where it is none of an agent's (or somebody made it up). */
export function agentOfLabel(label: string | null): string | null {
  const [, kind, staffId] = IDENTITY.exec(label ?? '') ?? []
  return kind === 'agent' ? (staffId ?? null) : null
}
