import { canSeeCalls, type StaffMember } from '#domain/access'
import { withRecordingChange } from '#domain/call'
import { DomainError } from '#domain/errors'
import { type SoundType, soundTypeOfFile } from '#domain/recording-type'
import type { Ports } from '../ports.ts'
import { changeCall } from '../save-call.ts'
import { recordingBytes } from './recording-bytes.ts'

/**
 * The sound of a recording, for people of the centre. That it was listened to is on the audit log
 * before anything is heard; a message counts as heard from then on.
 */
export async function playRecording(
  callId: string,
  ref: string,
  staff: StaffMember,
  ports: Ports,
): Promise<{ readonly bytes: Uint8Array; readonly type: SoundType }> {
  if (!canSeeCalls(staff)) throw new DomainError('forbidden', 'not-allowed')
  const call = await ports.calls.findCall(callId)
  const recording = call?.recordings.find((each) => each.ref === ref)
  if (call == null || recording === undefined || recording.deletedAt !== undefined) {
    throw new DomainError('not-found', 'recording-not-found')
  }
  const bytes = await recordingBytes(call, recording, ports)
  await ports.auditLog.add({
    at: ports.now(),
    staffId: staff.id,
    staffName: staff.name,
    action: 'recording:played',
    caseCode: call.caseCode,
    reason: `${callId} ${ref}`,
  })
  if (recording.heardAt === undefined) {
    const heardAt = ports.now()
    await changeCall(
      callId,
      (current) => withRecordingChange(current, ref, (each) => ({ ...each, heardAt })),
      ports,
    )
  }
  return { bytes, type: soundTypeOfFile(recording.kept?.key ?? '') }
}
