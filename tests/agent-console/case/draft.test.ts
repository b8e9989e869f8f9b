import { describe, expect, test } from 'vitest'
import { basisOf, versionToActOn } from '../../../agent-console/features/case/basis.ts'
import {
  type Draft,
  draftReducer,
  editorText,
} from '../../../agent-console/features/case/draft-reducer.ts'
import { aResponse, aView } from '../support/builders.ts'

const typed = (text: string, view = aView(), current: Draft = null): Draft =>
  draftReducer(current, { type: 'typed', text, view })

describe('words that are not on the server yet', () => {
  test('the editor shows the server’s draft until somebody types', () => {
    const view = aView({ response: aResponse({ text: 'Bản nháp' }) })
    expect(editorText(null, view)).toBe('Bản nháp')
    expect(editorText(typed('Bản nháp mới', view), view)).toBe('Bản nháp mới')
  })

  test('a published response is not a draft to go on with', () => {
    expect(editorText(null, aView({ response: aResponse({ state: 'published' }) }))).toBe('')
  })

  test('another’s draft does not take the writer’s words away', () => {
    const mine = typed('Của tôi')
    const theirs = aView({ version: 6, response: aResponse({ text: 'Của người khác' }) })
    expect(editorText(mine, theirs)).toBe('Của tôi')
  })

  test('words typed while a save was under way stay unsaved', () => {
    const saved = aView({ version: 6, response: aResponse({ text: 'Một' }) })
    const draft = draftReducer(typed('Một hai'), { type: 'saved', text: 'Một', view: saved })
    expect(draft?.text).toBe('Một hai')
    expect(draft?.basis.version).toBe(6)
  })

  test('nothing is left unsaved after a save', () => {
    const saved = aView({ version: 6, response: aResponse({ text: 'Một' }) })
    expect(draftReducer(typed('Một'), { type: 'saved', text: 'Một', view: saved })).toBeNull()
  })

  test('typing back to what the server has leaves nothing to save', () => {
    const view = aView({ response: aResponse({ text: 'Như cũ' }) })
    expect(typed('Như cũ', view, typed('Khác', view))).toBeNull()
  })
})

describe('the version to act on', () => {
  test('a note by a colleague does not stand in the way', () => {
    const noted = aView({
      version: 6,
      notes: [{ id: '1', by: { id: 'yen', name: 'Yến' }, at: '2026-11-23T02:00:00Z', text: 'x' }],
    })
    expect(versionToActOn(basisOf(aView()), noted)).toBe(6)
  })

  test('another’s draft, field, agency or status keeps the version that was seen', () => {
    const seen = basisOf(aView())
    expect(versionToActOn(seen, aView({ version: 6, response: aResponse() }))).toBe(5)
    expect(versionToActOn(seen, aView({ version: 6, field: 'water' }))).toBe(5)
    expect(versionToActOn(seen, aView({ version: 6, agency: null }))).toBe(5)
    expect(versionToActOn(seen, aView({ version: 6, status: 'returned' }))).toBe(5)
  })

  test('after looking at the newest, the writer acts on it with their own words', () => {
    const newest = aView({ version: 6, response: aResponse({ text: 'Của người khác' }) })
    const kept = draftReducer(typed('Của tôi'), { type: 'kept', view: newest })
    expect(kept?.text).toBe('Của tôi')
    expect(kept && versionToActOn(kept.basis, newest)).toBe(6)
  })
})
