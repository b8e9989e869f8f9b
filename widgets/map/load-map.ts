/** Fetches the map's own chunk, which only those who open a map need. */
export async function loadMap(): Promise<'open' | 'failed'> {
  try {
    await import('./map-view.ts')
    return 'open'
  } catch {
    return 'failed'
  }
}
