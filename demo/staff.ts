import type { Role } from '#contracts/vocabulary'
import type { StaffMember } from '#domain/access'
import { openAccount, type StaffPorts } from '#use-cases/manage-staff'

/** One password for all, printed at the start: the demo holds nothing to protect. */
export const DEMO_PASSWORD = 'hoiam-demo-2026'

type Person = {
  readonly name: string
  readonly mailbox: string
  readonly role: Role
  readonly agencyId?: string
  /** On the desk, at the office's exchange. */
  readonly telephone?: string
}

const PEOPLE: readonly Person[] = [
  { name: 'Nguyễn Thu Lan', mailbox: 'lan', role: 'agent', telephone: '101' },
  { name: 'Lê Quốc Bảo', mailbox: 'bao', role: 'agent', telephone: '102' },
  { name: 'Phạm Minh Châu', mailbox: 'chau', role: 'supervisor' },
  { name: 'Võ Thành Trung', mailbox: 'trung', role: 'officer', agencyId: 'ubnd-xa@26743' },
  { name: 'Đặng Thị Hạnh', mailbox: 'hanh', role: 'approver', agencyId: 'ubnd-xa@26743' },
  { name: 'Huỳnh Gia Huy', mailbox: 'huy', role: 'officer', agencyId: 'so-xay-dung@79' },
  { name: 'Trần Ngọc Diệp', mailbox: 'diep', role: 'approver', agencyId: 'so-xay-dung@79' },
  { name: 'Bùi Văn Khoa', mailbox: 'khoa', role: 'officer', agencyId: 'evn@79' },
  { name: 'Ngô Thanh Vân', mailbox: 'van', role: 'approver', agencyId: 'evn@79' },
  { name: 'Đỗ Hải Yến', mailbox: 'yen', role: 'officer', agencyId: 'so-nnmt@01' },
  { name: 'Hoàng Đức Long', mailbox: 'long', role: 'approver', agencyId: 'so-nnmt@01' },
]

/** Where the exchange rings. */
export const EXTENSIONS = PEOPLE.flatMap(({ telephone }) => telephone ?? [])

/** Opens the demo's accounts. */
export async function openStaff(ports: StaffPorts): Promise<StaffMember[]> {
  const opened: StaffMember[] = []
  for (const { name, mailbox, role, agencyId, telephone = null } of PEOPLE) {
    const email = `${mailbox}@demo.hoiam`
    const account = await openAccount(
      {
        name,
        email,
        role,
        password: DEMO_PASSWORD,
        telephone,
        ...(agencyId === undefined ? {} : { agencyId }),
      },
      ports,
    )
    opened.push({ id: account.id, name, email, role, agencyId: account.agency?.id ?? null })
  }
  return opened
}

/** The lines that tell who can sign in. */
export function staffTable(adminEmail: string, staff: readonly StaffMember[]): string[] {
  const rows = [
    ['administrator', adminEmail, ''],
    ...staff.map(({ role, email, agencyId }) => [role, email, agencyId ?? '']),
  ]
  return rows.map(([role = '', email = '', agency = '']) =>
    `    ${role.padEnd(14)} ${email.padEnd(22)} ${agency}`.trimEnd(),
  )
}
