import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { parseSync } from 'vite'
import { expect, test } from 'vitest'

const SRC = new URL('..', import.meta.url).pathname

/** Attributes that people hear or see. */
const SPOKEN = new Set([
  'aria-label',
  'aria-description',
  'aria-roledescription',
  'aria-valuetext',
  'title',
  'placeholder',
  'alt',
  'label',
])
const LETTER = /\p{L}/u
/** How every web address begins, in every language. */
const SCHEME = /https?:\/\//g

type Node = { readonly type: string; readonly [key: string]: unknown }

/** Words in markup that no catalog has: text between tags, and text in spoken attributes. */
function wordsOutsideCatalogs(file: string, code: string): readonly string[] {
  const { program, errors } = parseSync(file, code)
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`)
  const found: string[] = []
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) for (const child of node) visit(child)
    if (!isNode(node)) return
    if (node.type === 'JSXText') note(node.value)
    if (node.type === 'JSXExpressionContainer') literalsOf(node.expression).forEach(note)
    if (node.type === 'JSXAttribute') {
      // Other attributes hold class names and the like; only their expressions may contain markup.
      if (SPOKEN.has(nameOf(node.name))) literalsOf(unwrapped(node.value)).forEach(note)
      if (isNode(node.value) && node.value.type === 'JSXExpressionContainer') visit(node.value.expression)
      return
    }
    Object.values(node).forEach(visit)
  }
  const note = (text: unknown) => {
    if (typeof text === 'string' && LETTER.test(text.replace(SCHEME, ''))) found.push(text.trim())
  }
  visit(program)
  return found
}

/** Literal text that an expression can come to: through conditions, defaults and templates, not through calls. */
function literalsOf(node: unknown): readonly unknown[] {
  if (!isNode(node)) return []
  switch (node.type) {
    case 'Literal':
      return [node.value]
    case 'TemplateLiteral':
      return (node.quasis as readonly Node[]).map(({ value }) => (value as { cooked: string }).cooked)
    case 'ConditionalExpression':
      return [...literalsOf(node.consequent), ...literalsOf(node.alternate)]
    case 'LogicalExpression':
      return [...literalsOf(node.left), ...literalsOf(node.right)]
    case 'ParenthesizedExpression':
      return literalsOf(node.expression)
    default:
      return []
  }
}

function unwrapped(value: unknown): unknown {
  return isNode(value) && value.type === 'JSXExpressionContainer' ? value.expression : value
}

function nameOf(name: unknown): string {
  return isNode(name) && typeof name.name === 'string' ? name.name : ''
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.tsx') && !file.endsWith('.test.tsx'))
  .map((file) => join(SRC, file))

test('[UI3] every word in the interface comes from a catalog', () => {
  expect(files.length).toBeGreaterThan(20)
  const found = files.flatMap((file) =>
    wordsOutsideCatalogs(file, readFileSync(file, 'utf8')).map((words) => `${relative(SRC, file)}: ${words}`),
  )
  expect(found).toEqual([])
})

test.each([
  ['<p>Hej</p>', ['Hej']],
  ['<p title="Hej" className="a">{t("k")}</p>', ['Hej']],
  ['<p>{ok ? "Ja" : t("no")}</p>', ['Ja']],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: this is the code under test
  ['<p aria-label={`${n} nya`}>{n}, +</p>', ['nya']],
  ['<A render={() => <b>Hej</b>} kind="x" />', ['Hej']],
])('[UI3] the check sees words in %s', (markup, words) => {
  expect(wordsOutsideCatalogs('x.tsx', `const x = ${markup}`)).toEqual(words)
})
