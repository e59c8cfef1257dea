import {
  Agency,
  Council,
  Me,
  NewAgency,
  NewPerson,
  Person as PersonBody,
  PersonChange,
  SignIn,
} from '@justera/protocol'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Person } from '../store/councilStore.ts'
import type { AgencyId, PersonId } from '../store/updateLog.ts'
import { clearSessionCookie, secretary, signedIn } from './authentication.ts'
import { HttpError, notFound, notSignedIn } from './httpError.ts'
import { route } from './route.ts'
import type { Services } from './services.ts'
import { createThrottle } from './throttle.ts'

/** Links one address may ask for in a quarter of an hour; more are not sent, and nobody is told. */
const LINKS_PER_ADDRESS = 5
const LINK_WINDOW_MS = 15 * 60 * 1000

/** The council, its people, and who is signed in. */
export function peopleRoutes(app: FastifyInstance, services: Services): void {
  const { store, sessions, links, people, delivery } = services
  const linkThrottle = createThrottle(LINKS_PER_ADDRESS, LINK_WINDOW_MS)

  route(
    app,
    { method: 'GET', url: '/api/council', summary: 'The council and its agencies by seat', result: Council },
    async ({ request, reply }) => {
      await signedIn(services, request, reply)
      const council = await store.council.council()
      if (council === null) throw notFound()
      return { ...council, agencies: [...(await store.council.agencies())] }
    },
  )

  route(
    app,
    {
      method: 'POST',
      url: '/api/agencies',
      summary: 'Gives an agency the next free seat (secretaries)',
      body: NewAgency,
      result: Agency,
      status: 201,
    },
    async ({ request, reply, body }) => {
      await secretary(services, request, reply)
      return people.addAgency(body.name, body.shortName)
    },
  )

  route(
    app,
    { method: 'GET', url: '/api/people', summary: "The council's people (secretaries)", result: z.array(PersonBody) },
    async ({ request, reply }) => {
      await secretary(services, request, reply)
      return (await store.council.people()).map(personBody)
    },
  )

  route(
    app,
    {
      method: 'POST',
      url: '/api/people',
      summary: 'Adds a person to the council (secretaries)',
      body: NewPerson,
      result: PersonBody,
      status: 201,
    },
    async ({ request, reply, body }) => {
      await secretary(services, request, reply)
      const { name, email, agencyId, role } = body
      const added = await people.add({ name, email, agency: agencyId as AgencyId, role })
      if (added.ok) return personBody(added.person)
      if (added.reason === 'email-taken') throw new HttpError(409, 'email-taken', 'Somebody has that address already.')
      throw new HttpError(400, 'unknown-agency', 'There is no such agency.')
    },
  )

  route(
    app,
    {
      method: 'PATCH',
      url: '/api/people/:person',
      summary: "Changes a person's name, agency or role (secretaries)",
      body: PersonChange,
      result: PersonBody,
    },
    async ({ request, reply, body, id }) => {
      await secretary(services, request, reply)
      const { name, agencyId, role } = body
      const changed = await people.change(id('person') as PersonId, {
        ...(name !== undefined && { name }),
        ...(agencyId !== undefined && { agency: agencyId as AgencyId }),
        ...(role !== undefined && { role }),
      })
      if (!changed.ok) throw refusedPersonChange(changed.reason)
      return personBody(changed.person)
    },
  )

  route(
    app,
    { method: 'DELETE', url: '/api/people/:person', summary: 'Removes a person from the council (secretaries)' },
    async ({ request, reply, id }) => {
      await secretary(services, request, reply)
      const removed = await people.remove(id('person') as PersonId)
      if (!removed.ok) throw refusedPersonChange(removed.reason)
    },
  )

  route(
    app,
    {
      method: 'POST',
      url: '/api/people/:person/end-sessions',
      summary: 'Signs a person out everywhere (secretaries)',
    },
    async ({ request, reply, id }) => {
      await secretary(services, request, reply)
      const person = await store.council.person(id('person') as PersonId)
      if (person === null) throw notFound()
      await people.endSessions(person.id)
    },
  )

  route(app, { method: 'GET', url: '/api/me', summary: 'Who is signed in', result: Me }, async ({ request, reply }) => {
    const { person } = await signedIn(services, request, reply)
    const agency = (await store.council.agencies()).find((one) => one.id === person.agency)
    if (agency === undefined) throw notSignedIn()
    const { id, name, email, role } = person
    return { id, name, email, role, agency }
  })

  route(app, { method: 'POST', url: '/api/sign-out', summary: 'Ends this session' }, async ({ request, reply }) => {
    const session = await sessions.find(request.headers.cookie)
    if (session !== null) {
      await sessions.end(session)
      services.accessChanges.announce(session.person)
    }
    clearSessionCookie(services, reply)
  })

  route(
    app,
    { method: 'POST', url: '/api/me/end-sessions', summary: 'Ends all sessions of whoever is signed in' },
    async ({ request, reply }) => {
      const { person } = await signedIn(services, request, reply)
      await people.endSessions(person.id)
      clearSessionCookie(services, reply)
    },
  )

  route(
    app,
    {
      method: 'POST',
      url: '/api/sign-in',
      summary: 'Sends a one-time link; answers alike whether or not the address is known',
      body: SignIn,
      status: 202,
      perMinute: 20,
    },
    async ({ body }) => {
      const person = await store.council.personByEmail(body.email)
      if (person === null || !linkThrottle.allows(person.email, Date.now())) return
      // Not awaited: how long a mail server takes would tell known addresses from others.
      void links
        .forPerson(person)
        .then((link) => delivery.signIn(person, link))
        .catch((error) => services.logger.error({ err: error }, 'could not send a sign-in link'))
    },
  )
}

function personBody({ id, name, email, agency, role }: Person): PersonBody {
  return { id, name, email, agencyId: agency, role }
}

function refusedPersonChange(reason: 'unknown-person' | 'unknown-agency' | 'last-secretary'): HttpError {
  switch (reason) {
    case 'unknown-person':
      return notFound()
    case 'unknown-agency':
      return new HttpError(400, 'unknown-agency', 'There is no such agency.')
    case 'last-secretary':
      return new HttpError(409, 'last-secretary', 'The council and every open meeting need a secretary.')
  }
}
