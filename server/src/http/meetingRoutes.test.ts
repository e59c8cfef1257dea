import { readFile } from 'node:fs/promises'
import {
  bodyOf,
  canonicalMinutes,
  createMinutesDoc,
  itemOf,
  readItems,
  readMinutes,
  setHeaderField,
} from '@justera/minutes'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { documentOf } from '../meetings/replay.ts'
import { verifyMeeting } from '../meetings/verifyMeeting.ts'
import type { MeetingId, PersonId } from '../store/updateLog.ts'
import { CHAIR, createTestApp, ORIGIN, PARTICIPANT, SECRETARY, type TestApp } from './testing/testApp.ts'

const FIXTURE = new URL('../../../tests/fixtures/protokoll-2023-06-07.txt', import.meta.url)

describe('meetings over HTTP', () => {
  let test_: TestApp
  let secretary: string
  let participant: string
  let demo: MeetingId

  beforeAll(async () => {
    test_ = await createTestApp()
    secretary = await test_.signIn(SECRETARY)
    participant = await test_.signIn(PARTICIPANT)
    demo = (await test_.services.store.meetings.all())[0]?.id ?? ('' as MeetingId)
  })
  afterAll(() => test_.close())

  const agenda = {
    from: 'agenda',
    title: 'Rådets trettonde möte',
    meeting: 'Möte 13',
    date: '2023-11-06',
    startsAt: '09:00',
    endsAt: '',
    place: 'Stockholm',
    agenda: ['Öppnande', 'Enkät'],
    withAttendance: true,
  }

  async function createMeeting(over: Partial<typeof agenda> = {}): Promise<MeetingId> {
    const created = await test_.send('POST', '/api/meetings', secretary, { ...agenda, ...over })
    expect(created.statusCode).toBe(201)
    return created.json().id
  }

  /** Commits an edit by a participant, as the sync service would. */
  async function edit(meeting: MeetingId, change: (doc: Y.Doc) => void): Promise<void> {
    const { log } = test_.services.store
    const state = await log.open(meeting)
    if (state === null) throw new Error('no meeting')
    const doc = documentOf(state)
    const before = Y.encodeStateVector(doc)
    change(doc)
    const person = await test_.services.store.council.personByEmail(PARTICIPANT)
    const [done] = await log.append([
      {
        meeting,
        head: state.head,
        epoch: state.epoch,
        phase: state.phase,
        rows: [
          {
            kind: 'update',
            at: 1,
            payload: Y.encodeStateAsUpdate(doc, before),
            author: person?.id ?? ('' as PersonId),
            agency: person?.agency ?? null,
            role: 'participant',
            session: 's',
          },
        ],
      },
    ])
    expect(done?.ok).toBe(true)
  }

  test('[ME1] the demo holds the real minutes: 18 seats, 18 accounts, 7 items, every attendee’s agency known', async () => {
    const council = (await test_.send('GET', '/api/council', participant)).json()
    expect(council.agencies).toHaveLength(18)
    expect(council.agencies.map((one: { seat: number }) => one.seat)).toEqual(
      Array.from({ length: 18 }, (_, n) => n + 1),
    )
    expect((await test_.send('GET', '/api/people', secretary)).json()).toHaveLength(18)
    const [meeting] = (await test_.send('GET', '/api/meetings', participant)).json()
    expect(meeting).toMatchObject({ id: demo, date: '2023-06-07', phase: 'drafting', role: 'participant', items: 7 })
    const state = await test_.services.store.log.open(demo)
    const { attendance } = readMinutes(documentOf(state ?? { snapshot: null, tail: [] }))
    expect(attendance).toHaveLength(20)
    expect(attendance.filter((one) => one.agencyId === '')).toEqual([])
    expect(new Set(attendance.map((one) => one.agencyId)).size).toBe(16)
  })

  test('[ME2] a blank meeting starts planned, by the server on the secretary’s behalf, with agenda and attendance', async () => {
    const id = await createMeeting()
    const state = await test_.services.store.log.open(id)
    const secretaryId = (await test_.services.store.council.personByEmail(SECRETARY))?.id
    expect(state?.tail).toHaveLength(1)
    expect(state?.tail[0]).toMatchObject({ author: 'server', origin: 'create', actor: secretaryId, seq: 1 })
    const minutes = readMinutes(documentOf(state ?? { snapshot: null, tail: [] }))
    expect(minutes.header).toMatchObject({
      subject: 'Rådets trettonde möte',
      council: 'Nationellt råd för patientsäkerhet',
      startsAt: '09:00',
      preparedBy: 'Sekreteraren',
    })
    expect(minutes.items.map((item) => item.title)).toEqual(['Öppnande', 'Enkät'])
    expect(minutes.attendance).toHaveLength(18)
    const meeting = (await test_.send('GET', `/api/meetings/${id}`, secretary)).json()
    expect(meeting).toMatchObject({ phase: 'planned', role: 'secretary', epoch: 0 })
    expect(meeting.members).toHaveLength(18)
  })

  test('[ME3] reading a file creates nothing; confirming what was read creates the meeting', async () => {
    const before = (await test_.services.store.meetings.all()).length
    const preview = await test_.app.inject({
      method: 'POST',
      url: '/api/imports',
      headers: { origin: ORIGIN, cookie: secretary, 'content-type': 'text/plain; charset=utf-8' },
      payload: await readFile(FIXTURE),
    })
    expect(preview.statusCode).toBe(200)
    expect(preview.json().notes.length).toBeGreaterThan(10)
    expect((await test_.services.store.meetings.all()).length).toBe(before)
    const { minutes } = preview.json()
    const created = await test_.send('POST', '/api/meetings', secretary, { from: 'import', minutes })
    const json = (await test_.send('GET', `/api/meetings/${created.json().id}/minutes.json`, secretary)).json()
    expect(json.items).toHaveLength(7)
    expect(
      json.items
        .flatMap((item: { blocks: { kind: string }[] }) => item.blocks)
        .filter((b: { kind: string }) => b.kind === 'point'),
    ).toHaveLength(57)
  })

  test.each([
    ['', 'import-empty'],
    ['%PDF-1.7 ...', 'import-not-text'],
    ['Bara några ord utan dagordning.', 'import-no-agenda'],
  ])('[ME3] what cannot be read is refused with a reason: %s', async (payload, code) => {
    const answer = await test_.app.inject({
      method: 'POST',
      url: '/api/imports',
      headers: { origin: ORIGIN, cookie: secretary, 'content-type': 'text/plain' },
      payload,
    })
    expect([answer.statusCode, answer.json().code]).toEqual([422, code])
  })

  test('[ME4] the list follows the committed document and stands newest first', async () => {
    const id = await createMeeting({ title: 'Före', date: '2030-01-01' })
    await edit(id, (doc) => setHeaderField(doc, 'subject', 'Efter'))
    const list = (await test_.send('GET', '/api/meetings', participant)).json()
    expect(list[0]).toMatchObject({ id, title: 'Efter', items: 2, here: [] })
    expect(list.map((one: { date: string }) => one.date)).toEqual(
      list
        .map((one: { date: string }) => one.date)
        .toSorted()
        .toReversed(),
    )
  })

  test('[ME5] new changes count what others wrote since one last looked', async () => {
    const id = await createMeeting()
    const changes = async (cookie: string) =>
      (await test_.send('GET', '/api/meetings', cookie)).json().find((one: { id: string }) => one.id === id).newChanges
    await edit(id, (doc) => setHeaderField(doc, 'place', 'Malmö'))
    await edit(id, (doc) => setHeaderField(doc, 'place', 'Lund'))
    expect([await changes(secretary), await changes(participant)]).toEqual([2, 0])
    await test_.send('GET', `/api/meetings/${id}`, secretary)
    expect(await changes(secretary)).toBe(0)
  })

  test('[ME6] minutes.json is the canonical form of the committed document', async () => {
    await edit(demo, (doc) => {
      const [item] = readItems(doc)
      const map = item === undefined ? undefined : itemOf(doc, item.id)
      if (map !== undefined) bodyOf(map).insert(bodyOf(map).length, ' Tillagt.')
    })
    const answer = await test_.send('GET', `/api/meetings/${demo}/minutes.json`, participant)
    const state = await test_.services.store.log.open(demo)
    expect(answer.json()).toEqual(
      JSON.parse(JSON.stringify(canonicalMinutes(readMinutes(documentOf(state ?? { snapshot: null, tail: [] }))))),
    )
    expect(answer.body).toContain(' Tillagt.')
    expect(answer.headers['cache-control']).toBe('no-store')
  })

  test('[ME7] phases move by the table; a step back needs a reason, which the log keeps', async () => {
    const id = await createMeeting()
    const move = async (to: string, reason?: string) => {
      const answer = await test_.send('POST', `/api/meetings/${id}/phase`, secretary, { to, reason })
      return answer.statusCode === 200 ? answer.json().phase : answer.json().code
    }
    expect(await move('comment')).toBe('not-from-here')
    expect(await move('drafting')).toBe('drafting')
    expect(await move('comment')).toBe('comment')
    expect(await move('drafting')).toBe('reason-missing')
    expect(await move('drafting', '   ')).toBe('reason-missing')
    expect(await move('drafting', 'SBU saknades')).toBe('drafting')
    expect(await move('adjusted')).toBe('not-from-here')
    const rows = await test_.services.store.log.rows(id, 1, 10)
    expect(rows.map((row) => row.kind)).toEqual(['phase', 'phase', 'phase'])
    expect(new TextDecoder().decode(rows[2]?.payload)).toContain('SBU saknades')
  })

  test('[ME8] an invitation makes an account, a member and a link that leads to the meeting', async () => {
    const id = await createMeeting()
    const agencyId = 'seat-17'
    const url = `/api/meetings/${id}/invitations`
    const body = { email: 'Ny@tlv.example', name: 'Ny Person', agencyId, role: 'secretary' }
    const invited = await test_.send('POST', url, secretary, body)
    expect(invited.statusCode).toBe(201)
    expect(invited.json().member).toMatchObject({ email: 'ny@tlv.example', agencyId, role: 'secretary' })
    const path = new URL(invited.json().link).pathname
    const joined = await test_.app.inject({ method: 'POST', url: path, headers: { origin: ORIGIN } })
    expect(joined.headers.location).toBe(`/meetings/${id}`)
    const cookie = `${joined.cookies[0]?.name}=${joined.cookies[0]?.value}`
    // secretary of this meeting, participant of the council, stranger to the others
    expect((await test_.send('GET', '/api/me', cookie)).json()).toMatchObject({ role: 'participant' })
    expect((await test_.send('GET', `/api/meetings/${id}/members`, cookie)).statusCode).toBe(200)
    expect((await test_.send('GET', `/api/meetings/${demo}`, cookie)).statusCode).toBe(404)
    const other = await test_.send('POST', url, secretary, { ...body, agencyId: 'seat-2' })
    expect([other.statusCode, other.json().code]).toEqual([409, 'other-agency'])
    const nowhere = await test_.send('POST', url, secretary, { ...body, email: 'x@y.example', agencyId: 'none' })
    expect([nowhere.statusCode, nowhere.json().code]).toEqual([400, 'unknown-agency'])
  })

  test('[ME9] members’ roles change and members leave; the last secretary stays', async () => {
    const id = await createMeeting()
    const chair = await test_.services.store.council.personByEmail(CHAIR)
    const own = await test_.services.store.council.personByEmail(SECRETARY)
    const member = (person: string | undefined) => `/api/meetings/${id}/members/${person}`
    expect((await test_.send('PATCH', member(chair?.id), secretary, { role: 'observer' })).json().role).toBe('observer')
    expect((await test_.send('DELETE', member(chair?.id), secretary)).statusCode).toBe(204)
    expect((await test_.send('PATCH', member(own?.id), secretary, { role: 'chair' })).json().code).toBe(
      'last-secretary',
    )
    expect((await test_.send('DELETE', member(own?.id), secretary)).json().code).toBe('last-secretary')
  })

  test('[ME10] verification finds a changed payload, a snapshot that differs and a cut-off log', async () => {
    const id = await createMeeting()
    for (const place of ['a', 'b', 'c']) await edit(id, (doc) => setHeaderField(doc, 'place', place))
    const { log } = test_.services.store
    expect(await verifyMeeting(log, id)).toMatchObject({ ok: true, head: { seq: 4 } })
    const tampered = {
      ...log,
      rows: async (...args: Parameters<typeof log.rows>) =>
        (await log.rows(...args)).map((row) => (row.seq === 3 ? { ...row, payload: Uint8Array.of(0, 0) } : row)),
    }
    expect(await verifyMeeting(tampered, id)).toEqual({ ok: false, message: 'row 3 is wrong: payload' })
    const cut = {
      ...log,
      rows: async (...args: Parameters<typeof log.rows>) => (await log.rows(...args)).filter((row) => row.seq < 4),
    }
    expect(await verifyMeeting(cut, id)).toEqual({ ok: false, message: 'the log ends at row 3, not at 4' })
    const foreign = createMinutesDoc()
    setHeaderField(foreign, 'place', 'elsewhere')
    await log.saveSnapshot(id, 4, Y.encodeStateAsUpdate(foreign), Y.encodeStateVector(foreign))
    expect(await verifyMeeting(log, id)).toEqual({
      ok: false,
      message: 'the stored snapshot differs from a replay of the log',
    })
  })
})
