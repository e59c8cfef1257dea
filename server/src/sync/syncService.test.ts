import { readMinutes, setHeaderField, setItemTitle } from '@justera/minutes'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { MEETING, type Started, startService } from './testing/startService.ts'

let started: Started
beforeEach(async () => {
  started = await startService()
})
afterEach(() => started.stop())

test('[CM1] what one client writes is stored, acknowledged and seen by the others', async () => {
  const anna = started.connect('anna')
  const bo = started.connect('bo')
  await Promise.all([anna.ready(), bo.ready()])
  setHeaderField(anna.doc, 'place', 'Stockholm')
  const item = readMinutes(anna.doc).items[0]
  if (item === undefined) throw new Error('no item')
  setItemTitle(bo.doc, item.id, 'Mötets öppnande')
  await Promise.all([anna.saved(), bo.saved()])
  await bo.until('place', () => readMinutes(bo.doc).header.place === 'Stockholm')
  await anna.until('title', () => readMinutes(anna.doc).items[0]?.title === 'Mötets öppnande')
  const rows = started.log.stored(MEETING).rows
  expect(
    rows
      .slice(1)
      .map((row) => row.author)
      .sort(),
  ).toEqual(['anna', 'bo'])
  const place = await started.service.read(MEETING, (doc) => readMinutes(doc).header.place)
  expect(place).toBe('Stockholm')
  expect(started.service.agenciesIn(MEETING)).toEqual(['agency-of-anna', 'agency-of-bo'])
})
