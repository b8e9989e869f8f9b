import { Answer, AnswerPage, AnswerQuery, Performance } from '#contracts/answers'
import { SimilarAnswer, SimilarAnswersQuery } from '#contracts/answers'
import { CallRecord, LegView, RecordingView, TransferView } from '#contracts/call-record'
import { CallPage, CallRow } from '#contracts/calls'
import { CannedAnswer, CaseCommands, CaseCounts, CasePage, CaseQuery } from '#contracts/cases'
import { CaseResponse, CaseRow, CaseStep, CaseView, LikelyDuplicate } from '#contracts/cases'
import { DraftReview, NewDraftReview, NewMessage, StepMessage } from '#contracts/cases'
import { Agency, AgencyRef, Bilingual, Catalogue, Field, Topic } from '#contracts/catalogue'
import { Unit, UnitQuery } from '#contracts/catalogue'
import { FieldError, Problem } from '#contracts/errors'
import { HotlinePreview } from '#contracts/hotline'
import { DoubtfulExample, DoubtfulExamples, DoubtVerdict } from '#contracts/learning'
import { LearningOverview, ModelVersionView, VersionChoice } from '#contracts/learning'
import { Challenge, NewContact, NewDispute, NewPlace, NewRating } from '#contracts/reports'
import { NewReport, NewSupplement, PublicStep, ReportPreview } from '#contracts/reports'
import { ReportPreviewQuery, ReportReceipt, ReportStatus } from '#contracts/reports'
import { AgencyUpdate, SettingContracts } from '#contracts/settings'
import {
  NewStaffAccount,
  OwnAccountChange,
  Session,
  StaffAccount,
  StaffAccountChange,
} from '#contracts/staff'
import { StaffRef } from '#contracts/staff'
import { AgentList, AgentPresence, AgentSkills, AgentView } from '#contracts/telephony'
import { CallBackChange, CallBackList, CallBackView, NewCallBack } from '#contracts/telephony'
import { CallBoard, CallView, Monitor, NewCall, SoftphoneToken } from '#contracts/telephony'
import { TranscriptLine, Transfer, WrapUp } from '#contracts/telephony'
import { Wallboard, WallboardHistory } from '#contracts/telephony'
import { CallQuery } from './calls.ts'
import { HistoryQuery } from './day-range.ts'
import { AgencyQuery } from './catalogue.ts'

/** What callers send: described as it is before parsing, defaults optional. */
export const REQUESTS = {
  NewReport,
  NewContact,
  NewPlace,
  ReportPreviewQuery,
  NewRating,
  NewDispute,
  NewSupplement,
  CorrectCase: CaseCommands.correct,
  SplitCase: CaseCommands.split,
  RouteCase: CaseCommands.route,
  AcceptCase: CaseCommands.accept,
  ReturnCase: CaseCommands.return,
  DraftResponse: CaseCommands.draft,
  NewDraftReview,
  SubmitResponse: CaseCommands.submit,
  ApproveResponse: CaseCommands.approve,
  SendBackResponse: CaseCommands['send-back'],
  NoteCase: CaseCommands.note,
  ExtendCase: CaseCommands.extend,
  RejectCase: CaseCommands.reject,
  RedirectCase: CaseCommands.redirect,
  MergeCase: CaseCommands.merge,
  UnmergeCase: CaseCommands.unmerge,
  RevealContact: CaseCommands.reveal,
  NewMessage,
  SimilarAnswersQuery,
  NewStaffAccount,
  StaffAccountChange,
  OwnAccountChange,
  AgencyUpdate,
  DoubtVerdict,
  VersionChoice,
  NewCall,
  Transfer,
  Monitor,
  WrapUp,
  AgentPresence,
  AgentSkills,
  NewCallBack,
  CallBackChange,
} as const

/** What we answer. Settings are sent in the same shape. */
export const ANSWERS = {
  ReportReceipt,
  ReportPreview,
  ReportStatus,
  PublicStep,
  Challenge,
  Catalogue,
  Field,
  Topic,
  Bilingual,
  Unit,
  AgencyRef,
  Agency,
  Answer,
  AnswerPage,
  Performance,
  Session,
  StaffRef,
  StaffAccount,
  CaseRow,
  CasePage,
  CaseCounts,
  CaseView,
  CaseStep,
  StepMessage,
  CaseResponse,
  LikelyDuplicate,
  DraftReview,
  CannedAnswer,
  SimilarAnswer,
  CallRow,
  CallPage,
  CallView,
  CallRecord,
  LegView,
  TransferView,
  RecordingView,
  CallBoard,
  Wallboard,
  WallboardHistory,
  TranscriptLine,
  AgentView,
  AgentList,
  SoftphoneToken,
  CallBackView,
  CallBackList,
  LearningOverview,
  ModelVersionView,
  DoubtfulExample,
  DoubtfulExamples,
  FieldSettings: SettingContracts.fields,
  RoutingSettings: SettingContracts.routing,
  CalendarSettings: SettingContracts.calendar,
  ServiceLevelSettings: SettingContracts['service-levels'],
  CannedAnswerSettings: SettingContracts['canned-answers'],
  HotlineSettings: SettingContracts.hotline,
  HotlinePreview,
  CtiSettings: SettingContracts.cti,
  Problem,
  FieldError,
} as const

/** What query strings hold. */
export const QUERIES = {
  AnswerQuery,
  UnitQuery,
  CaseQuery,
  AgencyQuery,
  CallQuery,
  HistoryQuery,
} as const

/** Every contract by the name the document gives it. */
export type Contracts = typeof REQUESTS & typeof ANSWERS & typeof QUERIES
/** A contract of a request's or an answer's body. */
export type BodyName = keyof typeof REQUESTS | keyof typeof ANSWERS
/** A contract of a query string. */
export type QueryName = keyof typeof QUERIES
