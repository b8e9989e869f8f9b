import { mkdir, rm } from 'node:fs/promises'
import type { Request, RequestHandler } from 'express'
import multer from 'multer'
import { PHOTO_MAX_BYTES, PHOTO_MAX_COUNT, REPORT_TEXT_MAX } from '#contracts/reports'
import type { Upload } from '#use-cases/ports'

/** Reads multipart/form-data: files wait in `folder` until the request is answered, then go. */
export async function uploadReader(folder: string): Promise<RequestHandler> {
  // What a crash left behind belongs to nobody.
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  const read = multer({
    storage: multer.diskStorage({ destination: folder }),
    limits: {
      files: PHOTO_MAX_COUNT,
      fileSize: PHOTO_MAX_BYTES,
      fields: 5,
      // JSON may escape every character of the text as \uXXXX.
      fieldSize: REPORT_TEXT_MAX * 6 + 10_000,
    },
  }).array('photos', PHOTO_MAX_COUNT)
  return (request, response, next) => {
    response.on('close', () => {
      void removeFiles(request)
    })
    read(request, response, next)
  }
}

/** The files of a request that `uploadReader` has read. */
export function uploadsOf(request: Request): Upload[] {
  return filesOf(request).map((file) => ({
    path: file.path,
    name: nameOf(file),
    byteCount: file.size,
  }))
}

function filesOf(request: Request): Express.Multer.File[] {
  return Array.isArray(request.files) ? request.files : []
}

/** Browsers send UTF-8 names, which the multipart parser reads as Latin-1. */
function nameOf(file: Express.Multer.File): string {
  return Buffer.from(file.originalname, 'latin1').toString('utf8').slice(0, 100)
}

async function removeFiles(request: Request): Promise<void> {
  await Promise.all(filesOf(request).map(async ({ path }) => rm(path, { force: true })))
}
