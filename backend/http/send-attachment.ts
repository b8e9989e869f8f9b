import type { Response } from 'express'
import type { Case } from '#domain/case'
import { DomainError } from '#domain/errors'
import type { Ports } from '#use-cases/ports'

/** Sends a file of a case that the caller may see; `not-found` where the case has no such file. */
export async function sendAttachment(
  current: Case,
  id: string,
  size: 'full' | 'thumbnail',
  response: Response,
  ports: Ports,
): Promise<void> {
  const attachment = current.attachments.find((each) => each.id === id)
  const isThere = attachment !== undefined && (size === 'full' || attachment.hasThumbnail)
  const bytes = isThere ? await ports.attachments.open(id, size) : null
  if (attachment === undefined || bytes === null) {
    throw new DomainError('not-found', 'attachment-not-found')
  }
  // A PDF is never opened inside our pages: it could carry a script.
  const isPdf = attachment.mediaType === 'application/pdf'
  response.setHeader('Content-Disposition', isPdf ? `attachment; filename="${id}"` : 'inline')
  response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox")
  response.setHeader('Cache-Control', 'private, max-age=3600')
  response.type(attachment.mediaType).send(Buffer.from(bytes))
}
