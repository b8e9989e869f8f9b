import { open } from 'lmdb'
import { join } from 'node:path'
import { emptyFolder } from './product.ts'
import type { Side } from './slices.ts'

const indexes = 5

/** What the storage engine alone does: durable commits of so many documents with their index entries. */
export function rawStore(documentsPerCommit: number): Side {
  const root = open<Buffer, Buffer>({
    path: join(emptyFolder(), 'raw'),
    keyEncoding: 'binary',
    encoding: 'binary',
    overlappingSync: false,
  })
  const entries = root.openDB<Buffer, Buffer>({
    name: 'entries',
    keyEncoding: 'binary',
    encoding: 'binary',
  })
  const bytes = Buffer.alloc(1000, 1)
  const nothing = Buffer.alloc(0)
  let last = 0
  const commit = (): void => {
    root.transactionSync(() => {
      for (let i = 0; i < documentsPerCommit; i++) {
        last += 1
        const key = Buffer.alloc(24)
        key.writeUInt32BE(last, 20)
        root.putSync(key, bytes)
        for (let index = 0; index < indexes; index++) {
          // Half of the indexes are appended to, half are written all over.
          key.writeUInt32BE(index, 0)
          key.writeUInt32BE(index % 2 === 0 ? last : (last * 2_654_435_761) >>> 0, 4)
          entries.putSync(Buffer.from(key), nothing)
        }
      }
    })
  }
  return {
    inFlight: 1,
    pid: process.pid,
    operation: () => {
      commit()
      return Promise.resolve()
    },
  }
}
