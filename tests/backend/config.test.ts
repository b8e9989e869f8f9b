import { isAbsolute } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ConfigError, readConfig } from '#backend/config'

const SECRET = 'a secret that is long enough for a test'

describe('without any variable', () => {
  test('everything has a sensible value', () => {
    expect(readConfig({})).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      publicUrl: null,
      logLevel: 'info',
      trustProxy: false,
      isRateLimited: true,
      isProofOfWorkAsked: false,
      tileUrl: null,
    })
    expect(isAbsolute(readConfig({}).dataDir)).toBe(true)
  })

  test('no secret has a value', () => {
    expect(readConfig({})).toMatchObject({
      mongodbUri: null,
      installationSecret: null,
      adminPassword: null,
      twilio: null,
      speechToText: null,
    })
  })
})

test('an empty variable is an unset one', () => {
  const names = ['PORT', 'HOST', 'PUBLIC_URL', 'DATA_DIR', 'MONGODB_URI', 'INSTALLATION_SECRET']
  const others = [
    'TWILIO_ACCOUNT_SID',
    'TWILIO_AUTH_TOKEN',
    'TRANSFORMER_DIR',
    'TILE_URL',
    'LOG_LEVEL',
    'ADMIN_EMAIL',
  ]
  const exchange = ['CTI_TOKEN', 'CTI_HMAC_SECRET', 'CTI_RECORDINGS_BASE', 'CTI_RECORDINGS_TOKEN']
  const speech = ['SPEECH_TO_TEXT_URL', 'SPEECH_TO_TEXT_KEY', 'SPEECH_TO_TEXT_MODEL']
  const switches = ['ADMIN_PASSWORD', 'TRUST_PROXY', 'RATE_LIMITS', 'PROOF_OF_WORK']
  const empty = Object.fromEntries(
    [...names, ...others, ...exchange, ...speech, ...switches].map((name) => [name, '']),
  )
  expect(readConfig(empty)).toEqual(readConfig({}))
})

test('variables of other programs are none of our business', () => {
  expect(readConfig({ PATH: '/usr/bin', PORTS: 'many' })).toEqual(readConfig({}))
})

describe('what is given', () => {
  test.each([
    [{ PORT: '8080' }, { port: 8080 }],
    [{ PORT: '0' }, { port: 0 }],
    [{ HOST: '0.0.0.0' }, { host: '0.0.0.0' }],
    [{ PUBLIC_URL: 'https://phananh.example.vn/' }, { publicUrl: 'https://phananh.example.vn' }],
    [
      { SPEECH_TO_TEXT_URL: 'http://127.0.0.1:9000' },
      { speechToText: { url: 'http://127.0.0.1:9000', key: null, model: 'whisper-1' } },
    ],
    [{ ADMIN_EMAIL: 'Quan.Tri@Example.VN' }, { adminEmail: 'quan.tri@example.vn' }],
    [{ ADMIN_PASSWORD: 'mười-ký-tự-đủ' }, { adminPassword: 'mười-ký-tự-đủ' }],
    [{ LOG_LEVEL: 'silent' }, { logLevel: 'silent' }],
    [{ RATE_LIMITS: 'off' }, { isRateLimited: false }],
    [{ RATE_LIMITS: '1' }, { isRateLimited: true }],
    [{ PROOF_OF_WORK: 'on' }, { isProofOfWorkAsked: true }],
    [{ TRUST_PROXY: 'on' }, { trustProxy: true }],
    [{ TRUST_PROXY: 'off' }, { trustProxy: false }],
    [{ TRUST_PROXY: '2' }, { trustProxy: 2 }],
    [{ TRUST_PROXY: '10.0.0.0/8' }, { trustProxy: '10.0.0.0/8' }],
    [{ TRANSFORMER_DIR: '/srv/models/../classifier' }, { transformerDir: '/srv/classifier' }],
    [
      { TILE_URL: 'http://127.0.0.1/{z}/{x}/{y}.png' },
      { tileUrl: 'http://127.0.0.1/{z}/{x}/{y}.png' },
    ],
    [
      { TWILIO_ACCOUNT_SID: 'AC1', TWILIO_AUTH_TOKEN: 'token' },
      { twilio: { accountSid: 'AC1', authToken: 'token' } },
    ],
    [
      { CTI_TOKEN: 'a-token_of_an_exchange' },
      { cti: { token: 'a-token_of_an_exchange', hmacSecret: null, recordings: null } },
    ],
    [
      { CTI_TOKEN: 'a-token_of_an_exchange', CTI_HMAC_SECRET: SECRET },
      { cti: { token: 'a-token_of_an_exchange', hmacSecret: SECRET, recordings: null } },
    ],
    [
      {
        CTI_TOKEN: 'a-token_of_an_exchange',
        CTI_RECORDINGS_BASE: 'https://pbx.example.vn/records',
        CTI_RECORDINGS_TOKEN: 'lets-us-in',
      },
      {
        cti: {
          token: 'a-token_of_an_exchange',
          hmacSecret: null,
          recordings: { base: 'https://pbx.example.vn/records/', token: 'lets-us-in' },
        },
      },
    ],
    [
      {
        TWILIO_ACCOUNT_SID: 'AC1',
        TWILIO_AUTH_TOKEN: 'token',
        TWILIO_API_KEY: 'SK1',
        TWILIO_API_SECRET: 'secret',
        TWILIO_MESSAGING_FROM: 'HOI AM',
      },
      { twilio: { apiKey: { sid: 'SK1', secret: 'secret' }, messagingFrom: 'HOI AM' } },
    ],
    [
      { MONGODB_URI: 'mongodb://127.0.0.1/hoiam', INSTALLATION_SECRET: SECRET },
      { mongodbUri: 'mongodb://127.0.0.1/hoiam', installationSecret: SECRET },
    ],
  ])('%o is read', (environment, expected) => {
    expect(readConfig(environment)).toMatchObject(expected)
  })
})

