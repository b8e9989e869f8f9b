import type { HotlineSettings } from '#contracts/hotline'
import type { Language } from '#contracts/vocabulary'
import { isEmergencyHeard } from '#domain/ivr'
import { askForCallBack } from '#use-cases/ask-for-call-back'
import { recordCallEvents } from '#use-cases/record-call'
import { leaveQueue, type PlaceInLine, placeInLine } from '#use-cases/wait-for-agent'
import { promisedPlan, unavailablePlan } from './agent-ways.ts'
import { OFFER_KEY, waitingPlan } from './ask-plans.ts'
import { goodbyePlan, messagePlan, say } from './call-plans.ts'
import { stateIn } from './caller-state.ts'
import type { Answering, Knock } from './door.ts'
import { inTime } from './in-time.ts'
import type { CallPlan, Gather } from './provider.ts'

/** What a caller hears while they wait: their place, how long it may take, music, an offer. */
export async function answerWait(knock: Knock, answering: Answering): Promise<CallPlan> {
  const { ports } = answering
  const { hotline } = ports.settings()
  const done = await inTime(
    async () => {
      await recordCallEvents(knock.events, ports)
      const [call, place] = await Promise.all([
        ports.calls.findCall(knock.callId),
        placeInLine(knock.callId, ports),
      ])
      const isPromised = call?.queue?.leftAs === 'call-back'
      return { language: call?.queue?.language ?? 'vi', place, isPromised }
    },
    knock,
    answering,
  )
  const { language, place, isPromised } = done?.result ?? {
    language: stateIn(knock.query).language,
    place: null,
    isPromised: false,
  }
  // An agent could not be connected: who was promised a call back need not wait for it on the line.
  if (isPromised) return [{ type: 'leave-queue' }]
  return waitingPlan(hotline, language, placeInWords(hotline, language, place))
}

/** A key was pressed while waiting: the offer to be called back, or nothing. */
export async function answerWaitOffer(knock: Knock, answering: Answering): Promise<CallPlan> {
  const { ports } = answering
  const { hotline } = ports.settings()
  const { language } = stateIn(knock.query)
  const goOn: CallPlan = [{ type: 'go-to', door: 'wait' }]
  if (knock.heard.pressed !== OFFER_KEY) {
    const isEmergency = isEmergencyHeard(hotline, knock.heard)
    return isEmergency ? [say(hotline, language, 'emergency'), ...goOn] : goOn
  }
  const done = await inTime(
    async () => {
      await recordCallEvents(knock.events, ports)
      return askForCallBack(knock.callId, language, ports)
    },
    knock,
    answering,
  )
  if (done?.result === true) return [{ type: 'leave-queue' }]
  const name = done === null ? 'unavailable' : 'callBackImpossible'
  return [say(hotline, language, name), ...goOn]
}

/** The caller is no longer in the provider's queue; why decides what they hear. */
export async function answerLeftQueue(knock: Knock, answering: Answering): Promise<CallPlan> {
  const { ports } = answering
  const { hotline } = ports.settings()
  // What nobody has heard of yet must not leave the caller in silence.
  const queueResult = knock.queueResult ?? 'failed'
  const leftAs = LEFT_AS[queueResult]
  const language = await languageAfter(knock, answering, async () => {
    if (leftAs !== null) await leaveQueue(knock.callId, leftAs, ports)
  })
  switch (queueResult) {
    case 'hung-up':
      return [{ type: 'hang-up' }]
    case 'left':
      return promisedPlan(hotline, { language })
    case 'full':
      return [say(hotline, language, 'queueFull'), ...messagePlan(hotline, language)]
    case 'failed':
      return unavailablePlan(hotline, { language })
    case 'connected':
      // An agent has the call, or had it: somebody else says what comes next.
      return []
  }
}

const LEFT_AS = {
  'hung-up': 'abandoned',
  left: 'call-back',
  full: 'voicemail',
  failed: 'voicemail',
  connected: null,
} as const satisfies Record<NonNullable<Knock['queueResult']>, string | null>

/** The talk is over: last words for a caller who is still there. */
export async function answerLeftConference(knock: Knock, answering: Answering): Promise<CallPlan> {
  const language = await languageAfter(knock, answering)
  return goodbyePlan([say(answering.ports.settings().hotline, language, 'goodbye')])
}

/** Keeps what the webhook tells, does what follows, and answers the language of the call. */
async function languageAfter(
  { callId, events }: Knock,
  answering: Answering,
  act: () => Promise<void> = () => Promise.resolve(),
): Promise<Language> {
  const { ports } = answering
  const done = await inTime(
    async () => {
      await recordCallEvents(events, ports)
      await act()
      return (await ports.calls.findCall(callId))?.language ?? null
    },
    { callId, events },
    answering,
  )
  return done?.result ?? 'vi'
}

function placeInWords(
  hotline: HotlineSettings,
  lang: Language,
  place: PlaceInLine | null,
): Gather['prompts'] {
  if (place === null) return []
  const { position, waitSeconds } = place
  const minutes = waitSeconds === null ? null : String(Math.ceil(waitSeconds / 60))
  return [
    say(hotline, lang, 'position', { position: String(position) }),
    ...(minutes === null ? [] : [say(hotline, lang, 'estimatedWait', { minutes })]),
  ]
}
