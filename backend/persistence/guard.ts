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
/** The system's: disk full, quota used up, file too large. */
const NO_SPACE = new Set<unknown>(['ENOSPC', 'EDQUOT', 'EFBIG'])

/** Server error codes that a later attempt may not meet: shutting down, stepping down, not primary. */
const TRANSIENT = new Set([91, 189, 10_107, 11_600, 11_602, 13_435, 13_436])

/** A connection that ended while the driver wrote to it: it passes on the system's own error. */
const CONNECTION_LOST = new Set<unknown>([
  'EPIPE',
  'ECONNRESET',
  'ECONNREFUSED',
  'ETIMEDOUT',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_WRITE_AFTER_END',
])

/** A citizen who waits longer is told to come back; the retry is safe by its Idempotency-Key. */
const OPERATION_MS = 8_000

/**
 * The same methods; what fails because the database is away, full or does not answer within
 * `limitMs` is refused as `unavailable` or `storage-full`, so that callers know to keep what they
 * have and come back.
 */
export function guarded<T extends object>(repository: T, limitMs = OPERATION_MS): T {
  return new Proxy(repository, {
    get(target, name, receiver) {
      const member: unknown = Reflect.get(target, name, receiver)
      if (typeof member !== 'function') return member
      return async (...args: unknown[]) => {
        try {
          const done = Reflect.apply(member, target, args) as Promise<unknown>
          return await inTime(() => done, limitMs)
        } catch (error) {
          throw refusalOf(error) ?? error
        }
      }
    },
  })
}

/** What `act` answers, or `unavailable` after `limitMs`; what was begun may still come to pass. */
export async function inTime<T>(act: () => Promise<T>, limitMs = OPERATION_MS): Promise<T> {
  if (limitMs === Infinity) return act()
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new DomainError('unavailable', 'database-unavailable'))
    }, limitMs)
  })
  try {
    return await Promise.race([act(), tooLate])
  } finally {
    clearTimeout(timer)
  }
}

/** True where the error says that the database cannot be reached now. */
export function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (UNREACHABLE.has(error.name)) return true
  if ('code' in error && CONNECTION_LOST.has(error.code)) return true
  const code = codeOf(error)
  if (code !== null && TRANSIENT.has(code)) return true
  // A bulk write that was cut off hides the network's error in one of its own, with this label.
  if (labelsOf(error).includes('RetryableWriteError')) return true
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
  return isDiskFull(error) ? new DomainError('storage-full', 'disk-full') : null
}

/** True where the error, or one that caused it, says that there is no room on the disk. */
function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? error.code : null
  return code === OUT_OF_DISK_SPACE || NO_SPACE.has(code) || isDiskFull(error.cause)
}

function labelsOf(error: Error): readonly unknown[] {
  return 'errorLabels' in error && Array.isArray(error.errorLabels) ? error.errorLabels : []
}

function codeOf(error: Error): number | null {
  return 'code' in error && typeof error.code === 'number' ? error.code : null
}
