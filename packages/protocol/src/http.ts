import { PHASES, ROLES } from '@justera/adjustment'
import {
  ATTENDANCE_STATUSES,
  BLOCK_KINDS,
  HEADER_FIELDS,
  isSafeHref,
  MAX_FIELD_LENGTH,
  MAX_INDENT,
} from '@justera/minutes'
import * as z from 'zod/mini'

// The small form of Zod, because every page loads this. It would compile its parsers with `new Function`, which the
// pages' content security policy forbids and reports.
z.config({ jitless: true })

/** Requests and responses of the HTTP interface. Paths stand beside each; all bodies are JSON. */

// A lone surrogate has no canonical bytes: text that holds one could be neither hashed nor exported.
const wellFormed = z.refine<string>((text) => text.isWellFormed())

const Text = z.string().check(z.maxLength(MAX_FIELD_LENGTH), wellFormed)
const Id = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/))
export const EmailAddress = z.email().check(z.maxLength(254))
export const RoleName = z.enum(ROLES)
export const PhaseName = z.enum(PHASES)
const Date_ = z.iso.date()
const Time = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/))

/** Every error response. `code` is stable and translated by the page; `message` is for people without one. */
export const ErrorBody = z.object({ code: z.string(), message: z.string(), details: z.optional(z.unknown()) })
export type ErrorBody = z.infer<typeof ErrorBody>

/** A body with a numbered seat in the council. The seat fixes the agency's colour. */
export const Agency = z.object({
  id: Id,
  name: Text,
  shortName: z.string().check(z.maxLength(12)),
  seat: z.int().check(z.gte(1)),
})
export type Agency = z.infer<typeof Agency>

/** GET /api/council */
export const Council = z.object({ id: Id, name: Text, agencies: z.array(Agency) })
export type Council = z.infer<typeof Council>

/** POST /api/agencies (secretaries) */
export const NewAgency = z.object({
  name: Text.check(z.minLength(1)),
  shortName: z.string().check(z.minLength(1), z.maxLength(12)),
})
export type NewAgency = z.infer<typeof NewAgency>

/** GET /api/people (secretaries) */
export const Person = z.object({ id: Id, name: Text, email: EmailAddress, agencyId: Id, role: RoleName })
export type Person = z.infer<typeof Person>
export const People = z.array(Person)

/** POST /api/people (secretaries): adds a person to the council */
export const NewPerson = z.object({
  name: Text.check(z.minLength(1)),
  email: EmailAddress,
  agencyId: Id,
  role: RoleName,
})
export type NewPerson = z.infer<typeof NewPerson>

/** PATCH /api/people/:person (secretaries). DELETE /api/people/:person, POST /api/people/:person/end-sessions → 204 */
export const PersonChange = z.object({
  name: z.optional(Text.check(z.minLength(1))),
  agencyId: z.optional(Id),
  role: z.optional(RoleName),
})
export type PersonChange = z.infer<typeof PersonChange>

/** GET /api/me; 401 when not signed in. POST /api/sign-out, POST /api/me/end-sessions → 204 */
export const Me = z.object({ id: Id, name: Text, email: EmailAddress, role: RoleName, agency: Agency })
export type Me = z.infer<typeof Me>

/** POST /api/sign-in → 202 whether or not the address is known, so that addresses cannot be probed */
export const SignIn = z.object({ email: EmailAddress })
export type SignIn = z.infer<typeof SignIn>

/** GET /api/meetings: newest first */
export const MeetingSummary = z.object({
  id: Id,
  title: Text,
  meeting: Text,
  date: z.string(),
  phase: PhaseName,
  role: RoleName,
  items: z.int(),
  /** number of log rows by others since this person last had the meeting open */
  newChanges: z.int(),
  /** agencies with somebody in the meeting right now */
  here: z.array(Id),
})
export type MeetingSummary = z.infer<typeof MeetingSummary>
export const MeetingList = z.array(MeetingSummary)

/** A person's part in one meeting. GET /api/meetings/:meeting/members; PATCH/DELETE …/members/:person */
export const Member = z.object({ personId: Id, name: Text, email: EmailAddress, agencyId: Id, role: RoleName })
export type Member = z.infer<typeof Member>
export const Members = z.array(Member)
export const MemberChange = z.object({ role: RoleName })
export type MemberChange = z.infer<typeof MemberChange>

