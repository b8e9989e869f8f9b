import { spawn } from 'node:child_process'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

/**
 * Runs Node with these arguments in the project's folder and answers its exit code, or the signal that
 * ended it, and what it printed; nothing where that was `inherit`ed. It ends with this process.
 */
export function runNode(args, output = 'pipe') {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', output, output] })
    const stop = () => child.kill()
    process.once('exit', stop)
    let printed = ''
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (chunk) => (printed += chunk))
    child.once('close', (code, signal) => {
      process.off('exit', stop)
      resolve({ code: code ?? signal, output: printed })
    })
  })
}
