import { type Call, type Recording, unkeptRecordings } from '#domain/call'
import { EXCHANGE_PROVIDER } from '#domain/exchange-call'
import type { Ports } from '../ports.ts'
import type { FetchedRecording } from '../ports/telephony.ts'
import { BATCH, changeRecording, type OnProblem, TRIED_FOR_MS } from './keep-recordings.ts'

/**
 * Fetches recordings that an exchange keeps, and keeps them here; there they stay. What may not or
 * cannot be fetched is said on the call. Answers how many were kept.
 */
export async function keepExchangeRecordings(ports: Ports, onProblem: OnProblem): Promise<number> {
  if (ports.exchangeRecordings === null) return 0
  const since = new Date(ports.now().getTime() - TRIED_FOR_MS)
  let keptCount = 0
  for (const call of await ports.calls.findUnkept(EXCHANGE_PROVIDER, since, BATCH)) {
    for (const recording of unkeptRecordings(call)) {
      try {
        const problem = await keep(call, recording, ports)
        if (problem === null) keptCount += 1
        else onProblem({ callId: call.id, error: problem })
      } catch (error) {
        onProblem({ callId: call.id, error })
      }
    }
  }
  return keptCount
}

/** What went wrong, for the log; null where the recording is here. */
async function keep(call: Call, recording: Recording, ports: Ports): Promise<Error | null> {
  const { ref, url } = recording
  const fetched = await fetchedFrom(url, ports)
  if ('problem' in fetched) {
    const { problem, reason } = fetched
    if (problem !== recording.problem) {
      await changeRecording(call, recording, (current) => ({ ...current, problem }), ports)
    }
    return new Error(`${problem}: ${reason}`)
  }
  // A reference is the exchange's: an address, or the name of a file.
  const name = `exchange-${ports.secrets.hashContent(`${call.id} ${ref}`)}`
  const kept = await ports.recordingFiles.put(name, fetched.bytes, ports.now(), fetched.type)
  const done = { kept, problem: undefined }
  await changeRecording(call, recording, (current) => ({ ...current, ...done }), ports)
  return null
}

async function fetchedFrom(
  url: string | null,
  { exchangeRecordings }: Pick<Ports, 'exchangeRecordings'>,
): Promise<FetchedRecording> {
  if (url === null || exchangeRecordings === null) {
    return { problem: 'no-address', reason: 'a name alone' }
  }
  return exchangeRecordings.fetch(url)
}
