import { CommandError } from '../errors.ts'
import { asText } from '../bson/show.ts'
import { doc, isDoc, isNumber, toDouble, type Doc, type Value } from '../bson/values.ts'

const readFields = ['level', 'afterClusterTime', 'afterOpTime', 'atClusterTime', 'provenance']
const levels = ['local', 'majority', 'linearizable', 'available', 'snapshot']

/** Refuses a read concern that does not exist, or has a field that none has. */
export function checkReadConcern(body: Doc): void {
  const concern = body.get('readConcern')
  for (const field of isDoc(concern) ? concern.keys() : []) {
    if (readFields.includes(field)) continue
    throw new CommandError(
      'IDLUnknownField',
      `BSON field 'readConcern.${field}' is an unknown field.`,
    )
  }
  const level = isDoc(concern) ? concern.get('level') : undefined
  if (level === undefined || levels.includes(level as string)) return
  throw new CommandError(
    'BadValue',
    `Enumeration value '${asText(level)}' for field 'readConcern.level' is not a valid value.`,
  )
}

/** What a reply says when so many servers as the write concern asks for are not there, or null. */
export function concernError(body: Doc): Doc | null {
  const concern = body.get('writeConcern')
  const w = isDoc(concern) ? concern.get('w') : undefined
  if (!isDoc(concern) || w === undefined || w === 'majority') return null
  const errInfo = doc({
    writeConcern: doc({
      w,
      wtimeout: concern.get('wtimeout') ?? 0,
      provenance: 'clientSupplied',
    }),
  })
  if (typeof w === 'string') {
    const errmsg = `No write concern mode named '${w}' found in replica set configuration`
    return doc({ code: 79, codeName: 'UnknownReplWriteConcern', errmsg, errInfo })
  }
  if (!isNumber(w) || toDouble(w) <= 1) return null
  const errmsg = 'Not enough data-bearing nodes'
  return doc({ code: 100, codeName: 'UnsatisfiableWriteConcern', errmsg, errInfo })
}

/** Refuses a write concern that asks for something impossible to count. */
export function checkWriteConcern(body: Doc): void {
  const concern = body.get('writeConcern')
  const w: Value = isDoc(concern) ? concern.get('w') : undefined
  if (!isNumber(w) || (toDouble(w) >= 0 && toDouble(w) <= 50)) return
  throw new CommandError(
    'FailedToParse',
    `w has to be a non-negative number and not greater than 50; found: ${String(toDouble(w))}`,
  )
}
