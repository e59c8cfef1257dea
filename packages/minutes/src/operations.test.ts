import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import {
  type AttendeeId,
  addAttendee,
  addItem,
  addPresenter,
  agendaOf,
  attendanceOf,
  bodyOf,
  createMinutesDoc,
  headerOf,
  type ItemId,
  itemOf,
  type MinutesInput,
  moveAttendee,
  moveItem,
  movePresenter,
  type PresenterId,
  presentersOf,
  readMinutes,
  setAttendeeField,
  setAttendeeRemoved,
  setHeaderField,
  setItemRemoved,
  setItemTitle,
  setPresenterName,
  setPresenterRemoved,
  titleOf,
  writeMinutes,
} from './index.ts'

const INPUT: MinutesInput = {
  header: { subject: 'Nationellt råd', date: '2023-06-07', place: '' },
  attendance: [
    { name: 'Kersti Lorén', agency: 'Arbetsmiljöverket', status: 'present' },
    { name: 'Lena Karlsson', agency: 'SKR', status: 'absent', note: 'sjuk' },
  ],
  items: [
    { title: 'Öppnande', presenters: ['Charlotta George'], blocks: [{ content: 'Mötet öppnas.' }] },
    {
      title: 'Enkät',
      presenters: ['A', 'B'],
      blocks: [
        { kind: 'heading', content: 'Läge' },
        { kind: 'point', content: 'Svarstid.' },
      ],
    },
    { title: 'Avslutning', presenters: [], blocks: [] },
  ],
}

function doc(clientId = 1): Y.Doc {
  const made = createMinutesDoc(clientId)
  writeMinutes(made, INPUT)
  return made
}

function twin(source: Y.Doc, clientId: number): Y.Doc {
  const made = createMinutesDoc(clientId)
  Y.applyUpdate(made, Y.encodeStateAsUpdate(source))
  return made
}

function sync(a: Y.Doc, b: Y.Doc): void {
  Y.applyUpdate(a, Y.encodeStateAsUpdate(b, Y.encodeStateVector(a)))
  Y.applyUpdate(b, Y.encodeStateAsUpdate(a, Y.encodeStateVector(b)))
}

/** Updates a document sends while `act` runs. */
function updatesDuring(target: Y.Doc, act: () => void): number {
  let count = 0
  const listen = () => {
    count++
  }
  target.on('update', listen)
  act()
  target.off('update', listen)
  return count
}

const titles = (target: Y.Doc) => readMinutes(target).items.map((item) => item.title)
const ids = (target: Y.Doc) => readMinutes(target).items.map((item) => item.id)

describe('creating', () => {
  test('[MN1] a new document reads back as what it was made from, in order', () => {
    const { header, attendance, items } = readMinutes(doc())
    expect(header).toEqual({
      subject: 'Nationellt råd',
      council: '',
      meeting: '',
      date: '2023-06-07',
      startsAt: '',
      endsAt: '',
      place: '',
      preparedBy: '',
      adjustedBy: '',
      nextMeeting: '',
    })
    expect(attendance.map(({ name, agency, status, note }) => [name, agency, status, note])).toEqual([
      ['Kersti Lorén', 'Arbetsmiljöverket', 'present', ''],
      ['Lena Karlsson', 'SKR', 'absent', 'sjuk'],
    ])
    expect(
      items.map(({ title, presenters, blocks }) => [
        title,
        presenters.map(({ name }) => name),
        blocks.map(({ kind, content }) => [kind, content]),
      ]),
    ).toEqual([
      ['Öppnande', ['Charlotta George'], [['paragraph', [{ text: 'Mötet öppnas.' }]]]],
      [
        'Enkät',
        ['A', 'B'],
        [
          ['heading', [{ text: 'Läge' }]],
          ['point', [{ text: 'Svarstid.' }]],
        ],
      ],
      ['Avslutning', [], []],
    ])
  })

  test('[MN1] creation is one transaction, with the caller’s origin', () => {
    const made = createMinutesDoc(1)
    const origins: unknown[] = []
    made.on('update', (_update: Uint8Array, origin: unknown) => origins.push(origin))
    writeMinutes(made, INPUT, 'import')
    expect(origins).toEqual(['import'])
  })

  test('[MN1] a list of 300 items keeps its order', () => {
    const made = createMinutesDoc(1)
    const names = Array.from({ length: 300 }, (_, n) => `Ärende ${n}`)
    writeMinutes(made, {
      header: {},
      attendance: [],
      items: names.map((title) => ({ title, presenters: [], blocks: [] })),
    })
    expect(titles(made)).toEqual(names)
  })
})

