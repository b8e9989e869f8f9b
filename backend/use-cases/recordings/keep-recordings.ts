import { type Call, type Recording, unkeptRecordings, withRecordingChange } from '#domain/call'
import type { Ports } from '../ports.ts'
import { changeCall } from '../save-call.ts'

export const BATCH = 20
/** What could not be fetched in this time stays where it is. */
export const TRIED_FOR_MS = 7 * 86_400_000

/** Told of a recording that could not be kept now. */
export type OnProblem = (problem: { readonly callId: string; readonly error: unknown }) => void

/**
 * Fetches recordings that are at the provider alone, keeps them here, then removes them there.
 * Answers how many were kept; one that cannot be had now is tried again at the next run.
 */
export async function keepRecordings(ports: Ports, onProblem: OnProblem): Promise<number> {
  const { callControl } = ports
  if (callControl === null) return 0
  let keptCount = 0
  const since = new Date(ports.now().getTime() - TRIED_FOR_MS)
  for (const call of await ports.calls.findUnkept(callControl.provider, since, BATCH)) {
    for (const recording of unkeptRecordings(call)) {
      try {
        const bytes = await callControl.fetchRecording(recording)
        const kept = await ports.recordingFiles.put(recording.ref, bytes, ports.now())
        await changeRecording(call, recording, (current) => ({ ...current, kept }), ports)
        keptCount += 1
        await callControl.deleteRecording(recording)
      } catch (error) {
        onProblem({ callId: call.id, error })
      }
    }
  }
  return keptCount
}

/** Deletes what is older than the hotline keeps recordings, here and at the provider. */
export async function deleteOldRecordings(ports: Ports): Promise<number> {
  const { keepDays } = ports.settings().hotline.recordings
  const before = new Date(ports.now().getTime() - keepDays * 86_400_000)
  const calls = await ports.calls.findRecordedBefore(before, BATCH)
  for (const call of calls) {
    for (const recording of call.recordings) {
      if (recording.deletedAt !== undefined) continue
      if (recording.kept !== undefined) await ports.recordingFiles.remove(recording.kept)
      else if (ports.callControl?.provider === call.provider) {
        await ports.callControl.deleteRecording(recording)
      }
      const deleted = {
        url: null,
        deletedAt: ports.now(),
        kept: undefined,
        problem: undefined,
      }
      await changeRecording(call, recording, (current) => ({ ...current, ...deleted }), ports)
    }
  }
  return calls.length
}

/** Writes down what became of a recording. */
export async function changeRecording(
  call: Call,
  { ref }: Recording,
  change: (current: Recording) => Recording,
  ports: Ports,
): Promise<void> {
  await changeCall(call.id, (current) => withRecordingChange(current, ref, change), ports)
}
