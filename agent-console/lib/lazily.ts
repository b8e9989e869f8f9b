import { type ComponentType, lazy, type LazyExoticComponent } from 'react'

/** A component that is fetched when it is first shown. */
export function lazily<P>(
  load: () => Promise<ComponentType<P>>,
): LazyExoticComponent<ComponentType<P>> {
  return lazy(async () => ({ default: await load() }))
}