describe('header and attendance', () => {
  test('[MN2] a field is set, and an equal value sends nothing', () => {
    const made = doc()
    expect(updatesDuring(made, () => setHeaderField(made, 'place', 'Stockholm'))).toBe(1)
    expect(readMinutes(made).header.place).toBe('Stockholm')
    expect(updatesDuring(made, () => setHeaderField(made, 'place', 'Stockholm'))).toBe(0)
    expect(updatesDuring(made, () => setHeaderField(made, 'nextMeeting', ''))).toBe(0)
  })

  test('[MN2] a value is cut at 2,000 code units and never ends in half a character', () => {
    const made = doc()
    setHeaderField(made, 'place', `${'a'.repeat(1999)}👩`)
    const { place } = readMinutes(made).header
    expect(place).toHaveLength(2000)
    expect(place.isWellFormed()).toBe(true)
  })

  test('[MN2] attendees are added at the end, changed, moved, removed and restored', () => {
    const made = doc()
    const id = addAttendee(made, { name: 'Ny', agency: 'IVO', status: 'remote' })
    const names = () => readMinutes(made).attendance.map(({ name }) => name)
    expect(names()).toEqual(['Kersti Lorén', 'Lena Karlsson', 'Ny'])
    setAttendeeField(made, id, 'name', 'Nyare')
    moveAttendee(made, id, 0)
    expect(names()).toEqual(['Nyare', 'Kersti Lorén', 'Lena Karlsson'])
    setAttendeeRemoved(made, id, true)
    expect(names()).toEqual(['Kersti Lorén', 'Lena Karlsson'])
    expect(attendanceOf(made).has(id)).toBe(true)
    setAttendeeRemoved(made, id, false)
    expect(names()).toEqual(['Nyare', 'Kersti Lorén', 'Lena Karlsson'])
  })

  test('[MN2] of two concurrent values of one field both replicas keep the same one', () => {
    const a = doc(1)
    const b = twin(a, 2)
    setHeaderField(a, 'place', 'Stockholm')
    setHeaderField(b, 'place', 'Malmö')
    sync(a, b)
    expect(readMinutes(a).header.place).toBe(readMinutes(b).header.place)
    expect(['Stockholm', 'Malmö']).toContain(readMinutes(a).header.place)
  })
})

