import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** Models by version, one file each. */
export type ModelFiles = {
  pathOf(version: string): string
  /** Whole on disk, or not there at all. */
  save(version: string, bytes: Uint8Array): Promise<void>
  read(version: string): Promise<Uint8Array | null>
  keepOnly(versions: readonly string[]): Promise<void>
}

const SUFFIX = '.bin'

/** Models in a folder of the data folder. */
export function modelFiles(folder: string): ModelFiles {
  const pathOf = (version: string): string => join(folder, `${version}${SUFFIX}`)
  return {
    pathOf,
    async save(version, bytes) {
      await mkdir(folder, { recursive: true })
      const unfinished = `${pathOf(version)}.new`
      const file = await open(unfinished, 'w')
      try {
        await file.writeFile(bytes)
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(unfinished, pathOf(version))
    },
    async read(version) {
      try {
        return await readFile(pathOf(version))
      } catch (error) {
        if (isMissing(error)) return null
        throw error
      }
    },
    async keepOnly(versions) {
      const kept = new Set(versions.map((version) => `${version}${SUFFIX}`))
      const names = (await readdir(folder)).filter((name) => name.endsWith(SUFFIX))
      for (const name of names) if (!kept.has(name)) await rm(join(folder, name), { force: true })
    },
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
