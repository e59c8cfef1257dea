import { expect, test } from 'vitest'
import { readMinutesFile } from './minutesFile.ts'

const bytes = (...values: number[]) => new Blob([new Uint8Array(values)])

test.each([
  ['UTF-8', new Blob(['§ 1 Öppnande']), '§ 1 Öppnande'],
  ['UTF-8 with a mark', bytes(0xef, 0xbb, 0xbf, 0xc3, 0xa5), 'å'],
  ['Windows-1252', bytes(0xd6, 0x70, 0x70, 0x6e, 0x61), 'Öppna'],
  ['UTF-16', bytes(0xff, 0xfe, 0xe5, 0x00), 'å'],
])('[UI10] a text file is read in the encoding that it has: %s', async (_, file, text) => {
  expect(await readMinutesFile(file)).toEqual({ ok: true, text })
})

test.each([
  ['pdf', new Blob(['%PDF-1.7'])],
  ['word', bytes(0x50, 0x4b, 0x03, 0x04, 0x14)],
  ['word', new Blob(['{\\rtf1'])],
  ['binary', bytes(0x41, 0x00, 0x42)],
  ['empty', new Blob([' \n'])],
  ['tooLarge', new Blob([new Uint8Array(5_000_001)])],
])('[UI10] a file that is no text says what it is: %s', async (problem, file) => {
  expect(await readMinutesFile(file)).toEqual({ ok: false, problem })
})
