import { canonicalMinutes, readMinutes } from '@justera/minutes'
import {
  Created,
  ImportPreview,
  Invitation,
  Invited,
  Meeting as MeetingBody,
  MeetingList,
  Member as MemberBody,
  MemberChange,
  NewMeeting,
  PhaseChange,
} from '@justera/protocol'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { previewImport } from '../interchange/previewImport.ts'
import { invite } from '../meetings/invite.ts'
import { blankMinutes, councilMembers, withAgencyIds } from '../meetings/newMeeting.ts'
import type { Member, StoredMeeting } from '../store/meetingStore.ts'
import type { AgencyId, PersonId } from '../store/updateLog.ts'
import { inMeeting, rowAuthor, secretary, signedIn } from './authentication.ts'
import { HttpError, notFound } from './httpError.ts'
import { route } from './route.ts'
import type { Services } from './services.ts'

const MAX_IMPORT_BYTES = 5 * 1024 * 1024

/** Meetings: list, create, import, members, phases, and the canonical minutes. */
export function meetingRoutes(app: FastifyInstance, services: Services): void {
  const { store, sync, meetings } = services

  route(
    app,
    { method: 'GET', url: '/api/meetings', summary: "The person's meetings, newest first", result: MeetingList },
    async ({ request, reply }) => {
      const { person } = await signedIn(services, request, reply)
      const listed = await store.meetings.list(person.id)
      return Promise.all(
        listed.map(async ({ meeting: stored, role, newChanges }) => {
          const { id, title, meeting, date, items, phase } = await meetings.upToDate(stored)
          return { id, title, meeting, date, phase, role, items, newChanges, here: [...sync.agenciesIn(id)] }
        }),
      )
    },
  )

  route(
    app,
    {
      method: 'POST',
      url: '/api/meetings',
      summary: 'Creates a meeting, blank with an agenda or from a confirmed import (secretaries)',
      body: NewMeeting,
      result: Created,
      status: 201,
      bodyLimit: MAX_IMPORT_BYTES,
    },
    async ({ request, reply, body }) => {
      const { person } = await secretary(services, request, reply)
      const people = await store.council.people()
      const agencies = await store.council.agencies()
      const members = councilMembers(people)
      if (body.from === 'import') {
        const minutes = withAgencyIds(body.minutes, agencies)
        return { id: await meetings.create(minutes, 'import', 'drafting', person.id, members) }
      }
      const council = await store.council.council()
      const minutes = blankMinutes(body, { council: council?.name ?? '', preparedBy: person.name, people, agencies })
      return { id: await meetings.create(minutes, 'create', 'planned', person.id, members) }
    },
  )

  app.register(async (scope) => {
    // Only here is anything but JSON read.
    scope.addContentTypeParser('text/plain', { parseAs: 'string' }, (_request, body, done) => done(null, body))
    route(
      scope,
      {
        method: 'POST',
        url: '/api/imports',
        summary: 'Reads minutes from plain text and says what it repaired or doubts; creates nothing (secretaries)',
        body: z.string(),
        result: ImportPreview,
        perMinute: 20,
        bodyLimit: MAX_IMPORT_BYTES,
      },
      async ({ request, reply, body }) => {
        await secretary(services, request, reply)
        const preview = await previewImport(services.imports, body, await store.council.agencies())
        if (preview.ok) return preview.preview
        throw new HttpError(422, `import-${preview.reason}`, preview.message, { words: preview.details })
      },
    )
  })

  route(
    app,
    { method: 'GET', url: '/api/meetings/:meeting', summary: 'One meeting and who takes part', result: MeetingBody },
    async ({ request, reply, id }) => {
      const found = await inMeeting(services, request, reply, id('meeting'), 'read')
      await store.meetings.markOpened(found.meeting.id, found.person.id)
      return meetingBody(found.meeting, found.role)
    },
  )

  route(
    app,
    {
      method: 'GET',
      url: '/api/meetings/:meeting/minutes.json',
      summary: 'The committed minutes in canonical form, with the hash of head, items and whole',
      result: z.record(z.string(), z.unknown()),
    },
    async ({ request, reply, id }) => {
      const { meeting } = await inMeeting(services, request, reply, id('meeting'), 'read')
      const minutes = await sync.read(meeting.id, (doc) => canonicalMinutes(readMinutes(doc)))
      if (minutes === null) throw notFound()
      reply.header('cache-control', 'no-store')
      return { ...minutes }
    },
  )

  route(
    app,
    {
      method: 'POST',
      url: '/api/meetings/:meeting/phase',
      summary: 'Moves a meeting to another phase; a step back needs a reason (secretary)',
      body: PhaseChange,
      result: MeetingBody,
    },
    async ({ request, reply, id, body }) => {
      const found = await inMeeting(services, request, reply, id('meeting'), 'manage')
      const moved = await meetings.movePhase(found.meeting.id, body.to, body.reason ?? '', rowAuthor(found))
      if (!moved.ok) throw refusedPhase(moved.reason)
      const meeting = await store.meetings.get(found.meeting.id)
      if (meeting === null) throw notFound()
      return meetingBody(meeting, found.role)
    },
  )

  route(
    app,
    {
      method: 'GET',
      url: '/api/meetings/:meeting/members',
      summary: 'Members with their e-mail addresses (secretary)',
      result: z.array(MemberBody),
    },
    async ({ request, reply, id }) => {
      const { meeting } = await inMeeting(services, request, reply, id('meeting'), 'manage')
      return (await store.meetings.members(meeting.id)).map(memberBody)
    },
  )

  route(
    app,
    {
      method: 'PATCH',
      url: '/api/meetings/:meeting/members/:person',
      summary: "Changes a member's role (secretary)",
      body: MemberChange,
      result: MemberBody,
    },
    async ({ request, reply, id, body }) => {
      const { meeting } = await inMeeting(services, request, reply, id('meeting'), 'manage')
      const person = id('person') as PersonId
      const changed = await store.meetings.changeMember(meeting.id, person, body.role)
      if (!changed.ok) throw refusedMember(changed.reason)
      services.accessChanges.announce(person)
      sync.publish(meeting.id, { type: 'members' })
      const member = (await store.meetings.members(meeting.id)).find((one) => one.person.id === person)
      if (member === undefined) throw notFound()
      return memberBody(member)
    },
  )

  route(
    app,
    {
      method: 'DELETE',
      url: '/api/meetings/:meeting/members/:person',
      summary: 'Takes a member out of the meeting (secretary)',
    },
    async ({ request, reply, id }) => {
      const { meeting } = await inMeeting(services, request, reply, id('meeting'), 'manage')
      const person = id('person') as PersonId
      const removed = await store.meetings.removeMember(meeting.id, person)
      if (!removed.ok) throw refusedMember(removed.reason)
      services.accessChanges.announce(person)
      sync.publish(meeting.id, { type: 'members' })
    },
  )

  route(
    app,
    {
      method: 'POST',
      url: '/api/meetings/:meeting/invitations',
      summary: 'Invites a person by e-mail address, agency and role (secretary)',
      body: Invitation,
      result: Invited,
      status: 201,
      perMinute: 60,
    },
    async ({ request, reply, id, body }) => {
      const { meeting } = await inMeeting(services, request, reply, id('meeting'), 'manage')
      const invited = await invite(services, await meetings.upToDate(meeting), {
        ...body,
        agency: body.agencyId as AgencyId,
      })
      if (!invited.ok) {
        if (invited.reason === 'unknown-agency') throw new HttpError(400, 'unknown-agency', 'There is no such agency.')
        if (invited.reason === 'other-agency') {
          throw new HttpError(409, 'other-agency', 'The person with that address belongs to another agency.')
        }
        throw refusedMember(invited.reason)
      }
      sync.publish(meeting.id, { type: 'members' })
      return { member: memberBody(invited.member), link: invited.link }
    },
  )

  async function meetingBody(stored: StoredMeeting, role: MeetingBody['role']): Promise<MeetingBody> {
    const { id, title, date, phase, epoch } = await meetings.upToDate(stored)
    const members = (await store.meetings.members(id)).map((member) => {
      const { email: _, ...rest } = memberBody(member)
      return rest
    })
    return { id, title, date, phase, role, epoch, members }
  }
}

function memberBody({ person, role }: Member): MemberBody {
  return { personId: person.id, name: person.name, email: person.email, agencyId: person.agency, role }
}

function refusedMember(reason: 'unknown-member' | 'last-secretary'): HttpError {
  return reason === 'unknown-member'
    ? notFound()
    : new HttpError(409, 'last-secretary', 'A meeting needs at least one secretary.')
}

function refusedPhase(reason: 'unknown-meeting' | 'not-from-here' | 'reason-missing' | 'storage'): HttpError {
  switch (reason) {
    case 'unknown-meeting':
      return notFound()
    case 'not-from-here':
      return new HttpError(409, 'not-from-here', 'The meeting cannot move there from its present phase.')
    case 'reason-missing':
      return new HttpError(400, 'reason-missing', 'A step back needs a reason.')
    case 'storage':
      return new HttpError(503, 'storage', 'The server cannot store anything at the moment.')
  }
}
