import type { ImportPreview } from '@justera/protocol'
import { expect, test } from 'vitest'
import { bodyOf, changeDraft, type DraftChange, draftOf } from './draft.ts'

const preview: ImportPreview = {
  minutes: {
    header: { subject: 'Rådet' },
    attendance: [{ name: 'Anna Ask', agency: 'Löf', status: 'present', agencyId: 'lof', personId: 'anna' }],
    items: [
      { title: 'Öppnande', presenters: ['Anna Ask'], blocks: [{ content: 'Mötet öppnas.' }] },
      {
        title: 'Rapport',
        presenters: [],
        blocks: [
          {
            kind: 'point',
            content: [{ text: 'En ' }, { text: 'viktig', marks: [{ type: 'bold' }] }, { text: ' sak.' }],
          },
        ],
      },
    ],
  },
  notes: [],
}
const start = draftOf(preview)
const second = start.items[1]
if (!second) throw new Error('two items were read')
const apply = (...changes: DraftChange[]) => bodyOf(changes.reduce(changeDraft, start))

test('[UI11] what was read and not touched is sent as it was read', () => {
  expect(bodyOf(start)).toEqual(preview.minutes)
})

test('[UI11] emphasis stays until the words change', () => {
  const block = { type: 'block', item: second.key, key: second.blocks[0]?.key ?? -1 } as const
  expect(apply({ ...block, kind: 'decision', text: 'En viktig sak.' }).items[1]?.blocks[0]).toEqual({
    kind: 'decision',
    content: preview.minutes.items[1]?.blocks[0]?.content,
  })
  expect(apply({ ...block, text: 'En sak.' }).items[1]?.blocks[0]).toEqual({ kind: 'point', content: 'En sak.' })
})

test('[UI11] an item taken away takes nothing else with it, and the others keep what the notes refer to', () => {
  const draft = changeDraft(start, { type: 'removeItem', key: start.items[0]?.key ?? -1 })
  expect(draft.items.map(({ read, title }) => [read, title])).toEqual([[1, 'Rapport']])
})

test('[UI11] a person renamed or moved is no longer the known one, a known agency is recognised by either name', () => {
  const key = start.attendance[0]?.key ?? -1
  const agencies = [{ id: 'skr', name: 'Sveriges Kommuner och Regioner', shortName: 'SKR', seat: 16 }]
  expect(
    apply({ type: 'attendee', key, name: 'Bo Ek' }, { type: 'attendeeAgency', key, agency: 'SKR', agencies })
      .attendance,
  ).toEqual([{ name: 'Bo Ek', agency: 'SKR', agencyId: 'skr', status: 'present' }])
  expect(apply({ type: 'attendeeAgency', key, agency: 'Okänd', agencies }).attendance[0]).not.toHaveProperty('agencyId')
})

test('[UI11] empty rows that were added are not sent', () => {
  expect(apply({ type: 'addAttendee' }, { type: 'addBlock', item: second.key })).toEqual(preview.minutes)
})
