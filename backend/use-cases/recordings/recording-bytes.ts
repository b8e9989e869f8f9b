import type { Recording } from '#domain/call'
import { DomainError } from '#domain/errors'
import type { Ports } from '../ports.ts'

/**
 * What was recorded: our own copy where there is one, for the company's is deleted then. Refuses
 * with `recording-not-found` where it is nowhere, or its copy is not as it was kept.
 */
export async function recordingBytes(
  recording: Recording,
  { recordingFiles, callControl }: Pick<Ports, 'recordingFiles' | 'callControl'>,
): Promise<Uint8Array> {
  const bytes =
    recording.kept === undefined
      ? await callControl?.fetchRecording(recording)
      : await recordingFiles.open(recording.kept)
  if (bytes == null) throw new DomainError('not-found', 'recording-not-found')
  return bytes
}
