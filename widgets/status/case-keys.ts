const PREFIX = 'hoiam.pin.'

/** Keeps a PIN until this tab is closed, and nowhere else. */
export function rememberPin(code: string, pin: string): void {
  try {
    sessionStorage.setItem(PREFIX + code, pin)
  } catch {
    // Storage may be forbidden: then the citizen types the PIN.
    return
  }
}

/** The PIN this tab knows for the code. */
export function rememberedPin(code: string): string | null {
  try {
    return sessionStorage.getItem(PREFIX + code)
  } catch {
    return null
  }
}

/** Forgets it, because it was wrong or the citizen is done. */
export function forgetPin(code: string): void {
  try {
    sessionStorage.removeItem(PREFIX + code)
  } catch {
    return
  }
}
