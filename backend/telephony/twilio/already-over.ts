// "Call is not in-progress", "resource not found".
const ALREADY_OVER = new Set([20404, 21220])

/** Asks for an end; what is gone already is as good. */
export async function unlessOver(act: () => Promise<unknown>): Promise<void> {
  try {
    await act()
  } catch (error) {
    if (!isOver(error)) throw error
  }
}

/** True where Twilio does not know what was asked for, or knows it to be over. */
export function isOver(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false
  const { code, status } = error as { code?: unknown; status?: unknown }
  return status === 404 || (typeof code === 'number' && ALREADY_OVER.has(code))
}
