import { describe, expect, test } from 'vitest'
import { messagesIn } from '../../widgets/i18n/messages.ts'
import {
  checkAct,
  checkKey,
  initialStatus,
  reduceStatus,
} from '../../widgets/status/status-state.ts'
import { aStatus } from './builders.ts'

const t = messagesIn('vi')

describe('code and PIN', () => {
  test('may be typed with spaces', () => {
    const key = checkKey({ code: '2611 048 274', pin: '604 118' }, t)
    expect(key).toEqual({ code: '2611048274', pin: '604118' })
  })

  test('are checked each for itself', () => {
    const checked = checkKey({ code: '2611 048 273', pin: '604 118' }, t)
    expect(checked).toEqual({ codeError: t.status.badCode, pinError: null })
  })

  test('leave the memory of the screen once the case is open', () => {
    const typed = { ...initialStatus, code: '2611048274', pin: '604118' }
    const opened = reduceStatus(typed, { type: 'opened', shown: aStatus() })
    expect(opened.pin).toBe('')
    expect(opened.shown).toEqual(aStatus())
  })
})

describe('what a citizen sends to the agency', () => {
  test('has to be complete', () => {
    expect(checkAct('rating', initialStatus, t)).toBe(t.status.chooseScore)
    expect(checkAct('dispute', { ...initialStatus, words: 'tắt' }, t)).toBe(t.status.shortReason)
    expect(checkAct('messages', { ...initialStatus, words: ' ' }, t)).toBe(t.status.emptyMessage)
    expect(checkAct('withdrawal', initialStatus, t)).toBeNull()
  })

  test('stays in its box when it could not be sent', () => {
    const writing = {
      ...initialStatus,
      shown: aStatus(),
      act: 'dispute',
      words: 'đèn vẫn tắt',
    } as const
    const failed = reduceStatus(reduceStatus(writing, { type: 'asked' }), {
      type: 'failed',
      failure: t.failure.offline,
    })
    expect(failed).toMatchObject({ act: 'dispute', words: 'đèn vẫn tắt', isBusy: false })
  })

  test('closes its form and shows the case as it is now', () => {
    const reopened = aStatus({ status: 'reopened' })
    const writing = {
      ...initialStatus,
      shown: aStatus(),
      act: 'dispute',
      words: 'vẫn tắt',
    } as const
    const acted = reduceStatus(writing, { type: 'acted', act: 'dispute', shown: reopened })
    expect(acted).toMatchObject({ act: null, words: '', done: 'dispute', shown: reopened })
  })
})
