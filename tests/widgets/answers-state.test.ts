import { describe, expect, test } from 'vitest'
import { initialAnswers, reduceAnswers } from '../../widgets/answers/answers-state.ts'
import { anAnswer } from './builders.ts'

const codes = ({ answers }: typeof initialAnswers) => answers.map(({ code }) => code)

describe('the list of answers', () => {
  test('grows by what is new when more is asked for', () => {
    const first = { answers: [anAnswer('1'), anAnswer('2')], nextCursor: 'a' }
    const second = { answers: [anAnswer('2'), anAnswer('3')], nextCursor: null }
    const one = reduceAnswers(initialAnswers, { type: 'arrived', page: first, isMore: false })
    const two = reduceAnswers(one, { type: 'arrived', page: second, isMore: true })
    expect(codes(two)).toEqual(['1', '2', '3'])
    expect(two.nextCursor).toBeNull()
  })

  test('starts anew with every search', () => {
    const old = { ...initialAnswers, answers: [anAnswer('1')], nextCursor: 'a', gathered: ['1'] }
    const page = { answers: [anAnswer('9')], nextCursor: null }
    const found = reduceAnswers(old, { type: 'arrived', page, isMore: false })
    expect(codes(found)).toEqual(['9'])
    expect(found.gathered).toEqual([])
  })

  test('is still there after one answer was read', () => {
    const listed = { ...initialAnswers, answers: [anAnswer('1')], q: 'đèn' }
    const reading = reduceAnswers(listed, { type: 'opened', answer: anAnswer('1') })
    expect(reduceAnswers(reading, { type: 'closed' })).toEqual(listed)
  })
})
