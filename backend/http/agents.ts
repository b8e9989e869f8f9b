import { type RequestHandler, Router } from 'express'
import { type AgentList, AgentPresence, AgentSkills, type AgentView } from '#contracts/telephony'
import { presentAgent } from '#presenters/present-agent'
import type { Ports } from '#use-cases/ports'
import { choosePresenceOf, setSkills } from '#use-cases/telephone/agents'
import { languageOf } from './language.ts'
import { parse } from './parse.ts'
import { staffOf } from './staff-session.ts'

/** `/api/agents`: who is at the telephone. Mounted behind `mustSeeCalls`. */
export function agentRoutes(ports: Ports, readJson: RequestHandler): Router {
  const router = Router()

  router.get('/', async (_request, response) => {
    const agents = await ports.agents.list()
    response.json({ agents: agents.map(presentAgent) } satisfies AgentList)
  })

  router.put('/me', readJson, async (request, response) => {
    const { state } = parse(AgentPresence, request.body, languageOf(request))
    const agent = await choosePresenceOf(staffOf(response), state, ports)
    response.json(presentAgent(agent) satisfies AgentView)
  })

  router.put('/:id/skills', readJson, async (request, response) => {
    const skills = parse(AgentSkills, request.body, languageOf(request))
    const id = String(request.params['id'])
    const agent = await setSkills(id, skills, staffOf(response), ports)
    response.json(presentAgent(agent) satisfies AgentView)
  })
  return router
}
