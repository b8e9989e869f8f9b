import { ok, type Operation } from './openapi-operation.ts'
import { ref } from './openapi-schemas.ts'

const overview = (vi: string, en: string) => ok(ref('LearningOverview'), { vi, en })

/** What administrators see and decide of what the classifier learns. */
export const LEARNING_OPERATIONS: readonly Operation[] = [
  {
    id: 'getLearning',
    tag: 'administration',
    method: 'get',
    path: '/api/learning',
    caller: 'administrator',
    summary: { vi: 'Xem việc học của bộ phân loại', en: 'See what the classifier has learnt' },
    answers: [overview('Tình hình hiện tại.', 'As things are.')],
    problems: ['unavailable'],
  },
  {
    id: 'listDoubts',
    tag: 'administration',
    method: 'get',
    path: '/api/learning/doubts',
    caller: 'administrator',
    summary: { vi: 'Các ví dụ đáng ngờ', en: 'List the doubted examples' },
    details: {
      vi: 'Bộ phân loại không học từ những ví dụ này cho đến khi có người xem xét.',
      en: 'Nothing is learnt from these until somebody has looked at them.',
    },
    answers: [ok(ref('DoubtfulExamples'), { vi: 'Mới nhất trước.', en: 'Newest first.' })],
    problems: ['unavailable'],
  },
  {
    id: 'settleDoubt',
    tag: 'administration',
    method: 'post',
    path: '/api/learning/doubts/{exampleId}',
    caller: 'administrator',
    summary: { vi: 'Quyết định về một ví dụ đáng ngờ', en: 'Settle a doubt' },
    details: {
      vi: 'keep: vẫn học từ ví dụ này. drop: không bao giờ học.',
      en: 'keep: learn from it after all. drop: never.',
    },
    body: { schema: ref('DoubtVerdict') },
    answers: [overview('Tình hình sau đó.', 'As things are then.')],
    problems: ['invalid', 'not-found', 'unavailable', 'storage-full'],
  },
  {
    id: 'chooseModelVersion',
    tag: 'administration',
    method: 'put',
    path: '/api/learning/version',
    caller: 'administrator',
    summary: { vi: 'Chọn phiên bản mô hình', en: 'Choose the version of the model' },
    details: {
      vi: 'Để quay lại phiên bản trước, hoặc dùng lại phiên bản sau. Có hiệu lực ngay.',
      en: 'To roll back, or forward again. It holds at once.',
    },
    body: { schema: ref('VersionChoice') },
    answers: [overview('Tình hình sau đó.', 'As things are then.')],
    problems: ['invalid', 'unavailable', 'storage-full'],
  },
  {
    id: 'beginTraining',
    tag: 'administration',
    method: 'post',
    path: '/api/learning/training',
    caller: 'administrator',
    summary: { vi: 'Huấn luyện lại ngay', en: 'Train anew now' },
    details: {
      vi: 'Bình thường chạy vào ban đêm. Mô hình mới chỉ được dùng khi không kém hơn (kiểm định McNemar).',
      en: 'Usually done by night. The new model comes into use only if it is not worse (McNemar’s test).',
    },
    answers: [
      {
        status: 202,
        text: { vi: 'Đã bắt đầu.', en: 'It has begun.' },
        schema: ref('LearningOverview'),
      },
    ],
    problems: ['not-allowed-now', 'unavailable'],
  },
]