describe('agenda', () => {
  test('[MN3] an item is added at any place; places outside are clamped', () => {
    const made = doc()
    const item = { title: 'X', presenters: [], blocks: [] }
    addItem(made, { ...item, title: 'först' }, 0)
    addItem(made, { ...item, title: 'mitt' }, 2)
    addItem(made, { ...item, title: 'sist' })
    addItem(made, { ...item, title: 'allra sist' }, 99)
    addItem(made, { ...item, title: 'allra först' }, -5)
    expect(titles(made)).toEqual([
      'allra först',
      'först',
      'Öppnande',
      'mitt',
      'Enkät',
      'Avslutning',
      'sist',
      'allra sist',
    ])
  })

  test('[MN3] moving an item is one key; moving it where it stands sends nothing', () => {
    const made = doc()
    const [first] = ids(made) as [ItemId]
    expect(updatesDuring(made, () => moveItem(made, first, 2))).toBe(1)
    expect(titles(made)).toEqual(['Enkät', 'Avslutning', 'Öppnande'])
    expect(updatesDuring(made, () => moveItem(made, first, 2))).toBe(0)
  })

  test('[MN4] what one types in an item while another moves it survives, on both sides', () => {
    const a = doc(1)
    const b = twin(a, 2)
    const [, second] = ids(a) as [ItemId, ItemId]
    moveItem(a, second, 0)
    const body = bodyOf(itemOf(b, second) as Y.Map<unknown>)
    body.insert(body.length, ' Tillagt under flytten.')
    sync(a, b)
    for (const replica of [a, b]) {
      expect(titles(replica)).toEqual(['Enkät', 'Öppnande', 'Avslutning'])
      expect(readMinutes(replica).items[0]?.blocks.at(-1)?.content).toEqual([
        { text: 'Svarstid. Tillagt under flytten.' },
      ])
    }
  })

  test('[MN4] two who move one item end in one place; it is there once', () => {
    const a = doc(1)
    const b = twin(a, 2)
    const [first] = ids(a) as [ItemId]
    moveItem(a, first, 1)
    moveItem(b, first, 2)
    sync(a, b)
    expect(titles(a)).toEqual(titles(b))
    expect(titles(a).toSorted()).toEqual(['Avslutning', 'Enkät', 'Öppnande'])
  })

  test('[MN5] removal sets a flag: text typed meanwhile is there again after restoring', () => {
    const a = doc(1)
    const b = twin(a, 2)
    const [, second] = ids(a) as [ItemId, ItemId]
    setItemRemoved(a, second, true)
    const body = bodyOf(itemOf(b, second) as Y.Map<unknown>)
    body.insert(body.length, ' Mer.')
    sync(a, b)
    expect(titles(a)).toEqual(['Öppnande', 'Avslutning'])
    expect(titles(b)).toEqual(['Öppnande', 'Avslutning'])
    expect(agendaOf(a).has(second)).toBe(true)
    setItemRemoved(b, second, false)
    sync(a, b)
    expect(titles(a)).toEqual(['Öppnande', 'Enkät', 'Avslutning'])
    expect(readMinutes(a).items[1]?.blocks.at(-1)?.content).toEqual([{ text: 'Svarstid. Mer.' }])
  })

  test('[MN5] no operation deletes a key', () => {
    const made = doc()
    const [first] = ids(made) as [ItemId]
    const { attendance, items } = readMinutes(made)
    const presenter = items[0]?.presenters[0]?.id as PresenterId
    setItemRemoved(made, first, true)
    setPresenterRemoved(made, first, presenter, true)
    setAttendeeRemoved(made, attendance[0]?.id as AttendeeId, true)
    expect(agendaOf(made).size).toBe(3)
    expect(attendanceOf(made).size).toBe(2)
    expect(presentersOf(itemOf(made, first) as Y.Map<unknown>).size).toBe(1)
    expect(headerOf(made).size).toBe(2)
  })

  test('[MN6] a title changes by its smallest difference: two people may edit it at once', () => {
    const a = doc(1)
    const b = twin(a, 2)
    const [, second] = ids(a) as [ItemId, ItemId]
    setItemTitle(a, second, 'Enkät till regioner')
    setItemTitle(b, second, 'Ny Enkät')
    sync(a, b)
    expect(titles(a)[1]).toBe('Ny Enkät till regioner')
    expect(titles(b)[1]).toBe('Ny Enkät till regioner')
  })

  test.each([
    ['Enkät', 'Enkäten'],
    ['aaaa', 'aa'],
    ['aa', 'aaaa'],
    ['', 'Ny'],
    ['Gammal', ''],
    ['Hej 👩‍👩‍👧 där', 'Hej 👨‍👩‍👧 där'],
    ['😀😁', '😁😀'],
  ])('[MN6] title %j becomes %j', (before, after) => {
    const made = createMinutesDoc(1)
    const id = addItem(made, { title: before, presenters: [], blocks: [] })
    setItemTitle(made, id, after)
    expect(titleOf(itemOf(made, id) as Y.Map<unknown>).toString()).toBe(after)
    expect(updatesDuring(made, () => setItemTitle(made, id, after))).toBe(0)
  })

  test('[MN6] a title is one line of well-formed text', () => {
    const made = createMinutesDoc(1)
    const id = addItem(made, { title: 'A', presenters: [], blocks: [] })
    setItemTitle(made, id, 'A\nB\r\n\uD800C')
    expect(titles(made)).toEqual(['A B \uFFFDC'])
  })

  test('[MN7] presenters are added, renamed, moved, removed and restored', () => {
    const made = doc()
    const [, second] = ids(made) as [ItemId, ItemId]
    const names = () => readMinutes(made).items[1]?.presenters.map(({ name }) => name)
    const id = addPresenter(made, second, 'C')
    expect(names()).toEqual(['A', 'B', 'C'])
    movePresenter(made, second, id, 0)
    setPresenterName(made, second, id, 'D')
    expect(names()).toEqual(['D', 'A', 'B'])
    setPresenterRemoved(made, second, id, true)
    expect(names()).toEqual(['A', 'B'])
    setPresenterRemoved(made, second, id, false)
    expect(names()).toEqual(['D', 'A', 'B'])
  })

  test('[MN8] what is not there is a RangeError, and nothing is written', () => {
    const made = doc()
    const no = 'finns-inte'
    const [first] = ids(made) as [ItemId]
    const calls = [
      () => setAttendeeField(made, no as AttendeeId, 'name', 'X'),
      () => setAttendeeRemoved(made, no as AttendeeId, true),
      () => moveAttendee(made, no as AttendeeId, 0),
      () => moveItem(made, no as ItemId, 0),
      () => setItemRemoved(made, no as ItemId, true),
      () => setItemTitle(made, no as ItemId, 'X'),
      () => addPresenter(made, no as ItemId, 'X'),
      () => setPresenterName(made, first, no as PresenterId, 'X'),
      () => setPresenterRemoved(made, first, no as PresenterId, true),
      () => movePresenter(made, first, no as PresenterId, 0),
    ]
    const sent = updatesDuring(made, () => {
      for (const call of calls) expect(call).toThrow(RangeError)
    })
    expect(sent).toBe(0)
  })
})
