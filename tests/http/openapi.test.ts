import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { memoryAdapter } from 'better-auth/adapters/memory'
import type { Express, Router } from 'express'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { createApp } from '#backend/app'
import * as answerContracts from '#contracts/answers'
import * as callContracts from '#contracts/calls'
import * as caseContracts from '#contracts/cases'
import * as catalogueContracts from '#contracts/catalogue'
import * as errorContracts from '#contracts/errors'
import * as learningContracts from '#contracts/learning'
import * as reportContracts from '#contracts/reports'
import * as settingContracts from '#contracts/settings'
import * as staffContracts from '#contracts/staff'
import { CASE_ACTIONS, ERROR_CODES, LANGUAGES } from '#contracts/vocabulary'
import { isCaseCode } from '#domain/case-code'
import { httpMetrics } from '#http/health'
import { openApiDocument } from '#http/openapi'
import { ANSWERS, QUERIES, REQUESTS } from '#http/openapi-contracts'
import { exampleOf } from '#http/openapi-examples'
import { noteOn } from '#http/openapi-notes'
import { schemasOf } from '#http/openapi-schemas'
import type { MediaType, OpenApiDocument, OperationObject } from '#http/openapi-types'
import { rateLimits } from '#http/rate-limits'
import { staffAuth } from '#http/staff-auth'
import { textsIn } from '#presenters/texts/in-language'
import { ctiRoutes } from '#telephony/cti-routes'
import { telephonyRoutes } from '#telephony/twilio-routes'
import { hotlinePorts } from '../support/twilio-ports.ts'
import { shapeProblems } from '../support/openapi-shape.ts'

const auth = staffAuth({
  database: memoryAdapter({ user: [], session: [], account: [], verification: [], twoFactor: [] }),
  secret: 'a secret for tests that is long enough',
  publicUrl: 'http://127.0.0.1:3000',
})

/** The whole app with its real routers, around ports that no test here reaches. */
function anApp(): Express {
  const ports = hotlinePorts()
  const log = pino({ level: 'silent' })
  const twilio = { authToken: 'a token for tests' }
  return createApp({
    ports,
    staffPorts: { agencies: ports.agencies, accounts: {} as never, endSessions: () => undefined },
    settings: { read: () => null, replace: () => Promise.resolve() },
    training: { begin: () => false, step: () => null },
    auth,
    authenticate: () => Promise.resolve(null),
    limits: rateLimits(false),
    proofOfWork: null,
    readUploads: (_request, _response, next) => {
      next()
    },
    telephony: telephonyRoutes({
      ports,
      publicUrl: 'http://127.0.0.1:3000',
      twilio,
      musicFile: '/nowhere.wav',
      log,
      journal: { append: () => Promise.resolve() },
    }),
    cti: ctiRoutes({
      ports,
      accounts: {} as never,
      cti: { token: 'a-token-for-tests', hmacSecret: null },
    }),
    metrics: httpMetrics(),
    isReady: () => Promise.resolve(true),
    trustProxy: false,
    shown: { proofOfWork: false, tileUrl: null },
    softphoneOrigins: [],
    distFolder: '/nowhere',
    log,
    reportUnexpected: (error) => {
      throw error
    },
  })
}

const document = openApiDocument('en')
const operations = operationsOf(document)

