import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Centre, startCentre } from '../support/telephone-centre.ts'
import { AUTH_TOKEN, PUBLIC_URL, sendWebhook, twilioWebhook } from '../support/twilio-hotline.ts'

let centre: Centre
beforeAll(async () => {
  centre = await startCentre({
    PUBLIC_URL,
    TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
    TWILIO_AUTH_TOKEN: AUTH_TOKEN,
  })
})
afterAll(async () => {
  expect(centre.server.unexpected).toEqual([])
  await centre.server.end()
})

/** A call that took an agent so long. */
async function handled(seconds: number): Promise<void> {
  const call = await centre.caller()
  await centre.tell(call, { type: 'agent-answered', agentRef: 'somebody' })
  centre.pass(seconds)
  await centre.tell(call, { type: 'ended', cause: 'completed' })
}

/** One agent is at work, for as long as we look. */
async function anAgentTalks(): Promise<void> {
  const agent = await centre.colleague('Lan')
  await agent.be('away')
  const call = await centre.caller()
  await agent.press(call, 'accept')
  await centre.line(call, agent, 'agent-answered')
}

/** What the only caller in line is told. */
async function told(callRef: string): Promise<string> {
  const fields = twilioWebhook('queue-waiting', { CallSid: callRef })
  return (await sendWebhook(centre.server.url, PUBLIC_URL, 'wait', fields)).text
}

test('the wait is reckoned from the calls of the last hours, once there are enough of them', async () => {
  for (let count = 0; count < 4; count++) await handled(540)
  await anAgentTalks()
  const { callRef } = await centre.caller({ field: 'urban' })
  expect(await told(callRef)).toContain('khoảng 4 phút')

  await handled(540)
  expect(await told(callRef)).toContain('khoảng 9 phút')

  // A call more within the same minute changes nothing: it is not measured for each caller.
  await handled(30)
  expect(await told(callRef)).toContain('khoảng 9 phút')
  centre.pass(31)
  expect(await told(callRef)).toContain('khoảng 8 phút')

  // What was hours ago says nothing of now.
  centre.pass(6 * 3_600)
  expect(await told(callRef)).toContain('khoảng 4 phút')
})
