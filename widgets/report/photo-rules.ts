import type { Messages } from '../i18n/vi.ts'

/** Why a chosen file cannot be sent. */
export type PhotoProblem = keyof Messages['report']['photos']['problems']

/** As the server has it; written again here because a value import would bring its whole contract. */
export const PHOTO_MAX_COUNT = 5
const PHOTO_MAX_BYTES = 10 * 1024 * 1024

const HEIC_BRANDS = /^ftyp(heic|heix|heim|heis|hevc|hevx|mif1|msf1)/
const SIGNATURES: readonly RegExp[] = [
  /^\xff\xd8\xff/, // JPEG
  /^\x89PNG\r\n\x1a\n/,
  /^RIFF[^]{4}WEBP/,
  /^%PDF-/,
  /^[^]{4}ftypavi[fs]/,
]

/** Why this file cannot join `count` others, judged by its content and not its name; null if it can. */
export async function photoProblem(file: File, count: number): Promise<PhotoProblem | null> {
  if (count >= PHOTO_MAX_COUNT) return 'too-many'
  if (file.size === 0) return 'empty'
  const head = await headOf(file)
  if (HEIC_BRANDS.test(head.slice(4))) return 'heic'
  if (!SIGNATURES.some((signature) => signature.test(head))) return 'unsupported'
  return file.size > PHOTO_MAX_BYTES ? 'too-large' : null
}

async function headOf(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.slice(0, 16).arrayBuffer())
  return String.fromCharCode(...bytes)
}
