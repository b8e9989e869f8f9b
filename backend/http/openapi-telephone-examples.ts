import type { z } from 'zod'
import type { Contracts } from './openapi-contracts.ts'

type Examples = { readonly [N in keyof Contracts]?: z.input<Contracts[N]> }

/** What agents send, by the name of its contract. */
export const TELEPHONE_EXAMPLES: Examples = {
  NewCall: { phone: '0912 345 678' },
  Transfer: { kind: 'warm', to: { type: 'agent', id: '6742f1c09d1e8a3b5c7d9e01' } },
  Monitor: { mode: 'listen' },
  WrapUp: { disposition: 'case-opened', note: 'Đã hướng dẫn theo dõi.', caseCode: '2611048274' },
  AgentPresence: { state: 'available' },
  AgentSkills: { languages: ['vi', 'en'], fields: ['urban'] },
  NewCallBack: { caseCode: '2611048274', dueAt: '2026-11-24T02:00:00.000Z', isMine: true },
  CallBackChange: { version: 1, attempt: 'Không nghe máy' },
}