describe('the OpenAPI document', () => {
  test('describes every door of the app and no other', () => {
    const doors = doorsOf(anApp().router).filter((door) => IN_SCOPE.test(door))
    const described = operations.map(({ method, path }) => doorName(method, path))
    expect(doors.length).toBeGreaterThan(40)
    expect(described.sort()).toEqual([...new Set(doors)].sort())
  })

  test('names only sign-in doors that better-auth has', () => {
    const known = Object.values(auth.api).flatMap(({ path, options }) =>
      [options.method].flat().map((method) => doorName(method, `/api/auth${path}`)),
    )
    const described = operations
      .map(({ method, path }) => doorName(method, path))
      .filter((door) => door.includes('/api/auth/'))
    expect(described).not.toEqual([])
    expect(described.filter((door) => !known.includes(door))).toEqual([])
  })

  test.each(LANGUAGES)('has the shape of OpenAPI 3.1 (%s)', (lang) => {
    expect(shapeProblems(openApiDocument(lang))).toEqual([])
  })

  test('has a schema for every contract, and a use for every schema', () => {
    const exported = [
      answerContracts,
      callContracts,
      caseContracts,
      catalogueContracts,
      errorContracts,
      learningContracts,
      reportContracts,
      settingContracts,
      staffContracts,
    ].flatMap((contracts) => Object.values<unknown>(contracts).filter(isContract))
    const described = [REQUESTS, ANSWERS, QUERIES].flatMap((each) => Object.values(each))
    // A span is part of others, which add to it.
    const missing = exported.filter(
      (each) => each !== caseContracts.TextSpan && !(described as unknown[]).includes(each),
    )
    expect(missing).toEqual([])

    const text = JSON.stringify(document)
    const unused = Object.keys(document.components.schemas).filter(
      (name) => !text.includes(`"#/components/schemas/${name}"`),
    )
    expect(unused).toEqual([])
  })

  test('describes what is sent and answered alike once only where both are the same', () => {
    const sent = schemasOf(ANSWERS, 'input', 'en')
    const answered = schemasOf(ANSWERS, 'output', 'en')
    const isSentToo = Object.keys(ANSWERS).filter((name) =>
      operations.some(({ operation }) =>
        JSON.stringify(operation.requestBody ?? {}).includes(`/${name}"`),
      ),
    )
    expect(isSentToo).toContain('FieldSettings')
    for (const name of isSentToo) expect(sent[name], name).toEqual(answered[name])
  })

  test('is made from the contracts: limits and required fields are theirs', () => {
    const { NewReport } = document.components.schemas
    expect(NewReport?.required).toEqual(['text'])
    expect(NewReport?.properties?.['text']).toMatchObject({ minLength: 1, maxLength: 10_000 })
    expect(NewReport?.additionalProperties).toBe(false)
    const version = document.components.schemas['AcceptCase']?.properties?.['version']
    expect(version).toMatchObject({ type: 'integer', minimum: 1 })
    expect(version).not.toHaveProperty('maximum')
  })

  test('describes in requests what callers may leave out, in answers what always comes', () => {
    const view = operations.find(({ operation }) => operation.operationId === 'listCases')
    expect(view?.operation.parameters).toContainEqual(
      expect.objectContaining({ name: 'limit', in: 'query', required: false }),
    )
    const { ReportReceipt } = document.components.schemas
    expect(ReportReceipt?.required).toEqual(Object.keys(ReportReceipt?.properties ?? {}))
  })

  test('gives examples that keep their contracts', () => {
    for (const [name, contract] of Object.entries({ ...REQUESTS, ...ANSWERS })) {
      const example = exampleOf(name)
      if (example === null) continue
      const parsed = (contract as z.ZodType).safeParse(example)
      expect(parsed.error?.issues ?? [], name).toEqual([])
    }
    const code = operations
      .flatMap(({ operation }) => operation.parameters)
      .find(({ name }) => name === 'code')
    expect(isCaseCode(code?.example ?? '')).toBe(true)
  })

  test('gives an example of every JSON body that is sent', () => {
    const without = operations.filter(({ operation }) => {
      const media: MediaType | undefined = operation.requestBody?.content['application/json']
      return media !== undefined && media.example === undefined
    })
    expect(without.map(({ path }) => path)).toEqual([])
  })

  test('explains only fields that exist', () => {
    expect(noteOn('NewReport', 'text')?.en).toBe(
      document.components.schemas['NewReport']?.properties?.['text']?.description,
    )
    expect(noteOn('NewReport', 'nothing')).toBeNull()
  })

  test('is in the language asked for', () => {
    const vietnamese = openApiDocument('vi').paths['/api/reports']?.post?.summary
    expect(vietnamese).toBe('Gửi phản ánh')
    expect(document.paths['/api/reports']?.post?.summary).toBe('Send a report')
  })

  test('tells staff’s changes, and no other door, to carry the header against forgery', () => {
    for (const { method, path, operation } of operations) {
      const names = operation.parameters.map(({ name }) => name)
      const isStaffs = operation.security.some((way) => 'session' in way)
      const isGuarded = isStaffs && method !== 'get' && !path.startsWith('/api/auth/')
      expect(names.includes('X-Requested-With'), path).toBe(isGuarded)
    }
  })
})

