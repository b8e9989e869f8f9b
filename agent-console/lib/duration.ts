/** A length of time as `3:27`, from an hour on as `1:03:27`; never negative. */
export function clockOf(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000))
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60].map((n) => String(n).padStart(2, '0'))
  const hours = Math.floor(seconds / 3_600)
  const [minutes = '', rest = ''] = parts
  return hours > 0
    ? `${String(hours)}:${minutes}:${rest}`
    : `${String(Math.floor(seconds / 60))}:${rest}`
}
