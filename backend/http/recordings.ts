import { Router } from 'express'
import { playRecording } from '#use-cases/recordings/play-recording'
import type { Ports } from '#use-cases/ports'
import { staffOf } from './staff-session.ts'

/** `GET /api/calls/{id}/recordings/{ref}`: what was said, for people of the centre; it is on record. */
export function recordingRoutes(ports: Ports): Router {
  const router = Router()
  router.get('/:id/recordings/:ref', async (request, response) => {
    const { id, ref } = request.params
    const { bytes, type } = await playRecording(id, ref, staffOf(response), ports)
    response.setHeader('Cache-Control', 'private, no-store')
    response.setHeader('Content-Disposition', 'inline')
    response.type(type).send(Buffer.from(bytes))
  })
  return router
}
