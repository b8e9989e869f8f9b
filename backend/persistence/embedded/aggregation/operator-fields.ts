import { CommandError } from '../errors.ts'
import { asText, show } from '../bson/show.ts'
import { isDoc, type Doc, type Value } from '../bson/values.ts'
import { checkDateParts } from './date-building.ts'
import { datePartNames } from './date-parts.ts'
import { nameOf } from './operands.ts'

/** How mongod words a refusal: of an operand that is no object, of an unknown field, of a missing one. */
type Wording = readonly [
  notObject: (name: string, operand: Value) => string,
  unknown: (name: string, field: string) => string,
  missing: (name: string, field: string) => string,
]

const parameter: Wording = [
  (name) => `${name} only supports an object as its argument`,
  (name, field) => `Unrecognized parameter to ${name}: ${field}`,
  (name, field) => `Missing '${field}' parameter to ${name}`,
]
const date: Wording = [
  parameter[0],
  (name, field) => `Unrecognized argument to ${name}: ${field}`,
  parameter[2],
]
const specified: Wording = [
  (name, operand) => `${name} requires an object as an argument, found: ${nameOf(operand)}`,
  (name, field) => `${name} found an unknown argument: ${field}`,
  (name, field) => `${name} requires '${field}' to be specified`,
]
const regex: Wording = [
  (name, operand) => `${name} expects an object of named arguments but found: ${nameOf(operand)}`,
  specified[1],
  (name, field) => `${name} requires '${field}' parameter`,
]
const trim: Wording = [
  (name, operand) => `${name} only supports an object as an argument, found ${nameOf(operand)}`,
  specified[1],
  (name, field) => `${name} requires an '${field}' field`,
]

const ranked: Wording = [
  (name, operand) => `specification must be an object; found ${name}: ${show(operand)}`,
  (_, field) => `Unknown argument for 'n' operator: ${field}`,
  (_, field) => `Missing value for '${field}'`,
]

/** What an operator with named operands takes, and mongod's codes for what is wrong with them. */
interface Fields {
  readonly wording: Wording
  readonly notObject: number
  readonly unknown: number
  /** Required fields, each with the code for its absence. */
  readonly required: Readonly<Record<string, number>>
  readonly optional: readonly string[]
}

function takes(
  wording: Wording,
  [notObject, unknown]: readonly [number, number],
  required: Readonly<Record<string, number>>,
  optional = '',
): Fields {
  return { wording, notObject, unknown, required, optional: optional.split(' ') }
}

const trimFields = takes(trim, [50696, 50694], { input: 50695 }, 'chars')
const replaceFields = takes(specified, [51751, 51750], {
  input: 51749,
  find: 51748,
  replacement: 51747,
})
const regexFields = takes(regex, [51103, 31024], { input: 31022, regex: 31023 }, 'options')
const nFields = takes(ranked, [5787900, 5787901], { n: 5787906, input: 5787907 })
const bestCodes = { sortBy: 5788005, output: 5788004 }
const bestFields = takes(ranked, [5788001, 5788002], bestCodes)
const bestNFields = takes(ranked, [5788001, 5788002], { n: 5788003, ...bestCodes })
const setFieldCodes = [4161100, 4161101] as const

const fields: ReadonlyMap<string, Fields> = new Map<string, Fields>([
  ['$firstN', nFields],
  ['$lastN', nFields],
  ['$minN', nFields],
  ['$maxN', nFields],
  ['$top', bestFields],
  ['$topN', bestNFields],
  ['$bottom', bestFields],
  ['$bottomN', bestNFields],
  [
    '$filter',
    takes(parameter, [28646, 28647], { input: 28648, cond: 28650 }, 'as limit arrayIndexAs'),
  ],
  ['$map', takes(parameter, [16878, 16879], { input: 16880, in: 16882 }, 'as arrayIndexAs')],
  ['$zip', takes(trim, [34460, 34464], {}, 'inputs defaults useLongestLength')],
  ['$reduce', takes(specified, [40075, 40076], { input: 40077, initialValue: 40078, in: 40079 })],
  ['$let', takes(parameter, [16874, 16875], { vars: 16876, in: 16877 })],
  ['$switch', takes(parameter, [40060, 40067], {}, 'branches default')],
  ['$trim', trimFields],
  ['$ltrim', trimFields],
  ['$rtrim', trimFields],
  ['$replaceOne', replaceFields],
  ['$replaceAll', replaceFields],
  ['$regexMatch', regexFields],
  ['$regexFind', regexFields],
  ['$regexFindAll', regexFields],
  ['$getField', takes(specified, [3041701, 3041701], { field: 3041702, input: 3041703 })],
  [
    '$setField',
    takes(specified, setFieldCodes, { field: 4161102, input: 4161109, value: 4161103 }),
  ],
  ['$unsetField', takes(specified, setFieldCodes, { field: 4161102, input: 4161109 })],
  ['$sortArray', takes(specified, [2942500, 2942501], { input: 2942502, sortBy: 2942503 })],
  [
    '$dateFromParts',
    takes(
      date,
      [40519, 40518],
      {},
      'year month day isoWeekYear isoWeek isoDayOfWeek hour minute second millisecond timezone',
    ),
  ],
  [
    '$dateFromString',
    takes(date, [40540, 40541], { dateString: 40542 }, 'format timezone onNull onError'),
  ],
  [
    '$dateDiff',
    takes(
      date,
      [5166301, 5166302],
      { startDate: 5166303, endDate: 5166304, unit: 5166305 },
      'timezone startOfWeek',
    ),
  ],
  [
    '$dateTrunc',
    takes(
      date,
      [5439007, 5439008],
      { date: 5439009, unit: 5439010 },
      'binSize timezone startOfWeek',
    ),
  ],
  ['$dateToParts', takes(date, [40524, 40520], { date: 40522 }, 'timezone iso8601')],
  ['$dateToString', takes(date, [18629, 18534], { date: 18628 }, 'format timezone onNull')],
])

