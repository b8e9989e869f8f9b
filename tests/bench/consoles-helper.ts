import { io, type Socket } from 'socket.io-client'
import type { CaseChanged } from '#contracts/events'
import { connectConsole } from '../support/console-client.ts'
import type { BareEvents, BareRequests } from './bare-socket-helper.ts'
import { type Hearing, openHearing } from './hearing.ts'
import { helpParent } from './helper.ts'
import { reportNumber, WARD_CODES, wardOf } from './reports.ts'
import { type ConsoleHeaders, openAccount, signIn, submit } from './staff-door.ts'

/** What to measure: half the consoles are agents', the rest officers' of a few agencies. */
export type LiveTask = {
  readonly productUrl: string
  readonly bareUrl: string
  readonly administrator: { readonly email: string; readonly password: string }
  readonly consoleCount: number
  readonly warmUpCount: number
  readonly rounds: number
  readonly reportsPerRound: number
}

/** Milliseconds from sending to hearing, one for every listener concerned. */
export type LiveFigures = {
  readonly productMs: readonly number[]
  readonly bareMs: readonly number[]
  readonly concernedCount: number
}

// Given by the one who starts this script, of the very same build.
helpParent(async (given) => measureLive(given as LiveTask))

/** Consoles and sender share this process, and so one clock. */
async function measureLive(task: LiveTask): Promise<LiveFigures> {
  const { rounds, reportsPerRound, warmUpCount } = task
  const product = await connectConsoles(task)
  const bare = await connectBare(task, product.concernedCount, await product.sample())
  await product.measure(warmUpCount)
  await bare.measure(warmUpCount)
  const productMs: number[] = []
  const bareMs: number[] = []
  for (let round = 0; round < rounds; round++) {
    productMs.push(...(await product.measure(reportsPerRound)))
    bareMs.push(...(await bare.measure(reportsPerRound)))
  }
  return { productMs, bareMs, concernedCount: product.concernedCount }
}

/** A street light: always a matter of the ward's own agency. */
function lightReport(index: number): object {
  return { ...reportNumber(index), fieldId: 'urban' }
}

async function connectConsoles({ productUrl, administrator, consoleCount }: LiveTask) {
  const hearing = openHearing()
  let lastHeard: CaseChanged | null = null
  const headers = await openAccounts(productUrl, await signIn(productUrl, administrator))
  for (let index = 0; index < consoleCount; index++) {
    const isAgent = index % 2 === 0
    const own = isAgent ? headers.agent : headers.officers[(index >> 1) % headers.officers.length]
    const client = await connectConsole(productUrl, own ?? headers.agent)
    client.socket.on('case:changed', (changed) => {
      lastHeard = changed
      // A case is told once as received and routed; later changes are not what is measured.
      if (changed.version === 1) hearing.heard(changed.code)
    })
    await client.join()
  }
  const agents = Math.ceil(consoleCount / 2)
  const concernedCount = agents + Math.floor(Math.floor(consoleCount / 2) / WARD_CODES.length)
  let count = 1_000

  const measure = async (amount: number) =>
    repeat(amount, async () => {
      const sentAt = performance.now()
      const { code } = await submit(productUrl, lightReport(count++))
      return { sentAt, times: await hearing.all(code, concernedCount) }
    })
  return {
    concernedCount,
    measure,
    /** An event as the product sends it. */
    async sample() {
      await measure(1)
      return lastHeard
    },
  }
}

/** An agent, and an officer of each agency that reports of the bench go to. */
async function openAccounts(url: string, administrator: ConsoleHeaders) {
  const password = 'mat-khau-nhan-vien'
  const open = async (
    email: string,
    place: { role: 'agent' } | { role: 'officer'; agencyId: string },
  ) => openAccount(url, administrator, { name: 'Nguyễn Văn An', email, password, ...place })
  const agent = await open('agent@bench.hoiam', { role: 'agent' })
  const officers: ConsoleHeaders[] = []
  for (const [index] of WARD_CODES.entries()) {
    const { agency } = await submit(url, lightReport(index))
    if (agency === null) throw new Error(`no agency takes reports of ward ${wardOf(index)}`)
    const email = `officer-${index}@bench.hoiam`
    officers.push(await open(email, { role: 'officer', agencyId: agency.id }))
  }
  return { agent, officers }
}

async function connectBare(task: LiveTask, listenerCount: number, payload: CaseChanged | null) {
  const hearing: Hearing = openHearing()
  const sockets: Socket<BareEvents, BareRequests>[] = []
  for (let index = 0; index < task.consoleCount; index++) {
    const socket: Socket<BareEvents, BareRequests> = io(task.bareUrl, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
    })
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve)
      socket.once('connect_error', reject)
    })
    socket.on('echo', (echoed) => {
      hearing.heard((echoed as CaseChanged).code)
    })
    // As many as a report of the product concerns.
    if (index < listenerCount) await socket.emitWithAck('join')
    sockets.push(socket)
  }
  let count = 0
  return {
    measure: async (amount: number) =>
      repeat(amount, async () => {
        const code = `echo-${count++}`
        const sentAt = performance.now()
        sockets[0]?.emit('echo', { ...payload, code })
        return { sentAt, times: await hearing.all(code, listenerCount) }
      }),
  }
}

type Heard = { readonly sentAt: number; readonly times: readonly number[] }

async function repeat(amount: number, once: () => Promise<Heard>): Promise<number[]> {
  const took: number[] = []
  for (let each = 0; each < amount; each++) {
    const { sentAt, times } = await once()
    took.push(...times.map((time) => time - sentAt))
  }
  return took
}
