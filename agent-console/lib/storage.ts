/** Reads a value kept on this computer; null where there is none or storage is switched off. */
export function readStored(key: string): string | null {
  return read(() => localStorage, key)
}

/** Keeps a value on this computer, or forgets it with null. A full or forbidden storage is no error. */
export function writeStored(key: string, value: string | null): void {
  write(() => localStorage, key, value)
}

/** Reads a value kept for as long as this tab is open; null where there is none. */
export function readForTab(key: string): string | null {
  return read(() => sessionStorage, key)
}

/** Keeps a value for as long as this tab is open, or forgets it with null. */
export function writeForTab(key: string, value: string | null): void {
  write(() => sessionStorage, key, value)
}

// Private windows refuse storage, some already its name; the console works without it.
function read(storage: () => Storage, key: string): string | null {
  try {
    return storage().getItem(key)
  } catch {
    return null
  }
}

function write(storage: () => Storage, key: string, value: string | null): void {
  try {
    if (value === null) storage().removeItem(key)
    else storage().setItem(key, value)
  } catch {
    // As above.
  }
}
