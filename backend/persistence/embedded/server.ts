import { rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { parseServerArguments, type ServerArguments } from './arguments.ts'
import { startBackground } from './background.ts'
import { newProcessId, type ServerState } from './commands/request.ts'
import { serverVersion } from './commands/server-commands.ts'
import { openEngine } from './engine.ts'
import { lockFolder } from './folder-lock.ts'
import { addressFile, connectionUri, databaseUser, readOrCreateSecret } from './secret.ts'
import { deriveCredential, type Credential } from './wire/authentication.ts'
import { serveConnection } from './wire/connection.ts'

/** The embedded database as a process of its own: `node server.js --port P --data DIR`. */
async function main(): Promise<void> {
  const options = parseServerArguments(process.argv.slice(2))
  if (options.wantsVersion) {
    say(`db version v${serverVersion}`)
    return
  }
  // Whatever is made in the folder is for its owner alone.
  process.umask(0o077)
  const unlock = await lockFolder(options.folder)
  process.once('exit', unlock)
  const secret = options.requiresAuth ? readOrCreateSecret(options.folder) : null
  const credential = secret === null ? null : deriveCredential(databaseUser, secret)
  const engine = openEngine(options.folder)
  const background = startBackground(engine, options.sweepEveryMs, complain)
  const sockets = new Set<Socket>()

  let isStopping = false
  const stop = (): void => {
    if (isStopping) return
    isStopping = true
    background.stop()
    listener.close()
    void engine.queue
      .drain()
      .then(() => engine.scans.close())
      .then(() => engine.store.close())
      .finally(() => {
        for (const socket of sockets) socket.destroy()
        process.exit(0)
      })
  }
  const state: ServerState = {
    engine,
    processId: newProcessId(),
    host: '',
    setName: options.setName,
    isPrimary: !options.needsInitiate,
    startedAt: new Date(),
    testCommands: options.testCommands,
    failPoints: new Map(),
    onInitiate: (setName) => {
      state.setName = setName
      state.isPrimary = true
      say('transition to PRIMARY from SECONDARY')
      say('transition to primary complete; database writes are now permitted')
    },
    onShutdown: stop,
  }
  const listener = await listen(options, state, credential, sockets)
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  stopWithParent(stop)
  announce(options, state, secret)
}

async function listen(
  options: ServerArguments,
  state: ServerState,
  credential: Credential | null,
  sockets: Set<Socket>,
): Promise<Server> {
  const listener = createServer((socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    serveConnection(socket, state, credential)
  })
  await new Promise<void>((resolve, reject) => {
    listener.once('error', reject)
    listener.listen({ port: options.port, host: options.host, backlog: 2048 }, resolve)
  })
  const address = listener.address()
  const port = typeof address === 'object' && address ? address.port : options.port
  state.host = `${options.host}:${String(port)}`
  return listener
}

function announce(options: ServerArguments, state: ServerState, secret: string | null): void {
  const port = Number(state.host.slice(state.host.lastIndexOf(':') + 1))
  const uri = connectionUri({ host: options.host, port, setName: state.setName, secret })
  const file = join(options.folder, addressFile)
  rmSync(file, { force: true })
  writeFileSync(file, `${uri}\n`, { mode: 0o600 })
  process.send?.({ ready: uri })
  say(`waiting for connections on port ${String(port)}`)
  if (state.setName !== null && state.isPrimary)
    say('transition to primary complete; database writes are now permitted')
  say(`ready ${uri}`)
}

/** A database that was started by another process does not outlive it. */
function stopWithParent(stop: () => void): void {
  if (!process.send) return
  // The other may have ended before there was anything to stop.
  if (process.connected) process.once('disconnect', stop)
  else stop()
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

function complain(message: string): void {
  process.stderr.write(`embedded database: ${message}\n`)
}

main().catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error)
  complain(message)
  if (!process.send) process.exit(1)
  process.send({ failed: message }, () => process.exit(1))
})
