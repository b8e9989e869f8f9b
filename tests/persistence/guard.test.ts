import { MongoErrorLabel, MongoNetworkError, MongoServerError } from 'mongodb'
import { describe, expect, test } from 'vitest'
import { DomainError } from '#domain/errors'
import { guarded } from '#persistence/guard'

const failing = (error: Error) => guarded({ act: async () => Promise.reject(error) })
const refusalOf = async (error: Error) =>
  failing(error)
    .act()
    .catch((caught: unknown) => caught)

/** What the driver makes of a bulk write whose connection broke: only the label tells. */
const cutOffBulkWrite = () => {
  const error = new MongoServerError({ message: 'connection 3 to 127.0.0.1:27017 closed' })
  error.addErrorLabel(MongoErrorLabel.RetryableWriteError)
  return error
}

const withCode = (code: string | number, cause?: Error) =>
  Object.assign(new Error('it failed', { cause }), { code })

describe('a database that is away', () => {
  test.each([
    new MongoNetworkError('connection closed'),
    new MongoServerError({ message: 'shutting down', code: 91 }),
    new MongoServerError({ message: 'not primary', code: 10_107 }),
    cutOffBulkWrite(),
  ])('is refused as unavailable: %s', async (error) => {
    expect(await refusalOf(error)).toMatchObject({ code: 'unavailable' })
  })

  test('or that does not answer in time is refused too', async () => {
    const silent = guarded({ act: async () => new Promise(() => undefined) }, 10)
    await expect(silent.act()).rejects.toMatchObject({ code: 'unavailable' })
  })
})

test.each([
  withCode('ENOSPC'),
  withCode('EDQUOT'),
  withCode('E_CANNOT_WRITE_FILE', withCode('ENOSPC')),
  new MongoServerError({ message: 'full', code: 14_031 }),
])('a full disk is named: %s', async (error) => {
  expect(await refusalOf(error)).toMatchObject({ code: 'storage-full', refusal: 'disk-full' })
})

test('a refusal and a bug stay what they are', async () => {
  const refusal = new DomainError('conflict', 'version-stale')
  expect(await refusalOf(refusal)).toBe(refusal)
  const bug = new TypeError('undefined is not a function')
  expect(await refusalOf(bug)).toBe(bug)
})
