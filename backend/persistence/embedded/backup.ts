import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { copyFile, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { validateCollection } from './commands/validate.ts'
import { openEngine } from './engine.ts'
import { lockFolder } from './folder-lock.ts'
import { copyStore, formatVersion, storeFile } from './storage/store.ts'

/** What a backup says about itself. */
export interface BackupReport {
  readonly format: number
  readonly createdAt: string
  readonly bytes: number
  readonly sha256: string
}

const reportFile = 'backup.json'

/** Copies a database folder as it is at one moment, whether its server is running or not. */
export async function backupFolder(folder: string, target: string): Promise<BackupReport> {
  if (!existsSync(join(folder, storeFile)))
    throw new Error(`there is no embedded database in ${folder}`)
  if (existsSync(join(target, storeFile)))
    throw new Error(`${target} already holds a backup; give another folder`)
  await mkdir(target, { recursive: true, mode: 0o700 })
  const copy = join(target, storeFile)
  await copyStore(folder, copy)
  const report: BackupReport = {
    format: formatVersion,
    createdAt: new Date().toISOString(),
    bytes: (await stat(copy)).size,
    sha256: await hashOf(copy),
  }
  await writeFile(join(target, reportFile), `${JSON.stringify(report, null, 2)}\n`, { mode: 0o600 })
  return report
}

/**
 * Puts a backup in the place of a database folder's contents, after checking that it is whole.
 * What was there is kept beside it; its path is the answer.
 */
export async function restoreFolder(source: string, folder: string): Promise<string | null> {
  await checkReport(source)
  const unlock = await lockFolder(folder)
  try {
    const trial = join(folder, 'restoring')
    await rm(trial, { recursive: true, force: true })
    await mkdir(trial, { recursive: true, mode: 0o700 })
    await copyFile(join(source, storeFile), join(trial, storeFile))
    await checkContents(trial)
    const kept = await setAside(folder)
    await rename(join(trial, storeFile), join(folder, storeFile))
    await rm(trial, { recursive: true, force: true })
    return kept
  } finally {
    unlock()
  }
}

async function checkReport(source: string): Promise<void> {
  const report = await readReport(source)
  const file = join(source, storeFile)
  if (report.format !== formatVersion) {
    throw new Error(
      `the backup in ${source} has format ${String(report.format)}; this version reads format ${String(formatVersion)}`,
    )
  }
  const found = await hashOf(file)
  if (found !== report.sha256) {
    throw new Error(
      `the backup in ${source} is damaged: its contents are not what was written on ${report.createdAt}`,
    )
  }
}

async function readReport(source: string): Promise<BackupReport> {
  try {
    return JSON.parse(await readFile(join(source, reportFile), 'utf8')) as BackupReport
  } catch {
    throw new Error(`${source} is not a backup: it has no readable ${reportFile}`)
  }
}

async function checkContents(folder: string): Promise<void> {
  const engine = openEngine(folder)
  try {
    for (const collection of engine.catalog.collections.values()) {
      const { errors } = await validateCollection(engine, collection)
      if (errors.length > 0) {
        throw new Error(
          `the backup is damaged: ${collection.db}.${collection.name}: ${errors.slice(0, 3).join('; ')}`,
        )
      }
    }
  } finally {
    await engine.store.close()
  }
}

async function setAside(folder: string): Promise<string | null> {
  const current = join(folder, storeFile)
  if (!existsSync(current)) return null
  const kept = `${current}.before-restore-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`
  await rename(current, kept)
  await rm(`${current}-lock`, { force: true })
  return kept
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}
