import type { StaffMember } from '#domain/access'
import { addWorkingMinutes } from '#domain/business-calendar'
import type { Case } from '#domain/case'
import { actOnCase } from '#use-cases/case-actions'
import { disputeReport, rateReport } from '#use-cases/answer-back'
import type { Ports } from '#use-cases/ports'
import { submitReport } from '#use-cases/submit-report'
import type { WrittenCase } from './read-texts.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const HISTORY_DAYS = 90

/** How far a case has come by now; chosen by age, with a few that are late. */
type Fate = 'new' | 'accepted' | 'answered' | 'published' | 'rated' | 'disputed'

/** A clock that the history turns forward; everything goes through the real use cases. */
type Story = { at: Date; readonly ports: Ports; readonly staff: readonly StaffMember[] }

/** Writes three months of cases in all states. Answers how many. */
export async function writeHistory(
  cases: readonly WrittenCase[],
  staff: readonly StaffMember[],
  live: Ports,
): Promise<number> {
  const endsAt = live.now().getTime()
  for (const [index, written] of cases.entries()) {
    // Spread over the months, the last few within this day; the hours differ by a fixed pattern.
    const age = ageOf(index, cases.length)
    const story: Story = {
      at: new Date(endsAt - age),
      staff,
      ports: { ...live, now: () => story.at, publisher: { publish: () => undefined } },
    }
    await tell(story, written, fateOf(index, age), endsAt)
  }
  return cases.length
}

async function tell(story: Story, written: WrittenCase, fate: Fate, endsAt: number): Promise<void> {
  const { ports } = story
  const { opened, pin } = await submitReport(
    {
      text: written.text,
      place: written.place,
      consents: ['contact', 'publish'],
      lang: 'vi',
      ...(written.contact === null ? {} : { contact: written.contact }),
    },
    { channel: 'web', idempotencyKey: null, uploads: [] },
    ports,
  )
  if (fate === 'new') return
  const routed = await sorted(story, opened, written, endsAt)
  if (routed.agency === null || routed.status !== 'routed') return

  const officer = memberOf(routed, 'officer', story)
  const approver = memberOf(routed, 'approver', story)
  wait(story, 5, endsAt)
  let current = await act('accept', routed, officer, {}, ports)
  if (written.internalNote !== null) {
    current = await act('note', current, officer, { text: written.internalNote }, ports)
  }
  if (fate === 'accepted') return
  wait(story, 12, endsAt)
  current = await act('submit', current, officer, { text: written.response }, ports)
  if (fate === 'answered') return
  wait(story, 4, endsAt)
  current = await act('approve', current, approver, {}, ports)
  if (fate === 'published') return
  wait(story, 9, endsAt)
  await answerBack(story, current, pin, written, fate)
}

/** Unsure cases are sorted by an agent; a wrong guess is corrected. */
async function sorted(
  story: Story,
  opened: Case,
  written: WrittenCase,
  endsAt: number,
): Promise<Case> {
  const isRight = opened.status === 'routed' && opened.field === written.fieldId
  const isCorrectable = ['triage', 'routed'].includes(opened.status)
  const isLegal = written.kind === 'complaint' || written.kind === 'denunciation'
  if (isRight || !isCorrectable || isLegal || written.kind === 'invalid') return opened
  const agent = story.staff.find(({ role }) => role === 'supervisor')
  if (agent === undefined) return opened
  wait(story, 1, endsAt)
  const { fieldId, topicId } = written
  return act('correct', opened, agent, { fieldId, topicId }, story.ports)
}

async function answerBack(
  story: Story,
  current: Case,
  pin: string,
  written: WrittenCase,
  fate: Fate,
): Promise<void> {
  const key = { pin, phone: null }
  if (fate === 'disputed') {
    const reason = 'Sửa xong hai hôm lại hỏng như cũ, xin kiểm tra lại giúp.'
    await disputeReport(current.code, key, { reason }, story.ports)
    return
  }
  const { rating, ratingComment } = written
  const comment = ratingComment === null ? {} : { comment: ratingComment }
  await rateReport(current.code, key, { score: rating ?? 4, ...comment }, story.ports)
}

type Simple = 'accept' | 'submit' | 'approve' | 'note' | 'correct'

async function act(
  action: Simple,
  current: Case,
  staff: StaffMember,
  command: object,
  ports: Ports,
): Promise<Case> {
  const asked = { command: { version: current.version, ...command } as never, staff }
  return actOnCase(action, current.code, asked, ports)
}

/** The agency's own person where the demo has an account for one, else somebody without an account. */
function memberOf(current: Case, role: 'officer' | 'approver', story: Story): StaffMember {
  const agencyId = current.agency?.id ?? null
  const known = story.staff.find((each) => each.role === role && each.agencyId === agencyId)
  if (known !== undefined) return known
  const name = role === 'officer' ? 'Chuyên viên' : 'Lãnh đạo'
  return { id: `${role}:${agencyId ?? ''}`, name, email: '', role, agencyId }
}

/** Working hours pass, for offices keep them, but never beyond now. */
function wait(story: Story, hours: number, endsAt: number): void {
  const { calendar } = story.ports.settings()
  const later = addWorkingMinutes(story.at, hours * 60, calendar)
  story.at = new Date(Math.min(later.getTime(), endsAt))
}

function ageOf(index: number, count: number): number {
  const share = 1 - index / count
  const hourOfDay = (index * 7) % 11
  // Squared: a city's memory is longer than its present, but today is busy.
  return Math.max(
    share * share * HISTORY_DAYS * DAY_MS - hourOfDay * HOUR_MS,
    (count - index) * 60_000,
  )
}

function fateOf(index: number, age: number): Fate {
  if (age < DAY_MS) return index % 3 === 0 ? 'accepted' : 'new'
  if (age < 4 * DAY_MS)
    return (['accepted', 'answered', 'published', 'new'] as const)[index % 4] ?? 'new'
  if (index % 7 === 0 && age < 14 * DAY_MS) return 'disputed'
  if (index % 13 === 0 && age < 30 * DAY_MS) return 'accepted'
  return index % 3 === 0 ? 'published' : 'rated'
}
