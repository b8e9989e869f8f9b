/** Kinds of sound that recordings come in, and how their files end. */
const EXTENSIONS = {
  'audio/mpeg': 'mp3',
  'audio/wav': 'wav',
  'audio/ogg': 'ogg',
  'audio/mp4': 'm4a',
  'audio/aac': 'aac',
  'audio/webm': 'webm',
  'audio/flac': 'flac',
  'audio/amr': 'amr',
  'audio/gsm': 'gsm',
  'audio/basic': 'au',
} as const
export type SoundType = keyof typeof EXTENSIONS

/** What servers also call them. */
const OTHER_NAMES: Readonly<Record<string, SoundType>> = {
  'audio/mp3': 'audio/mpeg',
  'audio/x-mp3': 'audio/mpeg',
  'audio/mpeg3': 'audio/mpeg',
  'audio/x-wav': 'audio/wav',
  'audio/wave': 'audio/wav',
  'audio/vnd.wave': 'audio/wav',
  'audio/x-m4a': 'audio/mp4',
  'audio/x-flac': 'audio/flac',
  'audio/x-gsm': 'audio/gsm',
}

/** The kind of sound that a `Content-Type` names; null for anything else. */
export function soundTypeOf(contentType: string | null): SoundType | null {
  const name = contentType?.split(';')[0]?.trim().toLowerCase() ?? ''
  return isSoundType(name) ? name : (OTHER_NAMES[name] ?? null)
}

/** How the file of a recording ends. */
export function extensionOf(type: SoundType): string {
  return EXTENSIONS[type]
}

/** The kind of sound of a kept file; an MP3 where its name does not say. */
export function soundTypeOfFile(key: string): SoundType {
  const extension = key.slice(key.lastIndexOf('.') + 1)
  const types = Object.keys(EXTENSIONS).filter(isSoundType)
  return types.find((type) => EXTENSIONS[type] === extension) ?? 'audio/mpeg'
}

function isSoundType(name: string): name is SoundType {
  return Object.hasOwn(EXTENSIONS, name)
}
