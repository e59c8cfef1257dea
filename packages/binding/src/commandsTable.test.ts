import { BLOCK_KINDS } from '@justera/minutes'
import { Fragment, Slice } from '@tiptap/pm/model'
import { describe, expect, test } from 'vitest'
import { indentBlocks, outdentBlocks, setBlockKind, setLink, toggleMark } from './commands.ts'
import { backspace, breakLine, deleteForward, enter } from './editing.ts'
import { positionOfBlock } from './positions.ts'
import type { TestEditor } from './testing/replica.ts'
import { assertShown, at, linesOf, openScene, run, select, two, type } from './testing/scene.ts'

const BOTH_ORDERS = [
  [100, 200],
  [200, 100],
] as const

/** What a person, or a program, can do to a text, on the first block `abcdefgh`. */
const COMMANDS: readonly (readonly [string, (editor: TestEditor) => void])[] = [
  ['type', (editor) => type(editor, 'Q', at(editor, 0, 4))],
  [
    'Enter at start',
    (editor) => {
      select(editor, at(editor, 0, 0))
      run(editor, enter)
    },
  ],
  [
    'Enter in the middle',
    (editor) => {
      select(editor, at(editor, 0, 4))
      run(editor, enter)
    },
  ],
  [
    'Enter at the end',
    (editor) => {
      select(editor, at(editor, 0, 8))
      run(editor, enter)
    },
  ],
  [
    'Shift-Enter',
    (editor) => {
      select(editor, at(editor, 0, 4))
      run(editor, breakLine)
    },
  ],
  [
    'Backspace at the next start',
    (editor) => {
      select(editor, at(editor, 1, 0))
      run(editor, backspace)
    },
  ],
  [
    'Backspace twice at a point',
    (editor) => {
      select(editor, at(editor, 2, 0))
      run(editor, backspace)
      run(editor, backspace)
    },
  ],
  [
    'Delete at the end',
    (editor) => {
      select(editor, at(editor, 0, 8))
      run(editor, deleteForward)
    },
  ],
  [
    'delete a letter',
    (editor) => editor.host.dispatch(editor.host.state.tr.delete(at(editor, 0, 4), at(editor, 0, 5))),
  ],
  [
    'delete a range over blocks',
    (editor) => {
      select(editor, at(editor, 0, 6), at(editor, 1, 2))
      run(editor, backspace)
    },
  ],
  [
    'replace a word',
    (editor) => {
      select(editor, at(editor, 0, 2), at(editor, 0, 5))
      type(editor, 'QQ')
    },
  ],
  [
    'heading',
    (editor) => {
      select(editor, at(editor, 0, 1))
      setBlockKind(editor.host, 'heading')
    },
  ],
  [
    'point',
    (editor) => {
      select(editor, at(editor, 0, 1), at(editor, 2, 1))
      setBlockKind(editor.host, 'point')
    },
  ],
  [
    'decision',
    (editor) => {
      select(editor, at(editor, 0, 1))
      setBlockKind(editor.host, 'decision')
    },
  ],
  [
    'action',
    (editor) => {
      select(editor, at(editor, 0, 1))
      setBlockKind(editor.host, 'action')
    },
  ],
  [
    'indent',
    (editor) => {
      select(editor, at(editor, 2, 0))
      indentBlocks(editor.host)
    },
  ],
  [
    'outdent',
    (editor) => {
      select(editor, at(editor, 2, 0))
      indentBlocks(editor.host)
      outdentBlocks(editor.host)
    },
  ],
  [
    'bold',
    (editor) => {
      select(editor, at(editor, 0, 2), at(editor, 0, 6))
      toggleMark(editor.host, 'bold')
    },
  ],
  [
    'italic over blocks',
    (editor) => {
      select(editor, at(editor, 0, 2), at(editor, 1, 2))
      toggleMark(editor.host, 'italic')
    },
  ],
  [
    'link',
    (editor) => {
      select(editor, at(editor, 0, 2), at(editor, 0, 6))
      setLink(editor.host, 'https://a.se/')
    },
  ],
  [
    'mention',
    (editor) => {
      select(editor, at(editor, 0, 4))
      const node = editor.host.state.schema.node('mention', { mention: 'u', label: 'Q' })
      editor.host.dispatch(editor.host.state.tr.replaceSelectionWith(node))
    },
  ],
  [
    'paste of blocks',
    (editor) => {
      select(editor, at(editor, 0, 4))
      const { schema, tr } = editor.host.state
      const blocks = ['Q1', 'Q2', 'Q3'].map((text) => schema.node('block', { kind: 'bullet' }, schema.text(text)))
      editor.host.dispatch(tr.replaceSelection(new Slice(Fragment.from(blocks), 1, 1)))
    },
  ],
  [
    'insert a block above',
    (editor) => {
      const { schema, tr } = editor.host.state
      editor.host.dispatch(tr.insert(0, schema.node('block', null, schema.text('Q'))))
    },
  ],
  ['move the next block up', (editor) => moveUp(editor, 1)],
  [
    'clear all',
    (editor) => {
      const { schema, doc, tr } = editor.host.state
      editor.host.dispatch(tr.replaceWith(0, doc.content.size, schema.node('block')))
    },
  ],
  ['insert a line of text', (editor) => type(editor, 'QQQ', at(editor, 0, 0))],
]

function moveUp(editor: TestEditor, n: number): void {
  const { doc, tr } = editor.host.state
  const from = positionOfBlock(doc, n)
  const block = doc.child(n)
  tr.delete(from, from + block.nodeSize)
  tr.insert(0, block)
  editor.host.dispatch(tr)
}

describe('25 editing commands × typing at 5 offsets', () => {
  test.each(COMMANDS)('[BD10] %s loses and doubles nothing of what a colleague types', (_name, command) => {
    for (const clientIds of BOTH_ORDERS) {
      for (const offset of [0, 2, 4, 6, 8]) {
        const scene = openScene([{ content: 'abcdefgh' }, { content: 'ijkl' }, { content: 'mnop', kind: 'point' }], {
          clientIds,
        })
        const [a, b] = two(scene)
        command(a)
        assertShown(a)
        for (const letter of 'XYZ') type(b, letter, at(b, 0, offset) + 'XYZ'.indexOf(letter))
        scene.exchange()
        expect(linesOf(a)).toEqual(linesOf(b))
        const all = linesOf(a)
          .map((line) => line.slice(line.indexOf(':') + 2))
          .join('')
        expect(all.replace(/Q\d?/g, '')).toContain('XYZ')
        for (const letter of 'XYZ') expect(all.split(letter)).toHaveLength(2)
        for (const letter of 'abcdefghijklmnop') expect(all.split(letter).length, letter).toBeLessThanOrEqual(2)
        scene.destroy()
      }
    }
  })

  test('[BD10] the table has at least 25 commands and every kind can be set', () => {
    expect(COMMANDS.length).toBeGreaterThanOrEqual(25)
    const scene = openScene([{ content: 'text' }])
    const [a] = two(scene)
    select(a, at(a, 0, 1))
    for (const kind of [...BLOCK_KINDS].reverse()) {
      setBlockKind(a.host, kind)
      assertShown(a)
      expect(linesOf(a)).toEqual([`${kind}: text`])
    }
    scene.destroy()
  })
})
