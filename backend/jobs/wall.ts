/** The supervisors' wall: shown anew soon after something changed, however often it did. */
export type Wall = {
  changed(): void
  /** Shows it where something changed since the last time. */
  showIfChanged(): Promise<void>
}

/** `read` takes the whole wall; `show` tells it. A failure leaves it to be shown at the next turn. */
export function createWall<T>(read: () => Promise<T>, show: (wall: T) => void): Wall {
  let isChanged = false
  return {
    changed() {
      isChanged = true
    },
    async showIfChanged() {
      if (!isChanged) return
      isChanged = false
      try {
        show(await read())
      } catch (error) {
        isChanged = true
        throw error
      }
    },
  }
}
