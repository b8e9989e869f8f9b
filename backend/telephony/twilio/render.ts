import VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js'
import type { Language } from '#contracts/vocabulary'
import type { CallDoor, CallPlan, CallStep, Gather, Query } from '../provider.ts'
import { conferenceNameOf } from './conference-name.ts'
import { cleanText, doorUrl, musicUrl } from './door-url.ts'

/** TwiML for a plan; `doorsUrl` is the public address under which our webhooks are. */
export function renderTwiml(plan: CallPlan, doorsUrl: string): string {
  const response = new VoiceResponse()
  const urls: Urls = {
    door: (door, query) => doorUrl(doorsUrl, door, query),
    music: musicUrl(doorsUrl),
  }
  for (const step of plan) addStep(response, step, urls)
  return response.toString()
}

type DoorUrl = (door: CallDoor, query?: Query) => string
type Urls = { readonly door: DoorUrl; readonly music: string }

const VOICES = {
  vi: { language: 'vi-VN', voice: 'Google.vi-VN-Neural2-A' },
  en: { language: 'en-US', voice: 'Google.en-US-Neural2-F' },
} as const satisfies Record<Language, VoiceResponse.SayAttributes>

/** All callers wait in one queue at the provider; who is asked first is decided here. */
const QUEUE_NAME = 'hotline'
/** One document of words tells what a recogniser should expect; more are ignored. */
const HINTS_MAX = 100

function addStep(response: VoiceResponse, step: CallStep, urls: Urls): void {
  const url = urls.door
  switch (step.type) {
    case 'say':
    case 'play':
    case 'pause':
      addSound(response, step, urls.music)
      return
    case 'gather':
      addGather(response, step, urls)
      return
    case 'record':
      response.record({
        maxLength: step.maxSeconds,
        timeout: step.silenceSeconds,
        finishOnKey: '#',
        playBeep: true,
        action: url(step.isFallback === true ? 'fallback-recorded' : 'recorded', step.query),
        method: 'POST',
        recordingStatusCallback: url(
          step.isFallback === true ? 'fallback-reported' : 'recording-status',
        ),
        recordingStatusCallbackMethod: 'POST',
        recordingStatusCallbackEvent: ['completed', 'absent'],
      })
      return
    case 'transcribe':
      response.start().transcription({
        name: 'transcript',
        languageCode: VOICES[step.lang].language,
        track: step.isCallerAlone === true ? 'inbound_track' : 'both_tracks',
        partialResults: false,
        // Unlike other addresses in TwiML this one has to be absolute.
        statusCallbackUrl: url('transcript'),
        statusCallbackMethod: 'POST',
      })
      return
    case 'wait-in-queue':
      response.enqueue(
        { action: url('left-queue'), method: 'POST', waitUrl: url('wait'), waitUrlMethod: 'POST' },
        QUEUE_NAME,
      )
      return
    case 'leave-queue':
      response.leave()
      return
    case 'join-conference':
      addConference(response, step, url)
      return
    case 'go-to':
      response.redirect({ method: 'POST' }, url(step.door, step.query))
      return
    case 'hang-up':
      response.hangup()
  }
}

type Sound = Gather['prompts'][number]

function addSound(
  into: Pick<VoiceResponse, 'say' | 'play' | 'pause'>,
  step: Sound,
  music: string,
): void {
  if (step.type === 'say') into.say(VOICES[step.lang], cleanText(step.text))
  else if (step.type === 'play') into.play(cleanText(step.url ?? music))
  else into.pause({ length: step.seconds })
}

function addGather(response: VoiceResponse, step: Gather, urls: Urls): void {
  const hints = (step.hints ?? []).slice(0, HINTS_MAX).map(cleanText)
  const gather = response.gather({
    input: step.isSpeechHeard ? ['dtmf', 'speech'] : ['dtmf'],
    language: VOICES[step.lang].language,
    ...(step.isSpeechHeard && { speechTimeout: 'auto' }),
    ...(hints.length > 0 && { hints: hints.join(', ') }),
    // A hash ends the digits early; where any number of them is welcome, it alone ends them.
    ...(step.digits !== null && { numDigits: step.digits }),
    finishOnKey: '#',
    timeout: step.silenceSeconds,
    actionOnEmptyResult: false,
    action: urls.door(step.door, step.query),
    method: 'POST',
  })
  for (const prompt of step.prompts) addSound(gather, prompt, urls.music)
}

function addConference(
  response: VoiceResponse,
  { callRef, isCaller }: Extract<CallStep, { type: 'join-conference' }>,
  url: DoorUrl,
): void {
  response.dial({ action: url('left-conference'), method: 'POST' }).conference(
    {
      ...(isCaller && { participantLabel: 'caller' }),
      startConferenceOnEnter: true,
      // Whoever leaves first must not end it for a third: conferences are ended by us.
      endConferenceOnExit: false,
      beep: 'false',
      waitUrl: '',
      statusCallback: url('conference'),
      statusCallbackMethod: 'POST',
      statusCallbackEvent: ['start', 'end', 'join', 'leave', 'mute', 'hold'],
    },
    cleanText(conferenceNameOf(callRef)),
  )
}