/** GET /api/meetings/:meeting. People's e-mail addresses stay with the secretary (/members). */
export const Meeting = z.object({
  id: Id,
  title: Text,
  date: z.string(),
  phase: PhaseName,
  role: RoleName,
  epoch: z.int(),
  members: z.array(z.omit(Member, { email: true })),
})
export type Meeting = z.infer<typeof Meeting>

/** POST /api/meetings/:meeting/invitations (secretary): by address, agency, role → 201 */
export const Invitation = z.object({
  email: EmailAddress,
  name: Text.check(z.minLength(1)),
  agencyId: Id,
  role: RoleName,
})
export type Invitation = z.infer<typeof Invitation>

/** `link` is set only when no mail goes out (no SMTP_URL): the inviter passes it on. */
export const Invited = z.object({ member: Member, link: z.nullable(z.string()) })
export type Invited = z.infer<typeof Invited>

/** POST /api/meetings/:meeting/phase (secretary) → Meeting. A step back needs a reason. */
export const PhaseChange = z.object({
  to: PhaseName,
  reason: z.optional(z.string().check(z.trim(), z.maxLength(2000))),
})
export type PhaseChange = z.infer<typeof PhaseChange>

const MarkValue = z.object({
  type: z.enum(['bold', 'italic', 'link']),
  attrs: z.optional(z.object({ href: z.string().check(z.refine(isSafeHref)) })),
})
const Run = z.object({
  text: z.string().check(z.maxLength(100_000), wellFormed),
  marks: z.optional(z.array(MarkValue).check(z.maxLength(3))),
})
const BlockValue = z.object({
  kind: z.optional(z.enum(BLOCK_KINDS)),
  indent: z.optional(z.int().check(z.gte(0), z.lte(MAX_INDENT))),
  responsible: z.optional(Text),
  responsibleId: z.optional(Text),
  due: z.optional(z.union([Date_, z.literal('')])),
  party: z.optional(Text),
  content: z.union([z.string().check(z.maxLength(100_000), wellFormed), z.array(Run).check(z.maxLength(1000))]),
})

/** What a document starts with; see MinutesInput in @justera/minutes. */
export const MinutesBody = z.object({
  header: z.partialRecord(z.enum(HEADER_FIELDS), Text),
  attendance: z
    .array(
      z.object({
        name: Text,
        agency: Text,
        status: z.enum(ATTENDANCE_STATUSES),
        agencyId: z.optional(Id),
        personId: z.optional(Id),
        note: z.optional(Text),
      }),
    )
    .check(z.maxLength(500)),
  items: z
    .array(
      z.object({
        title: Text,
        presenters: z.array(Text).check(z.maxLength(50)),
        blocks: z.array(BlockValue).check(z.maxLength(5000)),
      }),
    )
    .check(z.maxLength(300)),
})
export type MinutesBody = z.infer<typeof MinutesBody>

/** POST /api/meetings (secretaries) → 201 { id }: blank with an agenda, or from a confirmed import */
export const NewMeeting = z.discriminatedUnion('from', [
  z.object({
    from: z.literal('agenda'),
    title: Text.check(z.minLength(1)),
    meeting: Text,
    date: Date_,
    startsAt: z.union([Time, z.literal('')]),
    endsAt: z.union([Time, z.literal('')]),
    place: Text,
    /** one title an item */
    agenda: z.array(Text.check(z.minLength(1))).check(z.maxLength(300)),
    /** list everybody of the council as present */
    withAttendance: z.boolean(),
  }),
  z.object({ from: z.literal('import'), minutes: MinutesBody }),
])
export type NewMeeting = z.infer<typeof NewMeeting>
export const Created = z.object({ id: Id })

/** What the importer repaired or doubts, with the place; the page puts `code` and `data` into words. */
export const ImportNote = z.object({
  level: z.enum(['repaired', 'doubt']),
  code: z.string(),
  /** index of the item it concerns; null: header or attendance */
  item: z.nullable(z.int()),
  /** the words as they stood in the source, shortened */
  source: z.string(),
  /** what they became; empty when nothing was changed */
  result: z.string(),
})
export type ImportNote = z.infer<typeof ImportNote>

/** POST /api/imports (secretaries; body text/plain, at most 5 MB): reads, creates nothing → ImportPreview, or 422 */
export const ImportPreview = z.object({ minutes: MinutesBody, notes: z.array(ImportNote) })
export type ImportPreview = z.infer<typeof ImportPreview>
