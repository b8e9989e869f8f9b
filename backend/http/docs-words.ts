import type { Language } from '#contracts/vocabulary'

/** The words of the page of documentation. */
export type DocsWords = Readonly<Record<keyof typeof VI, string>>

const VI = {
  toContent: 'Tới nội dung chính',
  otherLanguage: 'English',
  forMachines: 'OpenAPI cho máy đọc',
  contents: 'Mục lục',
  parameters: 'Tham số',
  request: 'Nội dung gửi lên',
  example: 'Ví dụ',
  withPhotos: 'Ví dụ kèm ảnh',
  answers: 'Câu trả lời',
  bodyExample: 'Ví dụ nội dung',
  problems: 'Mã lỗi',
  problemsIntroduction:
    'Mỗi lời từ chối là application/problem+json với trường code ổn định. Câu trong detail theo ngôn ngữ của người gọi.',
  fieldReasons: 'Lý do của từng trường',
  fieldReasonsIntroduction: 'Giá trị của reason trong errors, với câu đi kèm.',
  schemas: 'Kiểu dữ liệu',
  required: 'bắt buộc',
  inPath: 'trong địa chỉ',
  inQuery: 'tham số truy vấn',
  inHeader: 'tiêu đề',
  listOf: 'danh sách',
  orNull: 'hoặc null',
  or: 'hoặc',
  anything: 'bất kỳ',
  string: 'chuỗi',
  number: 'số',
  integer: 'số nguyên',
  boolean: 'true/false',
  object: 'đối tượng',
  byName: 'đối tượng theo tên',
  oneOf: 'một trong',
  otherwise: 'mặc định',
  characters: 'ký tự',
  items: 'mục',
  from: 'từ',
  to: 'đến',
  atLeast: 'ít nhất',
  atMost: 'tối đa',
  pattern: 'mẫu',
} as const

const EN: DocsWords = {
  toContent: 'To the main content',
  otherLanguage: 'Tiếng Việt',
  forMachines: 'OpenAPI for machines',
  contents: 'Contents',
  parameters: 'Parameters',
  request: 'Request body',
  example: 'Example',
  withPhotos: 'Example with photos',
  answers: 'Answers',
  bodyExample: 'Example body',
  problems: 'Problem codes',
  problemsIntroduction:
    'Every refusal is application/problem+json with a stable code. The sentence in detail is in the caller’s language.',
  fieldReasons: 'Reasons on single fields',
  fieldReasonsIntroduction: 'The values of reason in errors, each with its sentence.',
  schemas: 'Data',
  required: 'required',
  inPath: 'in the path',
  inQuery: 'query',
  inHeader: 'header',
  listOf: 'list of',
  orNull: 'or null',
  or: 'or',
  anything: 'anything',
  string: 'string',
  number: 'number',
  integer: 'integer',
  boolean: 'true/false',
  object: 'object',
  byName: 'object by name of',
  oneOf: 'one of',
  otherwise: 'default',
  characters: 'characters',
  items: 'items',
  from: 'from',
  to: 'to',
  atLeast: 'at least',
  atMost: 'at most',
  pattern: 'pattern',
}

const WORDS: Record<Language, DocsWords> = { vi: VI, en: EN }

/** The page's words in a language. */
export function docsWords(lang: Language): DocsWords {
  return WORDS[lang]
}
