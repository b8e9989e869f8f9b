import type { Bilingual } from '#contracts/catalogue'
import type { CaseAction } from '#contracts/vocabulary'
import type { BodyName } from './openapi-contracts.ts'
import { FILE, ok, type Operation } from './openapi-operation.ts'
import { listOf, ref } from './openapi-schemas.ts'

type Action = { readonly id: string; readonly body: BodyName; readonly summary: Bilingual }

const ACTIONS: Record<CaseAction, Action> = {
  correct: {
    id: 'correctCase',
    body: 'CorrectCase',
    summary: { vi: 'Sửa lĩnh vực và chuyển lại', en: 'Correct the field and route again' },
  },
  split: {
    id: 'splitCase',
    body: 'SplitCase',
    summary: {
      vi: 'Tách một việc thành vụ việc riêng',
      en: 'Make a part of the text a case of its own',
    },
  },
  route: {
    id: 'routeCase',
    body: 'RouteCase',
    summary: { vi: 'Chuyển cơ quan xử lý', en: 'Send to an agency' },
  },
  accept: {
    id: 'acceptCase',
    body: 'AcceptCase',
    summary: { vi: 'Tiếp nhận xử lý', en: 'Take the case on' },
  },
  return: {
    id: 'returnCase',
    body: 'ReturnCase',
    summary: { vi: 'Trả lại: không thuộc thẩm quyền', en: 'Return: not ours' },
  },
  draft: {
    id: 'draftResponse',
    body: 'DraftResponse',
    summary: { vi: 'Soạn trả lời', en: 'Draft the response' },
  },
  submit: {
    id: 'submitResponse',
    body: 'SubmitResponse',
    summary: { vi: 'Trình duyệt trả lời', en: 'Submit the response for approval' },
  },
  approve: {
    id: 'approveResponse',
    body: 'ApproveResponse',
    summary: { vi: 'Phê duyệt và gửi trả lời', en: 'Approve and send the response' },
  },
  'send-back': {
    id: 'sendBackResponse',
    body: 'SendBackResponse',
    summary: { vi: 'Yêu cầu soạn lại', en: 'Ask for a better response' },
  },
  note: {
    id: 'noteCase',
    body: 'NoteCase',
    summary: { vi: 'Ghi chú nội bộ', en: 'Add a note among staff' },
  },
  extend: {
    id: 'extendCase',
    body: 'ExtendCase',
    summary: { vi: 'Gia hạn một lần', en: 'Extend the deadline, once' },
  },
  reject: {
    id: 'rejectCase',
    body: 'RejectCase',
    summary: { vi: 'Không tiếp nhận', en: 'Reject the report' },
  },
  redirect: {
    id: 'redirectCase',
    body: 'RedirectCase',
    summary: { vi: 'Chuyển theo thủ tục khác', en: 'Hand over to another procedure' },
  },
  merge: {
    id: 'mergeCase',
    body: 'MergeCase',
    summary: { vi: 'Gộp vào vụ việc bị trùng', en: 'Merge into the case it repeats' },
  },
  unmerge: {
    id: 'unmergeCase',
    body: 'UnmergeCase',
    summary: { vi: 'Tách khỏi vụ việc đã gộp', en: 'Take out of the case it was merged into' },
  },
  reveal: {
    id: 'revealContact',
    body: 'RevealContact',
    summary: { vi: 'Xem thông tin liên hệ', en: 'See the citizen’s contact data' },
  },
}

const actionDetails: Bilingual = {
  vi: 'Được làm khi actions của vụ việc có việc này.',
  en: 'Possible where the case’s actions hold it.',
}

const afterwards: Bilingual = {
  vi: 'Vụ việc sau khi thay đổi.',
  en: 'The case after the change.',
}

const actionOperations = Object.entries(ACTIONS).map(
  ([action, { id, body, summary }]): Operation => ({
    id,
    tag: 'cases',
    method: 'post',
    path: `/api/cases/{code}/${action}`,
    caller: 'staff',
    summary,
    details: actionDetails,
    body: { schema: ref(body) },
    answers: [ok(ref('CaseView'), afterwards)],
    problems: [
      'invalid',
      'not-found',
      'conflict',
      'not-allowed-now',
      'too-large',
      'unavailable',
      'storage-full',
    ],
  }),
)

