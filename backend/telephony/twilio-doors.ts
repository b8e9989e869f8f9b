import { answerJoin, answerRequeued } from './agent-doors.ts'
import type { Door } from './door.ts'
import { answerFallback, answerFallbackRecorded, answerFallbackReported } from './fallback-door.ts'
import { answerInstead } from './instead-door.ts'
import { answerMenu, answerVoice } from './menu-door.ts'
import { answerRecorded, answerTranscript, answerUnheard } from './message-door.ts'
import { answerLeftConference, answerLeftQueue, answerWait, answerWaitOffer } from './queue-door.ts'
import { answerCaseCode, answerCasePin } from './status-door.ts'
import {
  parseCaller,
  parseLeft,
  parseMessage,
  parseRecording,
  parseStatus,
  parseTalkRecording,
} from './twilio/parse.ts'
import { parseAgentLeg, parseConference } from './twilio/parse-conference.ts'
import { parseTranscript } from './twilio/parse-transcript.ts'

/** All webhooks that Twilio may send us. */
export const TWILIO_DOORS: readonly Door[] = [
  { name: 'voice', parse: parseCaller, answer: answerVoice },
  { name: 'menu', parse: parseCaller, answer: answerMenu },
  { name: 'case-code', parse: parseCaller, answer: answerCaseCode },
  { name: 'case-pin', parse: parseCaller, answer: answerCasePin },
  { name: 'instead', parse: parseCaller, answer: answerInstead },
  { name: 'recorded', parse: parseMessage, answer: answerRecorded },
  { name: 'recording-status', parse: parseRecording, answer: answerUnheard },
  { name: 'transcript', parse: parseTranscript, answer: answerTranscript },
  { name: 'wait', parse: parseCaller, answer: answerWait },
  { name: 'wait-offer', parse: parseCaller, answer: answerWaitOffer },
  { name: 'left-queue', parse: parseLeft, answer: answerLeftQueue },
  { name: 'left-conference', parse: parseLeft, answer: answerLeftConference },
  { name: 'join', parse: parseCaller, answer: answerJoin },
  { name: 'requeued', parse: parseCaller, answer: answerRequeued },
  { name: 'conference', parse: parseConference, answer: answerUnheard },
  { name: 'agent-leg', parse: parseAgentLeg, answer: answerUnheard },
  { name: 'talk-recorded', parse: parseTalkRecording, answer: answerUnheard },
  { name: 'status', parse: parseStatus, answer: answerUnheard },
  { name: 'fallback', parse: parseCaller, answer: answerFallback },
  { name: 'fallback-recorded', parse: parseMessage, answer: answerFallbackRecorded },
  { name: 'fallback-reported', parse: parseRecording, answer: answerFallbackReported },
]
