import { createHash } from 'node:crypto'
import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Disk } from 'flydrive'
import { FSDriver } from 'flydrive/drivers/fs'
import { extensionOf } from '#domain/recording-type'
import type { RecordingFiles } from '#use-cases/ports/telephony'
import { guarded } from './guard.ts'

const KEY = /^[A-Za-z0-9_-]{1,100}\.[a-z0-9]{2,4}$/

/** Recordings of calls as files under `folder`, checked by their SHA-256 whenever they are opened. */
export function diskRecordingFiles(folder: string): RecordingFiles {
  const disk = new Disk(new FSDriver({ location: folder, visibility: 'private' }))
  const files: RecordingFiles = {
    async put(name, bytes, at, type = 'audio/mpeg') {
      const key = `${name}.${extensionOf(type)}`
      if (!KEY.test(key)) throw new RangeError(`not a recording's name: ${name}`)
      await disk.put(key, bytes)
      const file = await open(join(folder, key), 'r')
      try {
        await file.sync()
      } finally {
        await file.close()
      }
      return { key, sha256: sha256(bytes), byteCount: bytes.byteLength, keptAt: at }
    },

    async open(kept) {
      if (!KEY.test(kept.key) || !(await disk.exists(kept.key))) return null
      const bytes = await disk.getBytes(kept.key)
      return sha256(bytes) === kept.sha256 ? bytes : null
    },

    async remove(kept) {
      if (KEY.test(kept.key)) await rm(join(folder, kept.key), { force: true })
    },
  }
  // A long recording takes its time on a slow disk.
  return guarded(files, Infinity)
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