/** `/api/cases` and what belongs to the staff's work. */
export const CASE_OPERATIONS: readonly Operation[] = [
  {
    id: 'listCases',
    tag: 'cases',
    method: 'get',
    path: '/api/cases',
    caller: 'staff',
    summary: { vi: 'Hộp việc', en: 'The inbox' },
    details: {
      vi: 'Chuyên viên và lãnh đạo chỉ thấy vụ việc của cơ quan mình.',
      en: 'Officers and approvers see their own agency’s cases alone.',
    },
    query: 'CaseQuery',
    answers: [ok(ref('CasePage'), { vi: 'Một trang.', en: 'A page of it.' })],
    problems: ['invalid', 'unavailable'],
  },
  {
    id: 'countCases',
    tag: 'cases',
    method: 'get',
    path: '/api/cases/counts',
    caller: 'staff',
    summary: { vi: 'Số vụ việc trong từng ngăn', en: 'How many cases each view holds' },
    details: { vi: 'Đếm đến 1.000.', en: 'Counting stops at 1,000.' },
    answers: [ok(ref('CaseCounts'), { vi: 'Số vụ việc.', en: 'The counts.' })],
    problems: ['unavailable'],
  },
  {
    id: 'getCase',
    tag: 'cases',
    method: 'get',
    path: '/api/cases/{code}',
    caller: 'staff',
    summary: { vi: 'Xem vụ việc', en: 'Get a case' },
    answers: [
      ok(ref('CaseView'), {
        vi: 'Vụ việc, theo quyền của bạn.',
        en: 'The case as you may see it.',
      }),
    ],
    problems: ['not-found', 'unavailable'],
  },
  {
    id: 'listLikelyDuplicates',
    tag: 'cases',
    method: 'get',
    path: '/api/cases/{code}/duplicates',
    caller: 'staff',
    summary: { vi: 'Vụ việc có thể trùng', en: 'Cases likely about the same incident' },
    details: {
      vi: 'Khả năng cao nhất trước; chỉ những vụ việc bạn được xem.',
      en: 'Likeliest first; those alone that you may see.',
    },
    answers: [ok(listOf('LikelyDuplicate'), { vi: 'Tối đa 5 vụ việc.', en: 'At most 5 cases.' })],
    problems: ['not-found', 'unavailable'],
  },
  ...actionOperations,
  {
    id: 'writeMessage',
    tag: 'cases',
    method: 'post',
    path: '/api/cases/{code}/messages',
    caller: 'centre',
    summary: { vi: 'Nhắn tin cho người dân', en: 'Write a text message to the citizen' },
    details: {
      vi: 'Được khi messaging của vụ việc là ready. Tin đi sau; tình trạng ở timeline.',
      en: 'Possible where the case’s messaging is ready. It goes out afterwards; how far it came is in the timeline.',
    },
    body: { schema: ref('NewMessage') },
    answers: [{ ...ok(ref('CaseView'), afterwards), status: 201 }],
    problems: [
      'invalid',
      'not-found',
      'conflict',
      'not-allowed-now',
      'too-large',
      'unavailable',
      'storage-full',
    ],
  },
  {
    id: 'reviewDraft',
    tag: 'cases',
    method: 'post',
    path: '/api/cases/{code}/hints',
    caller: 'staff',
    summary: { vi: 'Gợi ý khi soạn trả lời', en: 'Hints for a response being written' },
    details: {
      vi: 'Dành cho người được soạn trả lời. Chỉ là gợi ý: không lưu gì, không cấm gì.',
      en: 'For whoever may draft the response. Advice: nothing is stored, nothing is forbidden.',
    },
    body: { schema: ref('NewDraftReview') },
    answers: [ok(ref('DraftReview'), { vi: 'Các gợi ý.', en: 'The hints.' })],
    problems: ['invalid', 'not-found', 'not-allowed-now', 'too-large', 'unavailable'],
  },
  {
    id: 'getCaseAttachment',
    tag: 'cases',
    method: 'get',
    path: '/api/cases/{code}/attachments/{attachmentId}',
    caller: 'staff',
    summary: { vi: 'Tải tệp của vụ việc', en: 'Get a file of a case' },
    answers: [FILE],
    problems: ['not-found', 'unavailable'],
  },
  {
    id: 'getCaseThumbnail',
    tag: 'cases',
    method: 'get',
    path: '/api/cases/{code}/attachments/{attachmentId}/thumbnail',
    caller: 'staff',
    summary: { vi: 'Tải ảnh thu nhỏ', en: 'Get a small picture of a photo' },
    answers: [FILE],
    problems: ['not-found', 'unavailable'],
  },
  {
    id: 'listCannedAnswers',
    tag: 'cases',
    method: 'get',
    path: '/api/canned-answers',
    caller: 'staff',
    summary: { vi: 'Mẫu câu trả lời', en: 'Sentences to start a response from' },
    answers: [ok(listOf('CannedAnswer'), { vi: 'Các mẫu câu.', en: 'The sentences.' })],
  },
  {
    id: 'findSimilarAnswers',
    tag: 'cases',
    method: 'post',
    path: '/api/similar-answers',
    caller: 'staff',
    summary: { vi: 'Trả lời tương tự đã công bố', en: 'Published answers to like questions' },
    details: {
      vi: 'Giống nhất trước; chỉ nội dung đã công khai.',
      en: 'Most alike first; public words alone.',
    },
    body: { schema: ref('SimilarAnswersQuery') },
    answers: [ok(listOf('SimilarAnswer'), { vi: 'Tối đa 5 trả lời.', en: 'At most 5 answers.' })],
    problems: ['invalid', 'too-large', 'unavailable'],
  },
  {
    id: 'findAgencies',
    tag: 'cases',
    method: 'get',
    path: '/api/agencies',
    caller: 'staff',
    summary: { vi: 'Tìm cơ quan', en: 'Find agencies' },
    query: 'AgencyQuery',
    answers: [ok(listOf('Agency'), { vi: 'Tối đa 20 cơ quan.', en: 'At most 20 of them.' })],
    problems: ['invalid', 'unavailable'],
  },
  {
    id: 'listCalls',
    tag: 'calls',
    method: 'get',
    path: '/api/calls',
    caller: 'centre',
    summary: { vi: 'Nhật ký cuộc gọi', en: 'The call log' },
    details: { vi: 'Mới nhất trước.', en: 'Newest first.' },
    query: 'CallQuery',
    answers: [ok(ref('CallPage'), { vi: 'Một trang.', en: 'A page of it.' })],
    problems: ['invalid', 'unavailable'],
  },
]
