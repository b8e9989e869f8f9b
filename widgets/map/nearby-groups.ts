/** A thing at a place on the screen. */
interface Placed {
  readonly x: number
  readonly y: number
}

/** Gathers what would lie on top of each other: no two groups start within `size` of one another. */
export function nearbyGroups<Item extends Placed>(
  items: readonly Item[],
  size: number,
): readonly (readonly [Item, ...Item[]])[] {
  const groups: [Item, ...Item[]][] = []
  for (const item of items) {
    const near = groups.find(
      ([{ x, y }]) => Math.abs(x - item.x) < size && Math.abs(y - item.y) < size,
    )
    if (near) near.push(item)
    else groups.push([item])
  }
  return groups
}
