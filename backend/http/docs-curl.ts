import type { OperationObject, Parameter } from './openapi-types.ts'

const SERVER = 'http://127.0.0.1:3000'
const PIN = '402913'

/** A command that calls an operation with the examples of its description. */
export function curlFor(method: string, path: string, operation: OperationObject): string {
  const { parameters, requestBody } = operation
  const [mediaType, content] = Object.entries(requestBody?.content ?? {})[0] ?? []
  const verb = method === 'get' || requestBody !== undefined ? [] : [`-X ${method.toUpperCase()}`]
  const otherVerb = method === 'put' || method === 'patch' ? [`-X ${method.toUpperCase()}`] : []
  const lines = [
    `curl ${quoted(SERVER + filled(path, parameters))}`,
    ...new Set([...verb, ...otherVerb]),
    ...secretsOf(operation),
    ...headersOf(parameters),
    ...(mediaType === 'application/json' ? [`-H ${quoted('Content-Type: application/json')}`] : []),
    ...(content === undefined ? [] : [bodyOf(mediaType, content.example)]),
  ]
  return lines.join(' \\\n  ')
}

/** The same with files: the body waits in `report.json`. */
export const CURL_WITH_PHOTOS = [
  `curl ${quoted(`${SERVER}/api/reports`)}`,
  `-F ${quoted('report=<report.json;type=application/json')}`,
  `-F ${quoted('photos=@den-duong.jpg')}`,
].join(' \\\n  ')

function filled(path: string, parameters: readonly Parameter[]): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => {
    return parameters.find((parameter) => parameter.name === name)?.example ?? name
  })
}

/** The PIN, or the cookie that signing in has left in a file. */
function secretsOf({ security, operationId }: OperationObject): string[] {
  if (operationId === 'signIn') return ['-c cookies.txt']
  if (security.some((way) => 'reportPin' in way)) return [`-H ${quoted(`X-Report-Pin: ${PIN}`)}`]
  if (security.some((way) => 'session' in way)) return ['-b cookies.txt']
  if (security.some((way) => 'ctiSignature' in way)) return [`-H ${quoted('X-CTI-Signature: …')}`]
  return security.some((way) => 'twilioSignature' in way)
    ? [`-H ${quoted('X-Twilio-Signature: …')}`]
    : []
}

function headersOf(parameters: readonly Parameter[]): string[] {
  return parameters
    .filter((parameter) => parameter.in === 'header')
    .map(({ name, example = '' }) => `-H ${quoted(`${name}: ${example}`)}`)
}

function bodyOf(mediaType: string | undefined, example: unknown): string {
  if (mediaType === 'application/json') return `-d ${quoted(JSON.stringify(example ?? {}))}`
  const fields = Object.entries(Object(example) as Record<string, unknown>)
  return fields.map(([name, value]) => `-d ${quoted(`${name}=${String(value)}`)}`).join(' ')
}

/** For a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
