import type { HotlineSettings } from '#contracts/hotline'

/** Opens the hotline at any hour and has written down what is said, as an administrator would. */
export async function openHotline(
  url: string,
  administrator: { readonly email: string; readonly password: string },
): Promise<void> {
  const signedIn = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: url },
    body: JSON.stringify(administrator),
  })
  const cookies = signedIn.headers.getSetCookie().map((cookie) => cookie.split(';')[0])
  const headers = {
    'Content-Type': 'application/json',
    Cookie: cookies.join('; '),
    'X-Requested-With': 'hoiam',
  }
  const address = `${url}/api/settings/hotline`
  const hotline = (await (await fetch(address, { headers })).json()) as HotlineSettings
  const body = JSON.stringify({ ...hotline, hours: 'always', isTranscribed: true })
  const replaced = await fetch(address, { method: 'PUT', headers, body })
  if (!replaced.ok) throw new Error(`the hotline was not opened: ${await replaced.text()}`)
}