describe('what is wrong', () => {
  const wrong = {
    PORT: '99999',
    PUBLIC_URL: 'ftp://example.vn',
    MONGODB_URI: 'postgres://127.0.0.1',
    TWILIO_AUTH_TOKEN: 'without its account',
    CTI_TOKEN: 'with/a/slash/in/an/address',
    TWILIO_API_SECRET: 'without its key',
    TWILIO_API_BASE: 'ftp://127.0.0.1',
    TILE_URL: 'http://127.0.0.1/tiles.png',
    LOG_LEVEL: 'loud',
    ADMIN_EMAIL: 'nobody',
    ADMIN_PASSWORD: 'short',
    RATE_LIMITS: 'maybe',
  }

  test('is listed all at once, each by its name', () => {
    const message = problemsOf({ ...wrong, INSTALLATION_SECRET: 'short' })
    for (const name of [...Object.keys(wrong), 'INSTALLATION_SECRET']) {
      expect(message).toContain(name)
    }
  })

  test.each(Object.entries(wrong))('names %s, and no other variable', (name, value) => {
    const message = problemsOf({ [name]: value })
    const others = Object.keys(wrong).filter((other) => other !== name)
    expect(message).toContain(name)
    for (const other of others) expect(message).not.toContain(other)
  })

  test('is also what is missing beside something else that is wrong', () => {
    const message = problemsOf({ PORT: 'x', MONGODB_URI: 'mongodb://127.0.0.1/hoiam' })
    expect(message).toContain('PORT')
    expect(message).toContain('INSTALLATION_SECRET')
  })

  test('is a secret of nobody', () => {
    expect(problemsOf({ CTI_HMAC_SECRET: SECRET })).toContain('CTI_TOKEN')
  })

  test.each([
    'ftp://pbx.example.vn/',
    'https://me:secret@pbx.example.vn/',
    'https://pbx.example.vn/?file=',
    'pbx.example.vn',
  ])('is no place for recordings: %s', (base) => {
    const given = { CTI_TOKEN: 'a-token_of_an_exchange', CTI_RECORDINGS_BASE: base }
    expect(problemsOf(given)).toContain('CTI_RECORDINGS_BASE')
  })

  test('is about recordings of no exchange', () => {
    const base = { CTI_RECORDINGS_BASE: 'https://pbx.example.vn/' }
    expect(problemsOf(base)).toContain('CTI_TOKEN')
    expect(problemsOf({ CTI_RECORDINGS_TOKEN: 'x' })).toContain('CTI_RECORDINGS_BASE')
  })

  test('is half of a pair', () => {
    expect(problemsOf({ TWILIO_ACCOUNT_SID: 'AC1' })).toContain('TWILIO_AUTH_TOKEN')
    expect(problemsOf({ TWILIO_AUTH_TOKEN: 'token' })).toContain('TWILIO_ACCOUNT_SID')
  })

  test('is a database without the secret that its processes share', () => {
    expect(problemsOf({ MONGODB_URI: 'mongodb://127.0.0.1/hoiam' })).toContain(
      'INSTALLATION_SECRET',
    )
  })

  test('is a map whose tiles are at no address', () => {
    expect(problemsOf({ TILE_URL: '/tiles/{z}/{x}/{y}.png' })).toContain('TILE_URL')
  })

  test('is never repeated: a secret does not end up in a log', () => {
    const message = problemsOf({ ADMIN_PASSWORD: 'hunter2', INSTALLATION_SECRET: 'not long' })
    expect(message).not.toContain('hunter2')
    expect(message).not.toContain('not long')
  })
})

function problemsOf(environment: Record<string, string>): string {
  try {
    readConfig(environment)
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError)
    return String(error)
  }
  throw new Error('nothing was found wrong')
}
