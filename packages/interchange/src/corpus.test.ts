import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { type ImportResult, importText } from './index.ts'

/**
 * Small minutes of the family, each with what must come of it, as an outline that people can check by eye.
 * After a wanted change: `JUSTERA_WRITE_EXPECTED=1 vitest run …corpus`, then read the difference.
 */
const FOLDER = new URL('./fixtures/', import.meta.url)
const names = readdirSync(FOLDER).filter((name) => name.endsWith('.txt'))

function outline(result: ImportResult): string {
  if (!result.ok) return `refused: ${result.reason}\n`
  const { header, attendance, items } = result.minutes
  const lines = Object.entries(header)
    .filter(([, value]) => value !== '')
    .map(([field, value]) => `${field}: ${value}`)
  for (const { status, agency, name, note } of attendance) {
    lines.push(`${status} | ${agency} | ${name}${note === undefined ? '' : ` (${note})`}`)
  }
  for (const { title, presenters, blocks } of items) {
    lines.push(`# ${title}${presenters.length === 0 ? '' : ` / ${presenters.join(' / ')}`}`)
    for (const { kind, indent, content } of blocks) {
      const text = typeof content === 'string' ? content : JSON.stringify(content)
      lines.push(`  ${kind}${indent === undefined ? '' : ` +${indent}`}: ${text}`)
    }
  }
  for (const { level, code, item, source, result: became } of result.notes) {
    lines.push(
      `${level} ${code}${item === null ? '' : ` in ${item + 1}`}: ${source}${became === '' ? '' : ` → ${became}`}`,
    )
  }
  return `${lines.join('\n')}\n`
}

test('[IM8] the corpus holds at least 15 minutes', () => {
  expect(names.length).toBeGreaterThanOrEqual(15)
})

test.each(names)('[IM8] %s', (name) => {
  const result = outline(importText(readFileSync(new URL(name, FOLDER), 'utf8')))
  const expected = new URL(name.replace('.txt', '.expected'), FOLDER)
  if (process.env.JUSTERA_WRITE_EXPECTED === '1') writeFileSync(expected, result)
  expect(result).toBe(readFileSync(expected, 'utf8'))
})

test.each([
  ['', 'empty'],
  [' \n\t\n \u00A0', 'empty'],
  ['\u2022 -- \u2014', 'empty'],
  ['%PDF-1.7\n1 0 obj', 'not-text'],
  ['PK\u0003\u0004word/document.xml', 'not-text'],
  ['Nr\tÄrende\tBeslut\n1\tA\0\tB', 'not-text'],
  ['{\\rtf1 Protokoll}', 'not-text'],
  ['Hej!\n\nHär är lite text utan dagordning.', 'no-agenda'],
  ['Nr\tÄrende\tFöredragande\tBeslut', 'no-agenda'],
  ['Datum: 2023-01-01\nNärvarande: Anna Berg, IVO', 'no-agenda'],
  ['a'.repeat(5_000_001), 'too-large'],
  [`Nr\tÄrende\tBeslut\n${Array.from({ length: 301 }, (_, n) => `${n + 1}\tÄrende\tText`).join('\n')}`, 'too-large'],
] as const)('[IM9] what cannot be read is refused with a reason, case %#', (source, reason) => {
  const result = importText(source)
  expect(result).toMatchObject({ ok: false, reason })
  if (!result.ok) expect(result.message).not.toBe('')
})
