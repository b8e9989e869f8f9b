import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** A script of this folder in a process of its own, with the one answer it gave. */
export type Helper<A> = {
  readonly answer: A
  readonly pid: number
  end(): Promise<void>
}

type Message<A> = { readonly answer: A } | { readonly failed: string }

/** Starts a script, tells it what it needs and waits for its answer; a server's answer is its port. */
export async function startHelper<A>(script: URL, given: unknown): Promise<Helper<A>> {
  const child = fork(fileURLToPath(script), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  child.send({ given })
  const message = await firstMessage<A>(child)
  if ('failed' in message) throw new Error(message.failed)
  return {
    answer: message.answer,
    pid: child.pid ?? 0,
    async end() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = once(child, 'exit')
      child.kill()
      await gone
    },
  }
}

/** Lets a script do one task in a process of its own. */
export async function askHelper<A>(script: URL, given: unknown): Promise<A> {
  const helper = await startHelper<A>(script, given)
  await helper.end()
  return helper.answer
}

/** The script's side: does the work once with what the parent gave, and ends with the parent. */
export function helpParent(work: (given: unknown) => Promise<unknown>): void {
  const tell = (message: Message<unknown>) => process.send?.(message)
  process.once('disconnect', () => process.exit())
  process.once('message', (message) => {
    work((message as { given: unknown }).given).then(
      (answer) => tell({ answer }),
      (error: unknown) => tell({ failed: error instanceof Error ? String(error.stack) : 'failed' }),
    )
  })
}

async function firstMessage<A>(child: ChildProcess): Promise<Message<A>> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => {
      resolve(message as Message<A>)
    })
    child.once('error', reject)
    child.once('exit', (code) => {
      reject(new Error(`a helper ended with ${String(code)} before it answered`))
    })
  })
}
