import { randomUUID } from 'node:crypto'
import { createChallenge, type Challenge, solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Catalogue } from '#contracts/catalogue'
import type { ReportReceipt } from '#contracts/reports'
import { A_REPORT, request, startTestServer, type TestServer } from '../support/test-server.ts'

const SECRET = 'an installation secret that only the server knows'
let server: TestServer

beforeAll(async () => {
  server = await startTestServer({ PROOF_OF_WORK: 'on', INSTALLATION_SECRET: SECRET })
})
afterAll(async () => {
  expect(server.unexpected).toEqual([])
  await server.end()
})

const send = async (proof?: string, headers: Record<string, string> = {}, report: object = {}) =>
  request(server, 'POST', '/api/reports', {
    body: { ...A_REPORT, ...report, ...(proof === undefined ? {} : { proof }) },
    headers,
  })

async function puzzle(): Promise<Challenge> {
  return (await request(server, 'GET', '/api/reports/challenge')).body as Challenge
}

async function solve(challenge: Challenge): Promise<string> {
  const solution = await solveChallenge({ challenge, deriveKey })
  return payload(challenge, solution)
}

function payload(challenge: Challenge, solution: unknown): string {
  return Buffer.from(JSON.stringify({ challenge, solution })).toString('base64')
}

const REFUSED = { status: 428, body: { code: 'proof-of-work-required' } }

test('a report without a solution is refused, and the catalogue says that one is wanted', async () => {
  expect(await send()).toMatchObject(REFUSED)
  const catalogue = (await request(server, 'GET', '/api/catalogue')).body as Catalogue
  expect(catalogue.proofOfWork).toBe(true)
})

test('a solved puzzle opens the door once', async () => {
  const proof = await solve(await puzzle())
  expect((await send(proof)).status).toBe(201)
  expect(await send(proof)).toMatchObject(REFUSED)
  expect(await send(proof, { 'Idempotency-Key': randomUUID() })).toMatchObject(REFUSED)
})

test('a report sent again under its key needs no second puzzle', async () => {
  const proof = await solve(await puzzle())
  const headers = { 'Idempotency-Key': randomUUID() }
  const [first, again] = [await send(proof, headers), await send(proof, headers)]
  expect(first.status).toBe(201)
  expect((again.body as ReportReceipt).code).toBe((first.body as ReportReceipt).code)
})

test('a report that was refused for its contents may be corrected and sent under its key', async () => {
  const proof = await solve(await puzzle())
  const headers = { 'Idempotency-Key': randomUUID() }
  expect((await send(proof, headers, { contact: { phone: '12' } })).status).toBe(400)
  expect((await send(proof, headers)).status).toBe(201)
})

test('of ten reports with one solution at once, one gets in', async () => {
  const proof = await solve(await puzzle())
  const answers = await Promise.all(Array.from({ length: 10 }, async () => send(proof)))
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
})

test('a puzzle that was made easier is refused', async () => {
  const challenge = await puzzle()
  const easier = { ...challenge, parameters: { ...challenge.parameters, cost: 1, keyPrefix: '0' } }
  expect(await send(await solve(easier))).toMatchObject(REFUSED)
})

test('a puzzle that somebody else made is refused', async () => {
  const foreign = await createChallenge({
    algorithm: 'PBKDF2/SHA-256',
    cost: 1,
    counter: 1,
    deriveKey,
    hmacSignatureSecret: 'a guess',
    hmacKeySignatureSecret: 'another guess',
  })
  expect(await send(await solve(foreign))).toMatchObject(REFUSED)
})

test('a puzzle of ours whose time is over is refused', async () => {
  const expired = await createChallenge({
    algorithm: 'PBKDF2/SHA-256',
    cost: 1,
    counter: 1,
    deriveKey,
    expiresAt: new Date(Date.now() - 1_000),
    hmacSignatureSecret: `${SECRET}:puzzle`,
    hmacKeySignatureSecret: `${SECRET}:puzzle-key`,
  })
  expect(await send(await solve(expired))).toMatchObject(REFUSED)
})

test.each([
  ['no base64', '%%%'],
  ['no JSON', Buffer.from('hello').toString('base64')],
  ['an empty object', Buffer.from('{}').toString('base64')],
  ['parts of the wrong kind', Buffer.from('{"challenge":1,"solution":[]}').toString('base64')],
  ['a solution of nothing', payload({ parameters: {}, signature: '' } as never, {})],
])('%s is refused and is no error of ours', async (_what, proof) => {
  expect(await send(proof)).toMatchObject(REFUSED)
})
