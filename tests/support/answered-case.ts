import type { CaseView } from '#contracts/cases'
import type { ReportReceipt } from '#contracts/reports'
import { request, sendReport, type TestServer } from './test-server.ts'

type Headers = Record<string, string>
type Server = Pick<TestServer, 'url'>

/** Who answers for an agency: the headers of one who writes and of one who signs. */
export type Desk = { readonly officer: Headers; readonly approver: Headers }

/** Acts on the newest version of a case; answers the case as it is then, throws where refused. */
export async function act(
  server: Server,
  code: string,
  action: string,
  headers: Headers,
  body: object = {},
): Promise<CaseView> {
  const shown = await request(server, 'GET', `/api/cases/${code}`, { headers })
  const { version } = shown.body as CaseView
  const path = `/api/cases/${code}/${action}`
  const answer = await request(server, 'POST', path, { headers, body: { version, ...body } })
  if (answer.status !== 200) throw new Error(`${action}: ${JSON.stringify(answer.body)}`)
  return answer.body as CaseView
}

/** Takes a case from its agency's inbox to a published response with this text. */
export async function answerCase(
  server: Server,
  code: string,
  text: string,
  { officer, approver }: Desk,
): Promise<CaseView> {
  await act(server, code, 'accept', officer)
  await act(server, code, 'draft', officer, { text })
  await act(server, code, 'submit', officer)
  return act(server, code, 'approve', approver)
}

/** Sends a report that is answered with this text at once. */
export async function anAnsweredReport(
  server: Server,
  text: string,
  desk: Desk,
  report: object = {},
): Promise<ReportReceipt> {
  const receipt = await sendReport(server, report)
  await answerCase(server, receipt.code, text, desk)
  return receipt
}
