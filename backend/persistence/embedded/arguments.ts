import { parseArgs } from 'node:util'

/** How the server was asked to run. */
export interface ServerArguments {
  readonly port: number
  readonly folder: string
  readonly host: string
  /** Clients must prove that they know the folder's secret. */
  readonly requiresAuth: boolean
  /** The replica set that clients see; null for a standalone server. */
  readonly setName: string | null
  /** The set has to be initiated first, as with a real mongod. */
  readonly needsInitiate: boolean
  readonly wantsVersion: boolean
  /** How often expired documents are looked for. */
  readonly sweepEveryMs: number
  /** Clients may let commands fail, as tests of retries need. */
  readonly testCommands: boolean
}

const loopback = new Set(['127.0.0.1', 'localhost', '::1'])

/** Reads our own flags (`--data`) and those of mongod that tools pass (`--dbpath`, `--replSet` …). */
export function parseServerArguments(args: readonly string[]): ServerArguments {
  const { values } = parseArgs({
    args: [...args],
    strict: false,
    options: {
      port: { type: 'string' },
      data: { type: 'string' },
      dbpath: { type: 'string' },
      bind_ip: { type: 'string' },
      replSet: { type: 'string' },
      storageEngine: { type: 'string' },
      setParameter: { type: 'string', multiple: true },
      keyFile: { type: 'string' },
      noauth: { type: 'boolean' },
      auth: { type: 'boolean' },
      version: { type: 'boolean' },
    },
  })
  const text = (name: string): string | null => {
    const value = values[name]
    return typeof value === 'string' ? value : null
  }
  const parameter = (name: string, form: RegExp): string | undefined =>
    [values['setParameter'] ?? []]
      .flat()
      .map((each) => String(each).split('='))
      .find(([key, value = '']) => key === name && form.test(value))?.[1]
  const data = text('data')
  const folder = data ?? text('dbpath')
  const port = Number(text('port') ?? 27017)
  const host = text('bind_ip') ?? '127.0.0.1'
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`--port must be a number from 0 to 65535`)
  if (!loopback.has(host)) {
    throw new Error(
      `the embedded database listens on this machine only; --bind_ip ${host} is refused. Use a MongoDB server for clients elsewhere.`,
    )
  }
  if (folder === null && values['version'] !== true)
    throw new Error('say where the data are: --data DIR')
  const replSet = text('replSet')
  return {
    port,
    folder: folder ?? '',
    host: host === 'localhost' ? '127.0.0.1' : host,
    requiresAuth: data !== null && values['noauth'] !== true,
    setName: replSet ?? (data === null ? null : 'rs0'),
    needsInitiate: replSet !== null,
    wantsVersion: values['version'] === true,
    sweepEveryMs: Number(parameter('ttlMonitorSleepSecs', /^[1-9]\d*$/) ?? 60) * 1000,
    testCommands: !['0', 'false'].includes(parameter('enableTestCommands', /^/) ?? ''),
  }
}
