import { type Action, may, type Phase, type Role } from '@justera/adjustment'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Person } from '../store/councilStore.ts'
import type { Participation, StoredMeeting } from '../store/meetingStore.ts'
import type { Session } from '../store/sessionStore.ts'
import type { MeetingId, RowAuthor } from '../store/updateLog.ts'
import { forbidden, notFound, notSignedIn } from './httpError.ts'
import type { Services } from './services.ts'

export type SignedIn = { readonly person: Person; readonly session: Session }

/** A signed-in member of a meeting. */
export type InMeeting = SignedIn & { readonly meeting: StoredMeeting } & Pick<Participation, 'role' | 'agency'>

/** Who sends this request. A session due for a new secret gets it with the answer. @throws HttpError 401 */
export async function signedIn(services: Services, request: FastifyRequest, reply: FastifyReply): Promise<SignedIn> {
  const used = await services.sessions.use(request.headers.cookie)
  if (used === null) throw notSignedIn()
  const person = await services.store.council.person(used.session.person)
  if (person === null) throw notSignedIn()
  if (used.newSecret !== null) setSessionCookie(services, reply, used.newSecret)
  return { person, session: used.session }
}

/** As {@link signedIn}, for what only the council's secretaries may do. @throws HttpError 401, 403 */
export async function secretary(services: Services, request: FastifyRequest, reply: FastifyReply): Promise<SignedIn> {
  const found = await signedIn(services, request, reply)
  if (found.person.role !== 'secretary') throw forbidden()
  return found
}

/**
 * A member who may do `action` in the meeting as it is now. Where the person is no member the answer is
 * the same as where there is no such meeting. @throws HttpError 401, 403, 404
 */
export async function inMeeting(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  id: string,
  action: Action,
): Promise<InMeeting> {
  const found = await signedIn(services, request, reply)
  const meetingId = id as MeetingId
  const part = await services.store.meetings.participation(meetingId, found.person.id)
  const meeting = part === null ? null : await services.store.meetings.get(meetingId)
  if (part === null || meeting === null) throw notFound()
  assertMay(part.role, action, meeting.phase)
  return { ...found, meeting, role: part.role, agency: part.agency }
}

export function setSessionCookie({ cookie }: Services, reply: FastifyReply, secret: string): void {
  reply.setCookie(cookie.name, secret, cookie.options)
}

export function clearSessionCookie({ cookie }: Services, reply: FastifyReply): void {
  const { maxAge: _, ...options } = cookie.options
  reply.clearCookie(cookie.name, options)
}

/** Who a log row comes from that this request causes. */
export function rowAuthor({ person, session, agency, role }: InMeeting): RowAuthor {
  return { author: person.id, agency: agency.id, role, session: session.id }
}

function assertMay(role: Role, action: Action, phase: Phase): void {
  if (!may(role, action, phase)) throw forbidden()
}
