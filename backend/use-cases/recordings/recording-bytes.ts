import type { Call, Recording } from '#domain/call'
import { DomainError } from '#domain/errors'
import type { Ports } from '../ports.ts'

/**
 * What was recorded: our own copy where there is one, for the company's is deleted then. An
 * exchange's is only ever our copy. Refuses with `recording-not-found` where it is nowhere, or its copy is not as it was kept.
 */
export async function recordingBytes(
  { provider }: Pick<Call, 'provider'>,
  recording: Recording,
  { recordingFiles, callControl }: Pick<Ports, 'recordingFiles' | 'callControl'>,
): Promise<Uint8Array> {
  const isCompanys = callControl?.provider === provider
  const bytes =
    recording.kept !== undefined
      ? await recordingFiles.open(recording.kept)
      : isCompanys && (await callControl.fetchRecording(recording))
  if (bytes === null || bytes === false) throw new DomainError('not-found', 'recording-not-found')
  return bytes
}
