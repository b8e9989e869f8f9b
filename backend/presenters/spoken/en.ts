import type { SpokenTexts } from './spoken.ts'

/** What callers hear in English. Numbers are written as they are said. */
export const en: SpokenTexts = {
  greeting:
    'Welcome to the citizen hotline. If somebody is in danger, hang up and call ' +
    'one one three, one one four or one one five.',
  menu: 'Press a key, or say what you need. {choices}',
  menuLeaveReport: 'To leave a report, press {key}.',
  menuHearStatus: 'To hear the status of an earlier report, press {key}.',
  menuAgent: 'To talk to an agent, press {key}.',
  menuCallBack: 'To be called back, press {key}.',
  menuEmergency: 'In an emergency, press {key}.',
  otherLanguage: 'For English, press {key}.',
  notUnderstood: 'Sorry, we did not understand.',
  emergency:
    'If somebody is in danger, hang up and call now: one one three for the police, ' +
    'one one four for fire and rescue, one one five for an ambulance. Do not wait here.',
  consent:
    'Your message is recorded and your number is kept so that we can answer you; ' +
    'by staying on the line you agree. ' +
    'After the beep, please say what happened and where, then press the pound key.',
  nothingHeard: 'We did not hear a message. Please call again.',
  apology:
    'We are sorry, we cannot read out your code right now. ' +
    'Your message has been recorded and will be handled. Thank you.',
  unavailable: 'We are sorry, the system is busy and could not do this now.',
  code: 'Thank you, we have received your report. Your code is: {digits}.',
  codeAgain: 'Once more, your code is: {digits}.',
  pin: 'Your PIN is: {digits}. Once more: {digits}.',
  due: 'You will have an answer by {day}/{month}/{year}.',
  goodbye: 'Goodbye.',
  askCode: 'Please enter the ten digits of your code.',
  askPin: 'Please enter the six digits of your PIN.',
  status: 'The status of your report is: {status}, since {day}/{month}/{year}.',
  codeWrong: 'The code or the PIN is not right.',
  triesUsed:
    'That was wrong too often. Please check your code and call again later, ' +
    'or leave a message now.',
  position: 'You are number {position} in the line.',
  estimatedWait: 'The wait will be about {minutes} minutes.',
  waitingOffer: 'To be called back and keep your place, press {key}. Otherwise please hold.',
  connecting: 'Please hold while we connect you to an agent.',
  recorded: 'This call is recorded to improve our service.',
  callBackPromised: 'Thank you. We will call you back on this number.',
  callBackImpossible: 'We are sorry, this number cannot be called back. Please leave a message.',
  queueFull: 'Many people are waiting at the moment. Please leave a message.',
  closed:
    'Our agents are not at work now. To be called back during working hours, press {key}; ' +
    'or stay on the line to leave a message.',
  agentLost: 'We are sorry, the line to the agent was lost. Please hold.',
}
