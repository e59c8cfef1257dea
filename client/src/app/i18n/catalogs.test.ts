import { readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'

const SRC = new URL('../..', import.meta.url).pathname
const swedish = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('catalog.sv.ts'))
  .map((file) => join(SRC, file))

const PLACEHOLDER = /\{\{[^}]+\}\}/g

test.each(swedish.map((file) => [relative(SRC, file), file]))(
  '[UI2] both languages say the same things: %s',
  async (_, file) => {
    const sv = leavesOf((await import(file)).sv)
    const en = leavesOf((await import(file.replace('catalog.sv.ts', 'catalog.en.ts'))).en)
    expect([...en.keys()]).toEqual([...sv.keys()])
    for (const [key, text] of sv) {
      expect(text.trim(), key).not.toBe('')
      expect(en.get(key)?.match(PLACEHOLDER)?.toSorted(), key).toEqual(text.match(PLACEHOLDER)?.toSorted())
    }
  },
)

test('[UI2] no exclamation marks, no apologies', async () => {
  expect(swedish.length).toBeGreaterThan(4)
  for (const file of swedish) {
    for (const [key, text] of leavesOf((await import(file)).sv)) expect(text, key).not.toMatch(/!|tyvärr/i)
  }
})

function leavesOf(catalog: Record<string, unknown>, path = ''): Map<string, string> {
  const leaves = new Map<string, string>()
  for (const [key, value] of Object.entries(catalog)) {
    if (typeof value === 'string') leaves.set(path + key, value)
    else for (const leaf of leavesOf(value as Record<string, unknown>, `${path}${key}.`)) leaves.set(...leaf)
  }
  return leaves
}