/** True for an operator of dates, whose operands have names and may be left out. */
export function takesFields(name: string): boolean {
  return datePartNames.has(name) || /^\$date[A-Z]/.test(name)
}

/** Refuses an operator whose named operands are not those that it takes. */
export function checkFields(name: string, operand: Value): void {
  if (name === '$cond' && isDoc(operand)) checkCond(new Set(operand.keys()))
  const given = Array.isArray(operand) ? operand.length : 1
  if (name === '$ifNull' && given < 2) {
    throw new CommandError(1257300, `$ifNull needs at least two arguments, had: ${String(given)}`)
  }
  if (name === '$rand') checkRand(operand)
  if (name === '$dateAdd' || name === '$dateSubtract') checkShift(name, operand)
  if (datePartNames.has(name) && Array.isArray(operand) && operand.length !== 1) {
    throw new CommandError(
      40536,
      `${name} accepts exactly one argument if given an array, but was given ${String(operand.length)}`,
    )
  }
  const known = fields.get(name)
  if (!known || (name === '$getField' && !isSpecification(operand))) return
  const [notObject, unknown, missing] = known.wording
  if (!isDoc(operand)) throw new CommandError(known.notObject, notObject(name, operand))
  for (const field of operand.keys()) {
    if (Object.hasOwn(known.required, field) || known.optional.includes(field)) continue
    throw new CommandError(known.unknown, unknown(name, field))
  }
  for (const [field, code] of Object.entries(known.required)) {
    if (!operand.has(field)) throw new CommandError(code, missing(name, field))
  }
  if (name === '$zip') checkZip(operand)
  if (name === '$switch') checkBranches(operand.get('branches'))
  if (name === '$let') checkVariables(operand.get('vars'))
  if (name === '$map' || name === '$filter') checkName(operand.get('as') ?? 'this')
  if (name === '$dateFromParts') checkDateParts(operand)
}

function checkZip(operand: Doc): void {
  const [inputs = [], defaults, isLongest = false] = ['inputs', 'defaults', 'useLongestLength'].map(
    (name) => operand.get(name),
  )
  const refuse = (isWrong: boolean, code: number, message: string): void => {
    if (isWrong) throw new CommandError(code, message)
  }
  const list = (value: Value): string => ` must be an array of expressions, found ${nameOf(value)}`
  refuse(!Array.isArray(inputs), 34461, `inputs${list(inputs)}`)
  refuse(defaults !== undefined && !Array.isArray(defaults), 34462, `defaults${list(defaults)}`)
  refuse(
    typeof isLongest !== 'boolean',
    34463,
    `useLongestLength must be a bool, found ${nameOf(isLongest)}`,
  )
  const [given, wanted] = [inputs, defaults].map((each) => (Array.isArray(each) ? each.length : 0))
  refuse(given === 0, 34465, '$zip requires at least one input array')
  refuse(
    wanted !== 0 && isLongest !== true,
    34466,
    'cannot specify defaults unless useLongestLength is true',
  )
  refuse(wanted !== 0 && wanted !== given, 34467, 'defaults and inputs must have the same length')
}

function checkRand(operand: Value): void {
  if (!isDoc(operand) && !Array.isArray(operand))
    throw new CommandError(10065, 'invalid parameter: expected an object ($rand)')
  if ((isDoc(operand) ? operand.size : operand.length) > 0)
    throw new CommandError(3040501, '$rand does not currently accept arguments')
}

function checkShift(name: string, operand: Value): void {
  if (!isDoc(operand))
    throw new CommandError(
      5166400,
      `${name} expects an object as its argument.found input type:${nameOf(operand)}`,
    )
  const unknown = [...operand.keys()].find(
    (field) => !['startDate', 'unit', 'amount', 'timezone'].includes(field),
  )
  if (unknown !== undefined) {
    throw new CommandError(
      5166401,
      `Unrecognized argument to ${name}: ${unknown}. Expected arguments are startDate, unit, amount, and optionally timezone.`,
    )
  }
  if (['startDate', 'unit', 'amount'].every((field) => operand.has(field))) return
  throw new CommandError(5166402, `${name} requires startDate, unit, and amount to be present`)
}

// `{ $getField: <expression> }` is short for a field of the current document.
function isSpecification(operand: Value): boolean {
  return isDoc(operand) && !operand.keys().next().value?.startsWith('$')
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
  if (branches !== undefined && !Array.isArray(branches)) {
    throw new CommandError(
      40061,
      `$switch expected an array for 'branches', found: ${nameOf(branches)}`,
    )
  }
  if (!branches || branches.length === 0)
    throw new CommandError(40068, '$switch requires at least one branch')
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

/** Refuses variables that a client may not name so. */
export function checkVariables(vars: Value): void {
  if (!isDoc(vars)) throw new CommandError(10065, 'invalid parameter: expected an object (vars)')
  for (const name of vars.keys()) checkName(name)
}

function checkName(given: Value): void {
  const name = asText(given)
  if (/^[a-z\u0080-\uffff][\w\u0080-\uffff]*$/.test(name) || name === 'CURRENT') return
  if (name === '') throw new CommandError('FailedToParse', 'empty variable names are not allowed')
  const invalid = /^[a-z\u0080-\uffff]/.test(name)
    ? `contains an invalid character for a variable name: '${/[^\w\u0080-\uffff]/.exec(name)?.[0] ?? ''}'`
    : 'starts with an invalid character for a user variable name'
  throw new CommandError('FailedToParse', `'${name}' ${invalid}`)
}
