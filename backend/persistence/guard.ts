import { DomainError } from '#domain/errors'

/** Error names of the driver and of Mongoose that mean "no database just now". */
const UNREACHABLE = new Set([
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoServerSelectionError',
  'MongoNotConnectedError',
  'MongoTopologyClosedError',
  'MongoPoolClearedError',
  'MongoPoolClosedError',
  'MongoWaitQueueTimeoutError',
  'MongoOperationTimeoutError',
  'MongooseServerSelectionError',
  'PoolClearedOnNetworkError',
  'ConnectionPoolClearedError',
])

/** mongod's OutOfDiskSpace. */
const OUT_OF_DISK_SPACE = 14_031

/** Server error codes that a later attempt may not meet: shutting down, stepping down, not primary. */
const TRANSIENT = new Set([91, 189, 10_107, 11_600, 11_602, 13_435, 13_436])

/**
 * The same methods; what fails because the database is away or full is refused as `unavailable` or
 * `storage-full`, so that callers know to keep what they have and come back.
 */
export function guarded<T extends object>(repository: T): T {
  return new Proxy(repository, {
    get(target, name, receiver) {
      const member: unknown = Reflect.get(target, name, receiver)
      if (typeof member !== 'function') return member
      return async (...args: unknown[]) => {
        try {
          return (await Reflect.apply(member, target, args)) as unknown
        } catch (error) {
          throw refusalOf(error) ?? error
        }
      }
    },
  })
}

/** True where the error says that the database cannot be reached now. */
export function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (UNREACHABLE.has(error.name)) return true
  const code = codeOf(error)
  if (code !== null && TRANSIENT.has(code)) return true
  // Mongoose refuses at once while disconnected (buffering is off), with a plain MongooseError.
  return error.name === 'MongooseError' && /connection|connect/i.test(error.message)
}

/** True for a unique index's refusal. */
export function isDuplicateKey(error: unknown): error is Error & { keyPattern?: object } {
  return error instanceof Error && codeOf(error) === 11_000
}

function refusalOf(error: unknown): DomainError | null {
  if (error instanceof DomainError) return error
  if (isUnreachable(error)) return new DomainError('unavailable', 'database-unavailable')
  if (error instanceof Error && (codeOf(error) === OUT_OF_DISK_SPACE || isNoSpace(error))) {
    return new DomainError('storage-full', 'disk-full')
  }
  return null
}

function isNoSpace(error: Error): boolean {
  return 'code' in error && error.code === 'ENOSPC'
}

function codeOf(error: Error): number | null {
  return 'code' in error && typeof error.code === 'number' ? error.code : null
}
