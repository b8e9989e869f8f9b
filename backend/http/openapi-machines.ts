import type { Bilingual } from '#contracts/catalogue'
import type { DoorAnswer, Operation } from './openapi-operation.ts'

/** For whoever runs the server. */
export const RUNNING_OPERATIONS: readonly Operation[] = [
  probe('isAlive', '/healthz', {
    summary: { vi: 'Tiến trình còn sống', en: 'The process lives' },
    answers: [state(200, 'ok', { vi: 'Còn sống.', en: 'It does.' })],
  }),
  probe('isReady', '/readyz', {
    summary: { vi: 'Sẵn sàng phục vụ', en: 'Ready to serve' },
    answers: [
      state(200, 'ready', { vi: 'Sẵn sàng.', en: 'Ready.' }),
      state(503, 'unavailable', {
        vi: 'Chưa sẵn sàng, ví dụ mất cơ sở dữ liệu.',
        en: 'Not ready, for example without its database.',
      }),
    ],
  }),
  probe('getMetrics', '/metrics', {
    summary: { vi: 'Số đo cho Prometheus', en: 'Metrics for Prometheus' },
    answers: [
      {
        status: 200,
        text: { vi: 'Định dạng của Prometheus.', en: 'Prometheus’ text format.' },
        content: { 'text/plain': {} },
      },
    ],
  }),
]

function probe(id: string, path: string, rest: Pick<Operation, 'summary' | 'answers'>): Operation {
  return { id, tag: 'running', method: 'get', path, caller: 'anyone', isForeign: true, ...rest }
}

function state(status: number, word: string, text: Bilingual): DoorAnswer {
  return {
    status,
    text,
    schema: {
      type: 'object',
      properties: { status: { type: 'string', const: word } },
      required: ['status'],
    },
  }
}
