import VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js'
import type { Language } from '#contracts/vocabulary'
import type { CallPlan, CallStep } from '../provider.ts'

/** TwiML for a plan; `doorsUrl` is the public address under which our webhooks are. */
export function renderTwiml(plan: CallPlan, doorsUrl: string): string {
  const response = new VoiceResponse()
  for (const step of plan) addStep(response, step, doorsUrl)
  return response.toString()
}

const VOICES = {
  vi: { language: 'vi-VN', voice: 'Google.vi-VN-Neural2-A' },
  en: { language: 'en-US', voice: 'Google.en-US-Neural2-F' },
} as const satisfies Record<Language, VoiceResponse.SayAttributes>

// Ours may be restarting: without this Twilio tries again only where it could not connect at all.
// A fragment is an instruction to Twilio and is not part of what it signs.
const RETRY = '#rc=3&rp=5xx,ct,rt'

function addStep(response: VoiceResponse, step: CallStep, doorsUrl: string): void {
  switch (step.type) {
    case 'say':
      response.say(VOICES[step.lang], withoutForbidden(step.text))
      return
    case 'record':
      response.record({
        maxLength: step.maxSeconds,
        timeout: step.silenceSeconds,
        finishOnKey: '#',
        playBeep: true,
        action: `${doorsUrl}/recorded${RETRY}`,
        method: 'POST',
        recordingStatusCallback: `${doorsUrl}/recording-status${RETRY}`,
        recordingStatusCallbackMethod: 'POST',
        recordingStatusCallbackEvent: ['completed', 'absent'],
      })
      return
    case 'hang-up':
      response.hangup()
  }
}

/** The library escapes markup, but a character that XML has no place for would make it throw. */
function withoutForbidden(text: string): string {
  return text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
}
