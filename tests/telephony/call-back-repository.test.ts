import { afterAll, beforeAll, expect, test } from 'vitest'
import { beginCallBack, callBackReached, promiseCallBack } from '#domain/call-back'
import { mongoCallBackRepository } from '#persistence/call-back-repository'
import type { CallBackRepository } from '#use-cases/ports/telephony'
import { type OpenDatabase, openDatabase } from '../persistence/open-database.ts'

const RULES = { quietFrom: '21:00', quietUntil: '07:30', callBackAttempts: 3 }
const LAN = { id: 'lan', name: 'Lan' }
const at = (hour: number) => new Date(Date.UTC(2026, 10, 23, hour))
const promised = (id: string, hour: number) =>
  promiseCallBack(
    {
      id,
      phone: '+84912345678',
      reason: 'asked',
      language: 'vi',
      field: null,
      callId: null,
      caseCode: null,
    },
    at(hour),
    RULES,
  )

let database: OpenDatabase
let callBacks: CallBackRepository
beforeAll(async () => {
  database = await openDatabase()
  callBacks = mongoCallBackRepository(database.connection)
})
afterAll(async () => database.close())

test('promises are kept once each, listed by when they are due, and changed by one at a time', async () => {
  const later = promised('later', 5)
  const sooner = promised('sooner', 3)
  expect(await callBacks.add(later)).toBe(true)
  expect(await callBacks.add(sooner)).toBe(true)
  expect(await callBacks.add({ ...later, phone: '+84900000000' })).toBe(false)
  expect(await callBacks.findById('later')).toEqual(later)
  expect(await callBacks.findById('nobody')).toBeNull()
  expect(await callBacks.listOpen(10)).toEqual([sooner, later])
  expect(await callBacks.listOpen(1)).toEqual([sooner])

  const calling = beginCallBack(sooner, LAN)
  expect(await callBacks.save(calling, sooner.version)).toBe(true)
  expect(await callBacks.save(calling, sooner.version)).toBe(false)
  const kept = callBackReached(calling, LAN, at(4))
  expect(await callBacks.save(kept, calling.version)).toBe(true)
  expect(await callBacks.listOpen(10)).toEqual([later])
  expect(await callBacks.findById('sooner')).toEqual(kept)
})
