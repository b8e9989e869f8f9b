import { afterEach, describe, expect, test } from 'vitest'
import { DomainError } from '#domain/errors'
import { fileWaitingMessages } from '#use-cases/file-waiting-messages'
import type { CallRepository, Ports } from '#use-cases/ports'
import { type Hotline, startHotline, twilioWebhook } from '../support/twilio-hotline.ts'
import { hotlinePorts } from '../support/twilio-ports.ts'

let hotline: Hotline
afterEach(async () => hotline.close())

/** Ports of which one method of one repository fails until it is mended. */
function breakable<K extends 'calls' | 'cases'>(part: K, method: keyof Ports[K]) {
  const ports = hotlinePorts()
  let isBroken = true
  const repository = ports[part]
  const failing = {
    ...repository,
    [method]: (...args: unknown[]): unknown => {
      if (isBroken) throw new DomainError('unavailable', 'database-unavailable')
      return (repository[method] as (...given: unknown[]) => unknown)(...args)
    },
  }
  return { ports: { ...ports, [part]: failing }, mend: () => (isBroken = false) }
}

const LOST: readonly (keyof CallRepository)[] = ['addEvent', 'findCall', 'saveCall']

describe('while the database is away', () => {
  test.each(LOST)(
    '(%s) a caller is greeted and can leave a message all the same',
    async (method) => {
      const { ports } = breakable('calls', method)
      hotline = await startHotline(ports)
      const answer = await hotline.send('voice', twilioWebhook('call-incoming'))
      expect(answer.status).toBe(200)
      expect(answer.text).toContain('<Gather')
      const chosen = await hotline.send('menu', twilioWebhook('call-incoming', { Digits: '1' }))
      expect(chosen.text).toContain('<Record')
      expect(hotline.logged).toHaveLength(2)
    },
  )

  test.each(LOST)('(%s) what nobody hears is refused, so that it is sent again', async (method) => {
    const { ports, mend } = breakable('calls', method)
    hotline = await startHotline(ports)
    const completed = twilioWebhook('recording-completed')
    expect((await hotline.send('recording-status', completed)).status).toBe(503)
    mend()
    expect((await hotline.send('recording-status', completed)).status).toBe(204)
    expect(ports.openedCases.size).toBe(1)
  })

  test.each(['2', '3', '4'])(
    'a caller who presses %s leaves a message instead, and hears no code',
    async (Digits) => {
      const { ports } = breakable('calls', 'findCall')
      hotline = await startHotline(ports)
      const answer = await hotline.send('menu', twilioWebhook('menu-key', { Digits }))
      expect(answer.text).toMatch(/hệ thống đang bận[^]*<Record/)
      const left = await hotline.send('recorded', twilioWebhook('message-left'))
      expect(left.text).toContain('Rất tiếc')
      expect(left.text).not.toContain('Mã tra cứu là')
    },
  )

  test.each([
    ['wait', 'queue-waiting', '<Gather'],
    ['wait-offer', 'queue-waiting', '<Redirect'],
    ['left-queue', 'queue-left-error', '<Record'],
    ['left-conference', 'conference-left', '<Hangup'],
    ['case-code', 'menu-key', '<Record'],
    ['case-pin', 'menu-key', '<Record'],
    ['instead', 'menu-silence', '<Record'],
  ])('the door %s answers all the same', async (door, fixture, verb) => {
    const { ports } = breakable('calls', 'addEvent')
    hotline = await startHotline(ports)
    const answer = await hotline.send(door, twilioWebhook(fixture))
    expect(answer).toMatchObject({ status: 200, mediaType: 'text/xml' })
    expect(answer.text).toContain(verb)
  })

  test('our webhooks ask to be sent again after a failure', async () => {
    hotline = await startHotline(hotlinePorts())
    const answer = await hotline.send('menu', twilioWebhook('call-incoming', { Digits: '1' }))
    expect(answer.text).toMatch(/action="[^"#]+#rc=3&amp;rp=5xx,ct,rt"/)
    expect(answer.text).toMatch(/recordingStatusCallback="[^"#]+#rc=3&amp;rp=5xx,ct,rt"/)
  })
})

describe('a message whose case cannot be opened', () => {
  test('is answered with an apology and opens its case when the recording is reported', async () => {
    const { ports, mend } = breakable('cases', 'add')
    hotline = await startHotline(ports)
    const answer = await hotline.send('recorded', twilioWebhook('message-left'))
    expect(answer).toMatchObject({ status: 200, mediaType: 'text/xml' })
    expect(answer.text).toContain('Rất tiếc')
    mend()
    await hotline.send('recording-status', twilioWebhook('recording-completed'))
    expect(ports.openedCases.size).toBe(1)
  })

  test('opens it at any later webhook of the call, and tells the code when asked again', async () => {
    const { ports, mend } = breakable('cases', 'add')
    hotline = await startHotline(ports)
    await hotline.send('recorded', twilioWebhook('message-left'))
    mend()
    await hotline.send('status', twilioWebhook('call-completed'))
    expect(ports.openedCases.size).toBe(1)
    const again = await hotline.send('recorded', twilioWebhook('message-left'))
    expect(again.text).toContain('Mã tra cứu là')
    expect(ports.openedCases.size).toBe(1)
  })

  test('gets it from the job that files waiting messages, where no webhook comes any more', async () => {
    const { ports, mend } = breakable('cases', 'add')
    hotline = await startHotline(ports)
    await hotline.send('recorded', twilioWebhook('message-left'))
    await hotline.send('recorded', twilioWebhook('message-left', { CallSid: 'CAanother' }))
    await expect(fileWaitingMessages(ports)).rejects.toMatchObject({ errors: { length: 2 } })
    mend()
    expect(await fileWaitingMessages(ports)).toBe(2)
    expect(await fileWaitingMessages(ports)).toBe(0)
    expect(ports.openedCases.size).toBe(2)
  })
})

describe('a crash', () => {
  test.each([
    ['after the event was kept', 'calls', 'findCall'],
    ['before the call was saved', 'calls', 'saveCall'],
    ['before the case was written', 'cases', 'add'],
  ] as const)('%s is healed by the retry of the same webhook', async (_, part, method) => {
    const { ports, mend } = breakable(part, method as never)
    hotline = await startHotline(ports)
    await hotline.send('recorded', twilioWebhook('message-left'))
    mend()
    const retried = await hotline.send('recorded', twilioWebhook('message-left'))
    expect(retried.text).toContain('Mã tra cứu là')
    const [opened] = ports.openedCases.values()
    expect((await ports.calls.list(null, 10)).items).toMatchObject([{ caseCode: opened?.code }])
  })

  test('between the case and the call makes no second case', async () => {
    const ports = hotlinePorts()
    let saves = 0
    const calls: CallRepository = {
      ...ports.calls,
      // The second save is the one that ties the call to its case.
      saveCall: (next, loadedVersion) => {
        if (++saves === 2) throw new DomainError('unavailable', 'database-unavailable')
        return ports.calls.saveCall(next, loadedVersion)
      },
    }
    hotline = await startHotline({ ...ports, calls })
    const first = await hotline.send('recorded', twilioWebhook('message-left'))
    expect(first.text).toContain('Rất tiếc')
    await hotline.send('recorded', twilioWebhook('message-left'))
    const [opened] = ports.openedCases.values()
    expect(ports.openedCases.size).toBe(1)
    expect((await ports.calls.list(null, 10)).items).toMatchObject([{ caseCode: opened?.code }])
  })
})

test('a caller does not wait for a database that does not answer', async () => {
  const ports = hotlinePorts()
  const calls = { ...ports.calls, addEvent: () => new Promise<boolean>(() => undefined) }
  hotline = await startHotline({ ...ports, calls }, { answerWithinMs: 20 })
  const one = twilioWebhook('call-incoming', { Digits: '1' })
  expect((await hotline.send('voice', one)).text).toContain('<Gather')
  expect((await hotline.send('menu', one)).text).toContain('<Record')
  const agent = await hotline.send('menu', twilioWebhook('call-incoming', { Digits: '3' }))
  expect(agent.text).toMatch(/hệ thống đang bận[^]*<Record/)
  const answer = await hotline.send('recorded', twilioWebhook('message-left'))
  expect(answer.text).toContain('Rất tiếc')
})
