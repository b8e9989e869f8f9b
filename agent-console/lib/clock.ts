const HOUR = 3_600

/** Seconds as `3:27`, from an hour on as `1:03:27`; empty where there are none to tell. */
export function clock(seconds: number | null): string {
  if (seconds === null) return ''
  const whole = Math.max(0, Math.floor(seconds))
  const minutes = Math.floor((whole % HOUR) / 60)
  const rest = String(whole % 60).padStart(2, '0')
  if (whole < HOUR) return `${String(minutes)}:${rest}`
  return `${String(Math.floor(whole / HOUR))}:${String(minutes).padStart(2, '0')}:${rest}`
}
