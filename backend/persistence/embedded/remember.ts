/**
 * Keeps what `make` makes by a key, so that it is made once. With `most` of them it forgets all: keys
 * come from clients, and those in use are soon made again.
 */
export function remembering<T>(most: number): (key: string, make: () => T) => T {
  const known = new Map<string, T>()
  return (key, make) => {
    const found = known.get(key)
    if (found !== undefined) return found
    const made = make()
    if (known.size >= most) known.clear()
    known.set(key, made)
    return made
  }
}
