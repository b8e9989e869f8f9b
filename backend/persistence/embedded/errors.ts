/** MongoDB's error codes that this server answers with, by their official names. */
export const errorCodes = {
  InternalError: 1,
  BadValue: 2,
  HostUnreachable: 6,
  HostNotFound: 7,
  UnknownError: 8,
  FailedToParse: 9,
  Unauthorized: 13,
  TypeMismatch: 14,
  Overflow: 15,
  InvalidLength: 16,
  IllegalOperation: 20,
  InvalidBSON: 22,
  AlreadyInitialized: 23,
  AuthenticationFailed: 18,
  NamespaceNotFound: 26,
  IndexNotFound: 27,
  PathNotViable: 28,
  CursorNotFound: 43,
  NamespaceExists: 48,
  MaxTimeMSExpired: 50,
  DollarPrefixedFieldName: 52,
  CommandNotFound: 59,
  ImmutableField: 66,
  CannotCreateIndex: 67,
  IndexAlreadyExists: 68,
  InvalidOptions: 72,
  InvalidNamespace: 73,
  IndexOptionsConflict: 85,
  IndexKeySpecsConflict: 86,
  NetworkTimeout: 89,
  ShutdownInProgress: 91,
  NotYetInitialized: 94,
  OperationFailed: 96,
  DocumentValidationFailure: 121,
  NotImplemented: 238,
  ConflictingUpdateOperators: 40,
  CommandNotSupported: 115,
  CannotBackfillArray: 171,
  QueryPlanKilled: 175,
  ConversionFailure: 241,
  TransactionTooOld: 225,
  NoSuchTransaction: 251,
  UnknownReplWriteConcern: 79,
  InvalidIndexSpecificationOption: 197,
  InvalidPipelineOperator: 168,
  Interrupted: 11601,
  InterruptedAtShutdown: 11600,
  BSONObjectTooLarge: 10334,
  DuplicateKey: 11000,
  OutOfDiskSpace: 14031,
  IndexBuildAborted: 276,
  PrimarySteppedDown: 189,
  SocketException: 9001,
  NotWritablePrimary: 10107,
  InterruptedDueToReplStateChange: 11602,
  NotPrimaryNoSecondaryOk: 13435,
  NotPrimaryOrSecondary: 13436,
  QueryExceededMemoryLimitNoDiskUseAllowed: 292,
  InvalidUUID: 207,
  NoProgressMade: 82,
  NoQueryExecutionPlans: 291,
  UnsupportedFormat: 12,
  IDLUnknownField: 40415,
  IDLFailedToParse: 40414,
  CommandNotSupportedOnView: 166,
  OptionNotSupportedOnView: 167,
  GraphContainsCycle: 5,
  APIVersionError: 322,
  APIStrictError: 323,
  APIDeprecationError: 324,
  InvalidIdField: 53,
  NotSingleValueField: 54,
  NotExactValueField: 111,
  QueryFeatureNotAllowed: 224,
  EmptyFieldName: 56,
  NoReplicationEnabled: 76,
  MechanismUnavailable: 334,
  UnsupportedOpQueryCommand: 352,
  WriteConflict: 112,
  // What tests of clients let commands fail with.
  WriteConcernFailed: 64,
  UnsatisfiableWriteConcern: 100,
  FailedToSatisfyReadPreference: 133,
  ReadConcernMajorityNotAvailableYet: 134,
  CursorKilled: 237,
  ExceededTimeLimit: 262,
  ChangeStreamHistoryLost: 286,
  ReauthenticationRequired: 391,
  StaleConfig: 13388,
} as const

/** The official name of an error code, or of none. */
export type ErrorName = keyof typeof errorCodes

const namesByCode = new Map<number, string>(
  Object.entries(errorCodes).map(([name, code]) => [code, name]),
)

/** The official name of an error code, or what mongod calls one without a name. */
export function codeNameOf(code: number): string {
  return namesByCode.get(code) ?? `Location${String(code)}`
}

/** What a refused command may add to its error document (keyPattern, errInfo, labels …). */
export type ErrorDetails = Readonly<Record<string, unknown>>

/** A refusal that the client is told about exactly as mongod would tell it. */
export class CommandError extends Error {
  readonly code: number
  readonly codeName: string
  readonly details: ErrorDetails

  constructor(code: ErrorName | number, message: string, details: ErrorDetails = {}) {
    super(message)
    this.name = 'CommandError'
    this.code = typeof code === 'number' ? code : errorCodes[code]
    this.codeName = typeof code === 'number' ? codeNameOf(code) : code
    this.details = details
  }
}

/** The refusal of a MongoDB feature that this server leaves to a full MongoDB. */
export function notSupported(feature: string, code: ErrorName | number = 'CommandNotSupported') {
  return new CommandError(
    code,
    `${feature} is not supported by the embedded database; set MONGODB_URI to use a MongoDB server that has it`,
  )
}

/** An error with what was being done when it arose, as mongod words it; other errors stay as they are. */
export function withContext(error: unknown, context: string): unknown {
  if (!(error instanceof CommandError) || error.codeName === 'CommandNotSupported') return error
  // The planner works before anything runs, and says so itself.
  if (error.message.startsWith('error processing query')) return error
  return new CommandError(error.code, `${context} :: caused by :: ${error.message}`, error.details)
}
