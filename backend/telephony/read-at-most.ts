/** The body of an answer; null where it is longer than `maxBytes`, of which no more is read. */
export async function readAtMost(
  body: ReadableStream<Uint8Array>,
  maxBytes: number,
): Promise<Uint8Array | null> {
  const parts: Uint8Array[] = []
  let byteCount = 0
  for await (const part of body) {
    byteCount += part.length
    // Leaving the loop closes the connection.
    if (byteCount > maxBytes) return null
    parts.push(part)
  }
  return Buffer.concat(parts)
}