describe('over HTTP', () => {
  let server: Server
  let origin: string
  beforeAll(async () => {
    server = anApp().listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`
  })
  afterAll(() => {
    server.close()
    server.closeAllConnections()
  })

  test('GET /api/openapi.json answers the document to any origin', async () => {
    const response = await fetch(`${origin}/api/openapi.json?lang=en`)
    expect(response.status).toBe(200)
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(await response.json()).toEqual(JSON.parse(JSON.stringify(document)))
  })

  test('GET /api/docs speaks the language asked for, else the browser’s, else Vietnamese', async () => {
    const page = async (path: string, language = '') => {
      const headers = language === '' ? {} : { 'Accept-Language': language }
      return (await fetch(`${origin}${path}`, { headers })).text()
    }
    expect(await page('/api/docs')).toContain('<html lang="vi">')
    expect(await page('/api/docs', 'en-GB')).toContain('<html lang="en">')
    expect(await page('/api/docs?lang=vi', 'en-GB')).toContain('<html lang="vi">')
  })

  test('GET /api/docs shows every operation with its fields and a command', async () => {
    const page = await (await fetch(`${origin}/api/docs?lang=en`)).text()
    for (const { operation } of operations) {
      expect(page).toContain(`id="${operation.operationId}"`)
      expect(page).toContain(escaped(operation.summary))
    }
    expect(page.split('curl &#39;').length - 1).toBeGreaterThanOrEqual(operations.length)
    expect(page).toContain('<code>unitCode</code>')
    expect(page).toContain('<code>emergencyAdvice</code>')
  })

  test('GET /api/docs has the place that every problem’s type points to', async () => {
    const page = await (await fetch(`${origin}/api/docs?lang=vi`)).text()
    for (const code of ERROR_CODES) {
      expect(page).toContain(`id="problem-${code}"`)
      expect(page).toContain(escaped(textsIn('vi').titles[code]))
    }
  })

  test('GET /api/docs links only to places that exist', async () => {
    const page = await (await fetch(`${origin}/api/docs?lang=en`)).text()
    const ids = Array.from(page.matchAll(/ id="([^"]+)"/g), ([, id]) => id)
    const targets = Array.from(page.matchAll(/href="#([^"]+)"/g), ([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(targets.length).toBeGreaterThan(operations.length)
    expect(targets.filter((target) => !ids.includes(target))).toEqual([])
  })

  test('GET /api/docs loads and runs nothing', async () => {
    const response = await fetch(`${origin}/api/docs`)
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    const page = await response.text()
    expect(page).not.toMatch(/<script|<link|<img|<iframe|\son\w+=|url\(|@import/i)
    expect(page).not.toContain('[object Object]')
    expect(page).not.toContain('undefined')
  })
})

const IN_SCOPE = /^\w+ \/(api|telephony|healthz|readyz|metrics)/

/** What the parts of a route's address may stand for, where each choice is a door of its own. */
const CHOICES: Readonly<Record<string, readonly string[]>> = {
  ':action': CASE_ACTIONS,
  ':name': Object.keys(settingContracts.SettingContracts),
  '{/:size}': ['', '/thumbnail'],
}

type Listed = {
  readonly path: string
  readonly methods?: readonly string[]
  readonly router?: Listing
}
type Listing = { listRoutes(): readonly Listed[] }

/** Every route of a router and of those mounted on it, as `GET /api/cases/{}`. */
function doorsOf(router: Router, prefix = ''): string[] {
  // Express has it, its types do not.
  return (router as unknown as Listing).listRoutes().flatMap(({ path, methods, router: inner }) => {
    const whole = `${prefix}${path}`.replace(/\/+/g, '/')
    if (inner !== undefined) return doorsOf(inner as unknown as Router, whole)
    return (methods ?? [])
      .filter((method) => method !== '_ALL' && method !== 'HEAD')
      .flatMap((method) => choicesOf(whole).map((each) => doorName(method, each)))
  })
}

function choicesOf(path: string): string[] {
  const choice = Object.entries(CHOICES).find(([part]) => path.includes(part))
  if (choice === undefined) return [path]
  const [part, words] = choice
  return words.flatMap((word) => choicesOf(path.replace(part, word)))
}

function doorName(method: string, path: string): string {
  const place = path.replace(/\{\w+\}|:\w+/g, '{}').replace(/(?<=.)\/$/, '')
  return `${method.toUpperCase()} ${place}`
}

function operationsOf({ paths }: OpenApiDocument) {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]: [string, OperationObject]) => ({
      method,
      path,
      operation,
    })),
  )
}

function isContract(value: unknown): boolean {
  return typeof value === 'object' && value !== null && '_zod' in value
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll("'", '&#39;')
}
