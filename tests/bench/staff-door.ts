import type { ReportReceipt } from '#contracts/reports'
import type { NewStaffAccount } from '#contracts/staff'

/** The headers that a signed-in console sends. */
export type ConsoleHeaders = Record<string, string>

/** Signs in with e-mail and password. */
export async function signIn(
  url: string,
  account: { readonly email: string; readonly password: string },
): Promise<ConsoleHeaders> {
  const { email, password } = account
  const response = await post(`${url}/api/auth/sign-in/email`, { email, password }, { Origin: url })
  const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '')
  return { Cookie: cookies.join('; '), 'X-Requested-With': 'bench' }
}

/** Opens an account as administrator and signs in with it. */
export async function openAccount(
  url: string,
  administrator: ConsoleHeaders,
  account: NewStaffAccount,
): Promise<ConsoleHeaders> {
  await post(`${url}/api/staff`, account, administrator)
  return signIn(url, account)
}

/** Sends one report. */
export async function submit(url: string, report: object): Promise<ReportReceipt> {
  const headers = { 'Idempotency-Key': crypto.randomUUID() }
  const response = await post(`${url}/api/reports`, report, headers)
  return (await response.json()) as ReportReceipt
}

async function post(
  url: string,
  body: object,
  headers: Readonly<Record<string, string>>,
): Promise<Response> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`)
  return response
}
