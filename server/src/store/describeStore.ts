import { createMinutesDoc, type MinutesInput, writeMinutes } from '@justera/minutes'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { EMPTY_HEAD, verifyChain } from './chain.ts'
import type { Agency, Person } from './councilStore.ts'
import type { Store } from './store.ts'
import type { AgencyId, Append, Appended, Head, MeetingId, NewRow, PersonId } from './updateLog.ts'

/** How a suite gets at one database, again and again. */
export type StoreUnderTest = {
  /** opens the database, fresh at first and as it was left afterwards */
  open(): Promise<Store>
  /** takes it away */
  remove(): Promise<void>
}

const AGENCY: Agency = { id: 'a1' as AgencyId, name: 'Socialstyrelsen', shortName: 'SoS', seat: 1 }
const ANNA: Person = {
  id: 'anna' as PersonId,
  name: 'Anna',
  email: 'anna@sos.example',
  agency: AGENCY.id,
  role: 'secretary',
}

/** What every store must hold to, whatever database is behind it. */
export function describeStore(name: string, create: () => Promise<StoreUnderTest>): void {
  describe(`${name} store`, () => {
    let under: StoreUnderTest
    let store: Store
    let run = 0
    // Each test has its own Bo and its own two meetings; Anna is the council's one secretary.
    let BO: Person
    let M1: MeetingId
    let M2: MeetingId

    beforeAll(async () => {
      under = await create()
      store = await under.open()
      await store.council.createCouncil({ id: 'c', name: 'Rådet' }, [AGENCY])
      await store.council.addPerson(ANNA, 1)
    })

    beforeEach(async () => {
      run++
      BO = { ...ANNA, id: `bo${run}` as PersonId, name: 'Bo', email: `bo${run}@sos.example`, role: 'participant' }
      M1 = `m${run}a` as MeetingId
      M2 = `m${run}b` as MeetingId
      await store.council.addPerson(BO, 1)
      for (const meeting of [M1, M2]) await createMeeting(store, meeting, [ANNA, BO])
    })

    afterAll(async () => {
      await store.close()
      await under.remove()
    })

    async function reopen(): Promise<void> {
      await store.close()
      store = await under.open()
    }

    const headOf = async (meeting: MeetingId): Promise<Head> => (await store.log.open(meeting))?.head ?? EMPTY_HEAD

    async function add(meeting: MeetingId, rows: readonly NewRow[], over: Partial<Append> = {}): Promise<Appended> {
      const head = await headOf(meeting)
      const [done] = await store.log.append([{ meeting, head, epoch: 0, phase: 'drafting', rows, ...over }])
      if (done === undefined) throw new Error('no outcome')
      return done
    }

    test('[ST1] rows come back in order, numbered from 1 without gaps, with everything they were given', async () => {
      const given = [row('anna', 'one'), row(BO.id, 'två', { actor: ANNA.id, origin: 'import' }), row('anna', '')]
      const done = await add(M1, given)
      const rows = await store.log.rows(M1, 1, 10)
      expect(rows.map((one) => one.seq)).toEqual([2, 3, 4])
      expect(rows.map(({ author, at, kind, actor, origin }) => ({ author, at, kind, actor, origin }))).toEqual(
        given.map(({ author, at, kind, actor, origin }) => ({ author, at, kind, actor, origin })),
      )
      expect(rows.map((one) => new TextDecoder().decode(one.payload))).toEqual(['one', 'två', ''])
      expect(done).toEqual({ ok: true, head: { seq: 4, hash: rows[2]?.hash }, epoch: 0, phase: 'drafting' })
      expect((await store.log.rows(M1, 2, 1)).map((one) => one.seq)).toEqual([3])
    })

    test('[ST2] a log is a hash chain that verifies from the empty head to the stored one', async () => {
      for (let n = 0; n < 5; n++) await add(M1, [row('anna', `${n}`), row(BO.id, `${n}`)])
      const rows = await store.log.rows(M1, 0, 100)
      expect(verifyChain(M1, rows)).toEqual({ ok: true, head: await headOf(M1) })
    })

    test('[ST3] what was appended is there after reopening, and appending goes on from it', async () => {
      await add(M1, [row('anna', 'before')])
      const before = await store.log.open(M1)
      await reopen()
      expect(await store.log.open(M1)).toEqual(before)
      expect(await add(M1, [row('anna', 'after')])).toMatchObject({ ok: true, head: { seq: 3 } })
    })

    test('[ST4] of two writers at one head the second gets "head", and nothing of it is stored', async () => {
      const head = await headOf(M1)
      const write = (text: string): Append => ({
        meeting: M1,
        head,
        epoch: 0,
        phase: 'drafting',
        rows: [row('anna', text)],
      })
      const [[first], [second]] = await Promise.all([store.log.append([write('a')]), store.log.append([write('b')])])
      expect(first).toMatchObject({ ok: true })
      expect(second).toEqual({ ok: false, reason: 'head' })
      expect((await store.log.rows(M1, 1, 10)).map((one) => new TextDecoder().decode(one.payload))).toEqual(['a'])
    })

    test('[ST4] two stores on one database keep to the same condition', async () => {
      const other = await under.open()
      try {
        const head = await headOf(M1)
        const write: Append = { meeting: M1, head, epoch: 0, phase: 'drafting', rows: [row('anna', 'x')] }
        const outcomes = (await Promise.all([store.log.append([write]), other.log.append([write])])).flat()
        expect(outcomes.filter((one) => one.ok)).toHaveLength(1)
        expect(verifyChain(M1, await other.log.rows(M1, 0, 10)).ok).toBe(true)
      } finally {
        await other.close()
      }
    })

    test.each([
      ['phase', { phase: 'comment' }],
      ['epoch', { epoch: 1 }],
      ['head', { head: { seq: 1, hash: 'f'.repeat(64) } }],
      ['unknown-meeting', { meeting: 'nowhere' as MeetingId }],
    ] as const)('[ST5] an append made for another %s is refused and stores nothing', async (reason, over) => {
      expect(await add(M1, [row('anna', 'x')], over)).toEqual({ ok: false, reason })
      expect(await store.log.rows(M1, 1, 10)).toEqual([])
    })

    test('[ST6] a failed condition takes back its own meeting only', async () => {
      const [h1, h2] = [await headOf(M1), await headOf(M2)]
      const good = (meeting: MeetingId, head: Head, text: string): Append => ({
        meeting,
        head,
        epoch: 0,
        phase: 'drafting',
        rows: [row('anna', text), row(BO.id, text)],
      })
      const outcomes = await store.log.append([
        good(M1, h1, 'kept'),
        good(M2, { seq: 9, hash: h2.hash }, 'lost'),
        good(M2, h2, 'kept too'),
      ])
      expect(outcomes.map((one) => one.ok)).toEqual([true, false, true])
      expect((await headOf(M1)).seq).toBe(3)
      expect((await headOf(M2)).seq).toBe(3)
    })

    test('[ST7] a phase row moves the phase in the same transaction; appends for the old phase then fail', async () => {
      const moved = await add(M1, [{ ...row('anna', '{}'), kind: 'phase' }], { nextPhase: 'comment' })
      expect(moved).toMatchObject({ ok: true, phase: 'comment' })
      expect(await add(M1, [row('anna', 'late')])).toEqual({ ok: false, reason: 'phase' })
      expect((await store.log.open(M1))?.phase).toBe('comment')
    })

    test('[ST8] a client id belongs to the first person who claimed it, for good', async () => {
      const claims = (person: PersonId) => ({ claims: [{ clientId: 4_294_967_295, person }] })
      expect(await add(M1, [row('anna', 'a')], claims(ANNA.id))).toMatchObject({ ok: true })
      expect(await add(M1, [row('anna', 'b')], claims(ANNA.id))).toMatchObject({ ok: true })
      expect(await add(M1, [row(BO.id, 'c')], claims(BO.id))).toEqual({ ok: false, reason: 'claim' })
      expect(await add(M2, [row(BO.id, 'd')], claims(BO.id))).toMatchObject({ ok: true })
      await reopen()
      expect((await store.log.open(M1))?.clientIds.get(4_294_967_295)).toBe(ANNA.id)
      expect((await headOf(M1)).seq).toBe(3)
    })

    test('[ST8] the client id under which the server created the document is nobody else’s', async () => {
      const [clientId] = [...((await store.log.open(M1))?.clientIds.keys() ?? [])]
      expect(clientId).toBeDefined()
      const forged = { claims: [{ clientId: clientId ?? 0, person: BO.id }] }
      expect(await add(M1, [row(BO.id, 'x')], forged)).toEqual({ ok: false, reason: 'claim' })
    })

    test('[ST9] the document opens as snapshot and the rows after it; an older snapshot never replaces a newer', async () => {
      await add(M1, [row('anna', '1'), row('anna', '2'), row('anna', '3')])
      await store.log.saveSnapshot(M1, 3, bytes('state at 3'), bytes('vector'))
      await store.log.saveSnapshot(M1, 2, bytes('state at 2'), bytes('vector'))
      const state = await store.log.open(M1)
      expect(state?.snapshot).toEqual({ seq: 3, update: bytes('state at 3'), stateVector: bytes('vector') })
      expect(state?.tail.map((one) => one.seq)).toEqual([4])
    })

    test('[ST10] an unknown meeting opens as null', async () => {
      expect(await store.log.open('nowhere' as MeetingId)).toBeNull()
    })

    test('[ST11] the first row of a meeting is the server’s, and opens as the document that was given', async () => {
      const state = await store.log.open(M1)
      expect(state?.tail).toHaveLength(1)
      expect(state?.tail[0]).toMatchObject({ author: 'server', origin: 'create', seq: 1, kind: 'update' })
      const doc = createMinutesDoc()
      Y.applyUpdate(doc, state?.tail[0]?.payload ?? bytes(''))
      expect(doc.getMap('header').get('subject')).toBe('Möte')
    })

    test('[ST12] a one-time link is consumed by exactly one of 100 at once', async () => {
      await store.links.create(`hash${run}`, {
        person: BO.id,
        email: BO.email,
        meeting: M1,
        createdAt: 1,
        expiresAt: 100,
      })
      expect(await store.links.look(`hash${run}`, 50)).toMatchObject({ ok: true, link: { person: BO.id, meeting: M1 } })
      const tries = await Promise.all(Array.from({ length: 100 }, () => store.links.consume(`hash${run}`, 50)))
      expect(tries.filter((one) => one.ok)).toHaveLength(1)
      expect(tries.filter((one) => !one.ok && one.reason === 'used')).toHaveLength(99)
    })

    test('[ST12] an expired link is not consumed, an unknown one does not exist', async () => {
      await store.links.create(`hash${run}`, {
        person: BO.id,
        email: BO.email,
        meeting: null,
        createdAt: 1,
        expiresAt: 100,
      })
      expect(await store.links.consume(`hash${run}`, 100)).toEqual({ ok: false, reason: 'expired' })
      expect(await store.links.look('other', 1)).toEqual({ ok: false, reason: 'unknown' })
    })

    test('[ST13] a session is found by its secret within its limits, and never after its person left', async () => {
      await store.sessions.create({ id: 's13', person: BO.id, createdAt: 10, seenAt: 10 }, 'secret')
      const within = { createdAfter: 9, seenAfter: 9 }
      expect(await store.sessions.find('secret', within, 20)).toMatchObject({ id: 's13', person: BO.id })
      expect(await store.sessions.find('secret', { createdAfter: 10, seenAfter: 9 }, 20)).toBeNull()
      expect(await store.sessions.find('secret', { createdAfter: 9, seenAfter: 10 }, 20)).toBeNull()
      await store.sessions.touch('s13', 15)
      expect(await store.sessions.find('secret', { createdAfter: 9, seenAfter: 14 }, 20)).toMatchObject({ seenAt: 15 })
      expect(await store.council.removePerson(BO.id, 16)).toMatchObject({ ok: true })
      expect(await store.sessions.find('secret', within, 20)).toBeNull()
      expect(await store.council.personByEmail(BO.email)).toBeNull()
      expect(await store.meetings.participation(M1, BO.id)).toBeNull()
    })

    test('[ST14] a role change rotates the secret once; the old one lives on for its grace only', async () => {
      await store.sessions.create({ id: 's', person: BO.id, createdAt: 10, seenAt: 10 }, 'old')
      expect(await store.sessions.rotate('s', 'early', 30)).toBe(false)
      await store.council.changePerson(BO.id, { role: 'observer' })
      const within = { createdAfter: 9, seenAfter: 9 }
      expect(await store.sessions.find('old', within, 20)).toMatchObject({ rotate: true })
      expect(await store.sessions.rotate('s', 'new', 30)).toBe(true)
      expect(await store.sessions.rotate('s', 'other', 30)).toBe(false)
      expect(await store.sessions.find('new', within, 99)).toMatchObject({ id: 's', rotate: false })
      expect(await store.sessions.find('old', within, 29)).toMatchObject({ id: 's' })
      expect(await store.sessions.find('old', within, 30)).toBeNull()
      expect(await store.sessions.findById('s', within)).toMatchObject({ person: BO.id })
      await store.sessions.end('s')
      expect(await store.sessions.findById('s', within)).toBeNull()
    })

    test('[ST15] a council role carries over to meetings under way where it was the same', async () => {
      await store.meetings.changeMember(M2, BO.id, 'chair')
      await store.council.changePerson(BO.id, { role: 'observer' })
      expect((await store.meetings.participation(M1, BO.id))?.role).toBe('observer')
      expect((await store.meetings.participation(M2, BO.id))?.role).toBe('chair')
    })

    test('[ST16] council and meetings keep a secretary', async () => {
      const last = { ok: false, reason: 'last-secretary' }
      expect(await store.council.changePerson(ANNA.id, { role: 'chair' })).toEqual(last)
      expect(await store.council.removePerson(ANNA.id, 2)).toEqual(last)
      expect(await store.meetings.changeMember(M1, ANNA.id, 'chair')).toEqual(last)
      expect(await store.meetings.removeMember(M1, ANNA.id)).toEqual(last)
      // with a second secretary in the council and in the meeting, the first may go, and then the second may not
      await store.council.changePerson(BO.id, { role: 'secretary' })
      expect(await store.meetings.changeMember(M1, ANNA.id, 'chair')).toEqual({ ok: true })
      expect(await store.council.changePerson(BO.id, { role: 'participant' })).toEqual(last)
      await store.meetings.changeMember(M1, ANNA.id, 'secretary')
      expect(await store.council.changePerson(BO.id, { role: 'participant' })).toMatchObject({ ok: true })
    })

    test('[ST17] addresses are unique among people who are there, in any case of letters', async () => {
      const twin = { ...BO, id: 'twin' as PersonId, email: BO.email.toUpperCase() }
      expect(await store.council.addPerson(twin, 1)).toEqual({ ok: false, reason: 'email-taken' })
      await store.council.removePerson(BO.id, 2)
      expect(await store.council.addPerson(twin, 3)).toMatchObject({ ok: true })
      expect((await store.council.personByEmail(BO.email))?.id).toBe('twin')
    })

    test('[ST18] seats are given in order and there is one council', async () => {
      const added = await store.council.addAgency({ id: 'a2' as AgencyId, name: 'Löf', shortName: 'Löf' })
      expect(added.seat).toBe(2)
      expect(await store.council.createCouncil({ id: 'c2', name: 'Annat' }, [])).toBe(false)
      expect((await store.council.council())?.name).toBe('Rådet')
      expect((await store.council.agencies()).map((one) => one.shortName)).toEqual(['SoS', 'Löf'])
    })

    test('[ST19] new changes are the rows that others wrote since the person last had the meeting open', async () => {
      await add(M1, [row('anna', '1'), row(BO.id, '2'), row('anna', '3')])
      const changes = async () => (await store.meetings.list(BO.id)).map((one) => [one.meeting.id, one.newChanges])
      expect(await changes()).toContainEqual([M1, 2])
      expect(await changes()).toContainEqual([M2, 0])
      await store.meetings.markOpened(M1, BO.id)
      expect(await changes()).toContainEqual([M1, 0])
    })

    test('[ST20] the index of a meeting only moves forward', async () => {
      await store.meetings.saveIndex(M1, 5, { title: 'Nytt', meeting: 'Tolfte', date: '2024-01-01', items: 3 })
      await store.meetings.saveIndex(M1, 4, { title: 'Gammalt', meeting: '', date: '', items: 0 })
      expect(await store.meetings.get(M1)).toMatchObject({ title: 'Nytt', items: 3, indexedSeq: 5 })
      expect((await store.meetings.all()).map((one) => one.id)).toEqual(expect.arrayContaining([M1, M2]))
    })
  })
}

/** An empty meeting in drafting; its members have their council roles in it. */
async function createMeeting(store: Store, id: MeetingId, members: readonly Person[]): Promise<void> {
  const doc = createMinutesDoc()
  const minutes: MinutesInput = { header: { subject: 'Möte', date: '2023-06-07' }, attendance: [], items: [] }
  writeMinutes(doc, minutes)
  await store.meetings.create(
    { id, phase: 'drafting', title: 'Möte', meeting: '', date: '2023-06-07', items: 0 },
    members.map(({ id: person, role }) => ({ person, role })),
    {
      kind: 'update',
      at: 1,
      payload: Y.encodeStateAsUpdate(doc),
      author: 'server',
      agency: null,
      role: 'server',
      session: 'server',
      origin: 'create',
    },
    doc.clientID,
  )
}

function row(author: string, payload: string, over: Partial<NewRow> = {}): NewRow {
  return {
    kind: 'update',
    at: 1_700_000_000_000,
    payload: bytes(payload),
    author: author as PersonId,
    agency: AGENCY.id,
    role: 'participant',
    session: 's',
    ...over,
  }
}

function bytes(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text))
}
