import { randomUUID } from 'node:crypto'
import { open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Disk } from 'flydrive'
import { FSDriver } from 'flydrive/drivers/fs'
import type { Attachment } from '#domain/case'
import { DomainError } from '#domain/errors'
import type { AttachmentStore, Upload } from '#use-cases/ports'
import { guarded } from './guard.ts'

const PICTURES = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/avif'])
const HEIC = new Set(['image/heic', 'image/heif', 'image/heic-sequence', 'image/heif-sequence'])
const FULL_EDGE = 2_048
const THUMBNAIL_EDGE = 320
/** 50 megapixels: more than a phone makes, less than a decompression bomb. */
const MAX_PIXELS = 50_000_000

/** Files under `folder`: pictures re-encoded as WebP without metadata, PDF as they came. */
export function diskAttachmentStore(folder: string): AttachmentStore {
  const disk = new Disk(new FSDriver({ location: folder, visibility: 'private' }))

  async function put(key: string, bytes: Uint8Array): Promise<void> {
    await disk.put(key, bytes)
    await syncFile(join(folder, key))
  }

  async function remove(id: string): Promise<void> {
    for (const key of [id, thumbnailOf(id)]) await rm(join(folder, key), { force: true })
  }

  /** All of a file's parts, or none: on a full disk the half of one would stay for nobody. */
  async function putAll(id: string, parts: readonly (readonly [string, Uint8Array])[]) {
    try {
      for (const [key, bytes] of parts) await put(key, bytes)
    } catch (error) {
      await remove(id)
      throw error
    }
  }

  const store: AttachmentStore = {
    async store(upload) {
      const mediaType = await mediaTypeOf(upload)
      const id = randomUUID()
      if (mediaType === 'application/pdf') {
        const pdf = `${id}.pdf`
        const bytes = await readFile(upload.path)
        await putAll(pdf, [[pdf, bytes]])
        return attachment(pdf, mediaType, bytes.byteLength, false)
      }
      const picture = `${id}.webp`
      const { full, thumbnail } = await reencode(upload)
      await putAll(picture, [
        [picture, full],
        [thumbnailOf(picture), thumbnail],
      ])
      return attachment(picture, 'image/webp', full.byteLength, true)
    },

    async open(id, size) {
      const key = size === 'full' ? id : thumbnailOf(id)
      // Ids are ours, but this one came back from outside.
      if (!/^[0-9a-f-]{36}(\.thumbnail)?\.(webp|pdf)$/.test(key)) return null
      return (await disk.exists(key)) ? disk.getBytes(key) : null
    },

    remove,
  }
  // A large picture takes its time on a slow machine.
  return guarded(store, Infinity)
}

function thumbnailOf(id: string): string {
  return id.replace(/\.webp$/, '.thumbnail.webp')
}

function attachment(
  id: string,
  mediaType: string,
  byteCount: number,
  hasThumbnail: boolean,
): Attachment {
  return { id, mediaType, byteCount, hasThumbnail }
}

/** What the file is by its content; its name and the sender's word for it count for nothing. */
async function mediaTypeOf(upload: Upload): Promise<string> {
  const { fileTypeFromFile } = await import('file-type')
  const found = await fileTypeFromFile(upload.path)
  const mediaType = found?.mime ?? ''
  if (PICTURES.has(mediaType) || mediaType === 'application/pdf') return mediaType
  const refusal = HEIC.has(mediaType) ? 'file-heic' : 'file-type'
  throw new DomainError('unsupported-media', refusal, { name: upload.name }, '/photos')
}

/** Upright, no larger than needed, without EXIF: a photo must not tell where a citizen lives. */
async function reencode(upload: Upload): Promise<{ full: Buffer; thumbnail: Buffer }> {
  try {
    // Loaded with the first photo: it would hold up every start.
    const { default: sharp } = await import('sharp')
    const picture = sharp(upload.path, { limitInputPixels: MAX_PIXELS, failOn: 'error' }).rotate()
    const fitted = (edge: number, quality: number) =>
      picture
        .clone()
        .resize(edge, edge, { fit: 'inside', withoutEnlargement: true })
        .webp({ quality, effort: 2 })
        .toBuffer()
    const full = await fitted(FULL_EDGE, 80)
    return { full, thumbnail: await fitted(THUMBNAIL_EDGE, 70) }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') throw error
    throw new DomainError('unsupported-media', 'file-broken', { name: upload.name }, '/photos')
  }
}

/** On disk before anyone is told: the case that names the file is written after it. */
async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}
