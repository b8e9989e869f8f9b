import { CommandError } from '../errors.ts'
import { isDoc, type Value } from '../bson/values.ts'

/** What an operator with named operands takes, and mongod's codes for what is wrong with them. */
interface Fields {
  readonly notObject: number
  readonly unknown: number
  /** Required fields, each with the code for its absence. */
  readonly required: Readonly<Record<string, number>>
  readonly optional: readonly string[]
}

const fields: ReadonlyMap<string, Fields> = new Map<string, Fields>([
  [
    '$filter',
    {
      notObject: 28646,
      unknown: 28647,
      required: { input: 28648, cond: 28650 },
      optional: ['as', 'limit', 'arrayIndexAs'],
    },
  ],
  [
    '$map',
    {
      notObject: 16878,
      unknown: 16879,
      required: { input: 16880, in: 16882 },
      optional: ['as', 'arrayIndexAs'],
    },
  ],
  [
    '$reduce',
    {
      notObject: 40075,
      unknown: 40076,
      required: { input: 40077, initialValue: 40078, in: 40079 },
      optional: [],
    },
  ],
  [
    '$let',
    { notObject: 16874, unknown: 16875, required: { vars: 16876, in: 16877 }, optional: [] },
  ],
  [
    '$switch',
    { notObject: 40060, unknown: 40067, required: { branches: 40068 }, optional: ['default'] },
  ],
  ...['$regexMatch', '$regexFind', '$regexFindAll'].map((name): [string, Fields] => [
    name,
    {
      notObject: 51103,
      unknown: 31024,
      required: { input: 31022, regex: 31023 },
      optional: ['options'],
    },
  ]),
])

/** Refuses an operator whose named operands are not those that it takes. */
export function checkFields(name: string, operand: Value): void {
  if (name === '$cond' && isDoc(operand)) checkCond(new Set(operand.keys()))
  if (name === '$ifNull' && (!Array.isArray(operand) || operand.length < 2)) {
    throw new CommandError(1257300, '$ifNull needs at least two arguments')
  }
  const known = fields.get(name)
  if (!known) return
  if (!isDoc(operand))
    throw new CommandError(known.notObject, `${name} only supports an object as its argument`)
  for (const field of operand.keys()) {
    if (Object.hasOwn(known.required, field) || known.optional.includes(field)) continue
    throw new CommandError(known.unknown, `Unrecognized parameter to ${name}: ${field}`)
  }
  for (const [field, code] of Object.entries(known.required)) {
    if (!operand.has(field)) throw new CommandError(code, `Missing '${field}' parameter to ${name}`)
  }
  if (name === '$switch') checkBranches(operand.get('branches'))
  if (name === '$let') checkNames(operand.get('vars'))
}

function checkCond(given: ReadonlySet<string>): void {
  for (const field of given) {
    if (!['if', 'then', 'else'].includes(field))
      throw new CommandError(17083, `Unrecognized parameter to $cond: ${field}`)
  }
  for (const [field, code] of Object.entries({ if: 17080, then: 17081, else: 17082 })) {
    if (!given.has(field)) throw new CommandError(code, `Missing '${field}' parameter to $cond`)
  }
}

function checkBranches(branches: Value): void {
  if (!Array.isArray(branches)) {
    throw new CommandError(40061, "$switch expected an array for 'branches'")
  }
  if (branches.length === 0) throw new CommandError(40068, '$switch requires at least one branch.')
  for (const branch of branches) {
    if (!isDoc(branch))
      throw new CommandError(40062, '$switch expected each branch to be an object')
    for (const field of branch.keys()) {
      if (field !== 'case' && field !== 'then')
        throw new CommandError(40063, `$switch found an unknown argument to a branch: ${field}`)
    }
    if (!branch.has('case'))
      throw new CommandError(40064, "$switch requires each branch have a 'case' expression")
    if (!branch.has('then'))
      throw new CommandError(40065, "$switch requires each branch have a 'then' expression.")
  }
}

function checkNames(vars: Value): void {
  if (!isDoc(vars)) throw new CommandError(10065, 'invalid parameter: expected an object (vars)')
  for (const name of vars.keys()) {
    if (/^[a-z\u0080-\uffff][\w\u0080-\uffff]*$/.test(name) || name === 'CURRENT') continue
    throw new CommandError(
      'FailedToParse',
      `'${name}' starts with an invalid character for a user variable name`,
    )
  }
}
