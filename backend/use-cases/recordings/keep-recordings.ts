import {
  type Call,
  type Recording,
  recordingsToRemove,
  unkeptRecordings,
  withRecordingChange,
} from '#domain/call'
import type { Ports } from '../ports.ts'
import type { CallControl } from '../ports/telephony.ts'
import { changeCall } from '../save-call.ts'

export const BATCH = 20
/** What could not be fetched in this time stays where it is. */
export const TRIED_FOR_MS = 7 * 86_400_000

/** Told of a recording that could not be kept now. */
export type OnProblem = (problem: { readonly callId: string; readonly error: unknown }) => void

/**
 * Fetches recordings that are at the provider alone, keeps them here, then removes them there, also
 * later where the provider refused that.
 * Answers how many were kept; one that cannot be had now is tried again at the next run.
 */
export async function keepRecordings(ports: Ports, onProblem: OnProblem): Promise<number> {
  const { callControl } = ports
  if (callControl === null) return 0
  let keptCount = 0
  const since = new Date(ports.now().getTime() - TRIED_FOR_MS)
  for (const call of await ports.calls.findUnkept(callControl.provider, since, BATCH)) {
    for (const recording of [...unkeptRecordings(call), ...recordingsToRemove(call)]) {
      try {
        if (recording.kept === undefined) {
          await keepHere(call, recording, callControl, ports)
          keptCount += 1
        }
        await callControl.deleteRecording(recording)
        await changeRecording(call, recording, (now) => ({ ...now, isAtCompany: undefined }), ports)
      } catch (error) {
        onProblem({ callId: call.id, error })
      }
    }
  }
  return keptCount
}

/** Our copy is durable, and known to be beside the company's, before that is removed. */
async function keepHere(
  call: Call,
  recording: Recording,
  control: CallControl,
  ports: Ports,
): Promise<void> {
  const bytes = await control.fetchRecording(recording)
  const kept = await ports.recordingFiles.put(recording.ref, bytes, ports.now())
  await changeRecording(call, recording, (now) => ({ ...now, kept, isAtCompany: true }), ports)
}

/**
 * Deletes what is older than the hotline keeps recordings, here and at the provider. Tries everything
 * before it throws what went wrong: one that cannot be deleted keeps no other.
 */
export async function deleteOldRecordings(ports: Ports): Promise<number> {
  const { keepDays } = ports.settings().hotline.recordings
  const before = new Date(ports.now().getTime() - keepDays * 86_400_000)
  const calls = await ports.calls.findRecordedBefore(before, BATCH)
  const failures: unknown[] = []
  for (const call of calls) {
    for (const recording of call.recordings) {
      if (recording.deletedAt !== undefined) continue
      await deleteRecording(call, recording, ports).catch((error: unknown) => failures.push(error))
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'old recordings are left')
  return calls.length
}

async function deleteRecording(call: Call, recording: Recording, ports: Ports): Promise<void> {
  const { kept, isAtCompany } = recording
  // Ours first: it can always be deleted.
  if (kept !== undefined) await ports.recordingFiles.remove(kept)
  const { callControl } = ports
  if (callControl?.provider === call.provider && (kept === undefined || isAtCompany === true)) {
    await callControl.deleteRecording(recording)
  }
  const gone = { url: null, kept: undefined, isAtCompany: undefined, problem: undefined }
  const deletedAt = ports.now()
  await changeRecording(call, recording, (now) => ({ ...now, ...gone, deletedAt }), ports)
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
