import { randomUUID } from 'node:crypto'
import { CommandError } from '../errors.ts'
import {
  bsonType,
  isDoc,
  isNumber,
  RawDocument,
  toDouble,
  type Doc,
  type Value,
} from '../bson/values.ts'
import type { Engine } from '../engine.ts'
import type { Authentication } from '../wire/authentication.ts'

/** What a command knows about who asks and where. */
export interface Session {
  readonly connectionId: number
  readonly authentication: Authentication
  /** What the client calls itself, as it said with its first hello. */
  appName: string | null
}

/** One command as it came from the client. */
export interface Request {
  readonly name: string
  readonly db: string
  readonly body: Doc
  /** Documents sent beside the body, still encoded, by the name of their field. */
  readonly sequences: ReadonlyMap<string, readonly Buffer[]>
  readonly session: Session
  readonly deadline: number
}

/** What the server is, for commands that tell clients. */
export interface ServerState {
  readonly engine: Engine
  readonly processId: string
  host: string
  /** The name of the replica set that clients see, or null for a standalone server. */
  setName: string | null
  isPrimary: boolean
  readonly startedAt: Date
  /** Tests may let commands fail. */
  readonly testCommands: boolean
  /** Failures that tests have asked for, by the fail point's name. */
  readonly failPoints: Map<string, { skip: number; times: number; readonly data: Doc }>
  readonly onInitiate: (setName: string) => void
  readonly onShutdown: () => void
}

/** Carries out a command and answers with its reply, without `ok`. */
export type Command = (request: Request, server: ServerState) => Doc | Promise<Doc>

/** A new random id for this run of the server. */
export function newProcessId(): string {
  return randomUUID().replaceAll('-', '').slice(0, 24)
}

/** A required text of a command. */
export function textOf(body: Doc, name: string): string {
  const value = body.get(name)
  if (typeof value === 'string') return value
  throw wrongType(pathOf(body, name), value, 'string')
}

/** The collection that a command names, checked as mongod does. */
export function collectionName(request: Request, field = request.name): string {
  const name = request.body.get(field)
  if (typeof name !== 'string') {
    throw new CommandError(
      'InvalidNamespace',
      `collection name has invalid type ${bsonType(name)[1]}`,
    )
  }
  return checkedName(request.db, name)
}

/** A collection name that may exist. */
export function checkedName(db: string, name: string): string {
  if (
    name === '' ||
    name.includes('\0') ||
    name.startsWith('.') ||
    name.includes('$') ||
    name.endsWith('.') ||
    name.includes('..')
  ) {
    throw new CommandError('InvalidNamespace', `Invalid namespace specified '${db}.${name}'`)
  }
  if (Buffer.byteLength(`${db}.${name}`) > 255) {
    throw new CommandError(
      'InvalidNamespace',
      `Fully qualified namespace is too long. Namespace: ${db}.${name} Max: 255`,
    )
  }
  return name
}

/** An optional document of a command. */
export function docOf(body: Doc, name: string): Doc | null {
  const value = body.get(name)
  if (value === undefined || value === null) return null
  if (isDoc(value)) return value
  throw wrongType(pathOf(body, name), value, 'object')
}

/** An optional whole number of a command. */
export function numberOf(body: Doc, name: string, fallback: number, path?: string): number {
  const value = body.get(name)
  if (value === undefined || value === null) return fallback
  if (isNumber(value)) return Math.trunc(toDouble(value))
  throw wrongType(path ?? pathOf(body, name), value, '[long, int, decimal, double]')
}

/** An optional flag of a command or, at `path`, of one of its statements: true or false alone. */
export function flagOf(body: Doc, name: string, fallback = false, path?: string): boolean {
  const value = body.get(name)
  if (typeof value === 'boolean') return value
  if (value === undefined) return fallback
  throw wrongType(path ?? pathOf(body, name), value, 'bool')
}

/** An optional flag for which numbers do as well, as old clients write them. */
export function looseFlagOf(body: Doc, name: string, path?: string): boolean {
  const value = body.get(name)
  if (value === undefined || value === null) return false
  if (typeof value === 'boolean') return value
  if (isNumber(value)) return toDouble(value) !== 0
  throw wrongType(path ?? pathOf(body, name), value, '[bool, long, int, decimal, double]')
}

/** A required array of a command. */
export function arrayOf(body: Doc, name: string): readonly Value[] {
  const value = body.get(name)
  if (Array.isArray(value)) return value
  throw wrongType(pathOf(body, name), value, 'array')
}

// A command, which alone names a database, stands before its fields.
function pathOf(body: Doc, name: string): string {
  const command = body.keys().next().value
  return command !== undefined && body.has('$db') ? `${command}.${name}` : name
}

/** The refusal of a command's field that has the wrong type or is missing. */
export function wrongType(name: string, value: Value, wanted: string): CommandError {
  if (value === undefined) {
    return new CommandError(
      'IDLFailedToParse',
      `BSON field '${name}' is missing but a required field`,
    )
  }
  return new CommandError(
    'TypeMismatch',
    `BSON field '${name}' is the wrong type '${bsonType(value)[1]}', expected ${wanted.startsWith('[') ? 'types' : 'type'} '${wanted}'`,
  )
}

/** The documents that a command carries in its body or in a sequence beside it. */
export function encodedDocuments(request: Request, name: string): readonly (Buffer | Doc)[] {
  const sequence = request.sequences.get(name)
  if (sequence) return sequence
  return arrayOf(request.body, name).map((value) => {
    if (isDoc(value)) return value
    if (value instanceof RawDocument) return value.bytes
    throw wrongType(`${pathOf(request.body, name)}.0`, value, 'object')
  })
}
