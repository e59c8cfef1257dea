import { readFile } from 'node:fs/promises'
import { importText } from '@justera/interchange'
import { afterEach, expect, test } from 'vitest'
import { createImportReader, type ImportReader } from './importReader.ts'

const MINUTES = await readFile(new URL('../../../tests/fixtures/protokoll-2023-06-07.txt', import.meta.url), 'utf8')

let reader: ImportReader
afterEach(() => reader.close())

test('[IM14] a file read in the import thread gives what the importer gives', async () => {
  reader = createImportReader()
  expect(await reader.read(MINUTES)).toEqual(importText(MINUTES))
})

test('[IM15] an import past its time is given up, and the next one is read', async () => {
  reader = createImportReader({ timeMs: 1500, heapMb: 256, waiting: 5 })
  const bullets = `Nr\tÄrende\tBeslut\n1\tEtt\t${'<li>a</li>'.repeat(300_000)}`
  expect(await reader.read(bullets)).toMatchObject({ ok: false, reason: 'too-large' })
  expect(await reader.read(MINUTES)).toMatchObject({ ok: true })
})

test('[IM16] while a long import runs, this thread goes on', async () => {
  reader = createImportReader({ timeMs: 3000, heapMb: 256, waiting: 5 })
  const reading = reader.read(`Nr\tÄrende\tBeslut\n1\tEtt\t${'<li>a</li>'.repeat(300_000)}`)
  let turns = 0
  const timer = setInterval(() => turns++, 10)
  await reading
  clearInterval(timer)
  expect(turns).toBeGreaterThan(10)
})
