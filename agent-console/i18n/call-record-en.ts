import type { callRecordVi } from './call-record-vi.ts'
import type { Texts } from './texts.ts'

/** Texts of a call's record in English. */
export const callRecordEn: Texts<typeof callRecordVi> = {
  title: 'Record of the call',
  waited: 'Waited',
  talked: 'Talked',
  held: 'On hold',
  wrappedUp: 'Wrapped up',
  endedBy: 'Who hung up first',
  enders: {
    citizen: 'The citizen',
    agent: 'The agent, or whoever talked',
    system: 'The system',
    company: 'The telephone company (failed)',
  },
  cause: 'Cause',
  causes: {
    completed: 'ended normally',
    busy: 'busy',
    failed: 'the line failed',
    no_answer: 'not answered',
    canceled: 'canceled before the answer',
    forwarded: 'forwarded',
    congestion: 'network busy',
    not_found: 'no such number',
  },
  region: 'Region',
  cost: 'Cost',
  legs: 'Lines of the call',
  who: 'Who',
  outside: 'somebody outside',
  rung: 'Rung',
  answered: 'Answered',
  left: 'Left',
  monitors: { listen: 'listening', coach: 'coaching', barge: 'joined' },
  transfer: 'Being transferred to {{name}}',
  transferThere: '{{name}} is on the line, to be handed over',
  consent: 'The citizen was told of the recording at {{time}}',
  noConsent: 'Not noted that the citizen was told',
  deleted: 'Deleted at {{time}}',
  export: 'Download call records',
}
