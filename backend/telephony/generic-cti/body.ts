/** The fields of a body; null where it is not what its type says, or no object. */
export async function fieldsOf(
  mediaType: string,
  body: Buffer,
): Promise<Readonly<Record<string, unknown>> | null> {
  try {
    if (isJson(mediaType)) return objectIn(JSON.parse(textOf(body)))
    return gathered(await formOf(mediaType, body))
  } catch {
    // Broken JSON, UTF-8 or boundaries: each parser throws its own.
    return null
  }
}

/** True for the types that exchanges send. */
export function isKnownType(mediaType: string): boolean {
  return (
    isJson(mediaType) ||
    /^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(mediaType)
  )
}

function isJson(mediaType: string): boolean {
  return /^application\/json\b/i.test(mediaType)
}

function textOf(body: Buffer): string {
  return new TextDecoder('utf-8', { fatal: true }).decode(body)
}

function objectIn(value: unknown): Record<string, unknown> | null {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isObject ? { ...value } : null
}

/** Node reads both kinds of form the way a browser's server would. */
async function formOf(mediaType: string, body: Buffer): Promise<FormData> {
  // A body is 64 kB at most, all in memory: the reason for its deprecation does not hold here.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  return new Response(new Uint8Array(body), { headers: { 'content-type': mediaType } }).formData()
}

/** A name that came more than once, and `name[]` always, has a list of values. */
function gathered(form: FormData): Record<string, unknown> {
  const names = new Set(form.keys())
  return Object.fromEntries(
    [...names].map((name) => {
      const values = form.getAll(name)
      return [name, values.length > 1 || name.endsWith('[]') ? values : values[0]]
    }),
  )
}
