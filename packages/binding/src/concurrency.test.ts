import { IMPLICIT_BLOCK_ID, markersOf, readBlocks } from '@justera/minutes'
import { Fragment, Slice } from '@tiptap/pm/model'
import { TextSelection } from '@tiptap/pm/state'
import { ReplaceStep } from '@tiptap/pm/transform'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { setBlockKind, toggleMark } from './commands.ts'
import { backspace, deleteForward, enter } from './editing.ts'
import type { TestEditor } from './testing/replica.ts'
import { assertShown, at, linesOf, openScene, run, select, two, type } from './testing/scene.ts'

const BOTH_ORDERS = [
  [100, 200],
  [200, 100],
] as const

describe('two people at once', () => {
  test.each(BOTH_ORDERS)('[BD5] letters typed at one spot do not interleave (%i, %i)', (...clientIds) => {
    const scene = openScene([{ content: 'xy' }], { clientIds })
    const [a, b] = two(scene)
    select(a, at(a, 0, 1))
    select(b, at(b, 0, 1))
    for (let n = 0; n < 6; n++) {
      type(a, 'a')
      type(b, 'B')
      scene.exchange()
    }
    expect(['paragraph: xaaaaaaBBBBBBy', 'paragraph: xBBBBBBaaaaaay']).toContain(linesOf(a)[0])
    scene.destroy()
  })

  test.each(BOTH_ORDERS)('[BD6] Enter at a start leaves text, typing and kind together (%i, %i)', (...clientIds) => {
    for (const other of ['type', 'kind'] as const) {
      const scene = openScene([{ content: 'först' }, { content: 'text', kind: 'point' }], { clientIds })
      const [a, b] = two(scene)
      const [, marker] = markersOf(a.text)
      select(a, at(a, 1, 0))
      run(a, enter)
      select(b, at(b, 1, 0))
      if (other === 'type') type(b, 'Ny ')
      else setBlockKind(b.host, 'decision')
      scene.exchange()
      expect(linesOf(a)).toEqual(
        other === 'type'
          ? ['paragraph: först', 'point: ', 'point: Ny text']
          : ['paragraph: först', 'point: ', 'decision: text'],
      )
      expect(markersOf(a.text)[2]).toBe(marker)
      scene.destroy()
    }
  })

  test.each(BOTH_ORDERS)(
    '[BD7] Enter at one spot by both splits once more, and doubles no text (%i, %i)',
    (...clientIds) => {
      const scene = openScene([{ content: 'vänsterhöger' }], { clientIds })
      const [a, b] = two(scene)
      for (const editor of [a, b]) {
        select(editor, at(editor, 0, 7))
        run(editor, enter)
      }
      scene.exchange()
      expect(linesOf(a)).toEqual(['paragraph: vänster', 'paragraph: ', 'paragraph: höger'])
      scene.destroy()
    },
  )

  test.each(BOTH_ORDERS)(
    '[BD7] a heading made while a colleague types keeps what they type (%i, %i)',
    (...clientIds) => {
      const scene = openScene([{ content: 'Rubrik' }], { clientIds })
      const [a, b] = two(scene)
      select(a, at(a, 0, 0))
      setBlockKind(a.host, 'heading')
      type(b, ' XYZ', at(b, 0, 6))
      scene.exchange()
      expect(linesOf(a)).toEqual(['heading: Rubrik XYZ'])
      scene.destroy()
    },
  )
})

describe('the first block without a marker', () => {
  test('[BD8] is drawn, and opening or receiving stores nothing', () => {
    const scene = openScene([])
    const [a, b] = two(scene)
    expect(b.host.state.doc.childCount).toBe(1)
    expect(scene.replicas.map((replica) => replica.outbox.length)).toEqual([0, 0])
    type(a, 'hej')
    scene.exchange()
    expect(readBlocks(b.text).map(({ id }) => id)).toEqual([IMPLICIT_BLOCK_ID])
    expect(scene.replicas[1]?.outbox).toEqual([])
    scene.destroy()
  })

  test('[BD8] two people who start an empty item by typing leave one block', () => {
    const scene = openScene([])
    const [a, b] = two(scene)
    type(a, 'aaa')
    type(b, 'bbb')
    scene.exchange()
    expect(linesOf(a)).toHaveLength(1)
    scene.destroy()
  })

  test('[BD8] gets its marker before a step that reaches it: Enter, kind, emptied, moved above', () => {
    const start = (): ReturnType<typeof openScene> => {
      const scene = openScene([])
      const [a] = two(scene)
      type(a, 'ett')
      return scene
    }
    const edits: readonly [(editor: TestEditor) => void, readonly string[]][] = [
      [
        (editor) => {
          select(editor, 1)
          run(editor, enter)
        },
        ['paragraph: ', 'paragraph: ett'],
      ],
      [
        (editor) => {
          select(editor, 2)
          run(editor, enter)
        },
        ['paragraph: e', 'paragraph: tt'],
      ],
      [
        (editor) => {
          select(editor, 1)
          setBlockKind(editor.host, 'point')
        },
        ['point: ett'],
      ],
      [
        (editor) => {
          select(editor, 1, 4)
          run(editor, backspace)
        },
        ['paragraph: '],
      ],
      [
        (editor) => {
          const { schema, tr } = editor.host.state
          const block = schema.node('block', { kind: 'heading' }, schema.text('över'))
          editor.host.dispatch(tr.step(new ReplaceStep(0, 0, new Slice(Fragment.from(block), 0, 0))))
        },
        ['heading: över', 'paragraph: ett'],
      ],
    ]
    for (const [edit, wanted] of edits) {
      const scene = start()
      const [a, b] = two(scene)
      edit(a)
      assertShown(a)
      scene.exchange()
      expect(linesOf(b)).toEqual(wanted)
      scene.destroy()
    }
  })

  test('[BD8] emptying it above another block keeps the block', () => {
    const scene = openScene([{ content: 'bort' }, { content: 'kvar', kind: 'point' }])
    const [a, b] = two(scene)
    // The first marker goes while a colleague types behind it: their text becomes the implicit block.
    a.host.dispatch(a.host.state.tr.delete(0, a.host.state.doc.child(0).nodeSize))
    type(b, 'X', at(b, 0, 2))
    scene.exchange()
    expect(readBlocks(a.text)[0]?.id).toBe(IMPLICIT_BLOCK_ID)
    select(a, 1, 2)
    run(a, backspace)
    assertShown(a)
    scene.exchange()
    expect(linesOf(b)).toEqual(['paragraph: ', 'point: kvar'])
    scene.destroy()
  })
})

describe('anchors and ids', () => {
  test('[BD9] Enter, joins and kinds re-create no character and keep ids', () => {
    const scene = openScene([{ content: 'abcdef', kind: 'point' }])
    const [a] = two(scene)
    const anchors = [1, 2, 3, 4, 5, 6].map((index) => Y.createRelativePositionFromTypeIndex(a.text, index, 0))
    select(a, at(a, 0, 3))
    run(a, enter)
    run(a, enter)
    run(a, enter)
    run(a, backspace)
    select(a, at(a, 0, 3))
    run(a, deleteForward)
    setBlockKind(a.host, 'decision')
    const letters = anchors.map((anchor) => {
      const found = Y.createAbsolutePositionFromRelativePosition(anchor, a.text.doc as Y.Doc)
      return a.text
        .toDelta()
        .flatMap(({ insert }: { insert: unknown }) => (typeof insert === 'string' ? [...insert] : [null]))[
        found?.index ?? -1
      ]
    })
    expect(letters).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
    scene.destroy()
  })

  test('[BD9] setting the same content writes nothing; other content keeps what is common', () => {
    const scene = openScene([{ content: 'Ett stycke' }, { content: 'Två', kind: 'point' }])
    const [a] = two(scene)
    const before = markersOf(a.text)
    const content = a.host.state.doc.content
    a.host.dispatch(a.host.state.tr.step(new ReplaceStep(0, content.size, new Slice(content, 0, 0))))
    expect(scene.replicas[0]?.outbox).toEqual([])
    const { schema } = a.host.state
    const changed = Fragment.from([
      schema.node('block', { kind: 'heading' }, schema.text('Ett nytt stycke')),
      schema.node('block', { kind: 'point' }, schema.text('Två')),
    ])
    a.host.dispatch(a.host.state.tr.step(new ReplaceStep(0, content.size, new Slice(changed, 0, 0))))
    assertShown(a)
    expect(markersOf(a.text)).toEqual(before)
    expect(linesOf(a)).toEqual(['heading: Ett nytt stycke', 'point: Två'])
    scene.destroy()
  })

  test('[BD9] every marker has an id of its own, whatever the editor copies', () => {
    const scene = openScene([{ content: 'ett två tre', kind: 'point' }])
    const [a] = two(scene)
    select(a, at(a, 0, 3))
    run(a, enter)
    const { doc, tr } = a.host.state
    a.host.dispatch(tr.step(new ReplaceStep(0, 0, new Slice(Fragment.from(doc.child(1)), 0, 0))))
    const ids = readBlocks(a.text).map(({ id }) => id)
    expect(new Set(ids).size).toBe(3)
    scene.destroy()
  })
})

describe('caret and marks through remote edits', () => {
  test('[BD11] a colleague’s letter leaves the mark that was just switched on', () => {
    const scene = openScene([{ content: 'text' }])
    const [a, b] = two(scene)
    select(a, at(a, 0, 2))
    toggleMark(a.host, 'bold')
    type(b, 'x', at(b, 0, 0))
    scene.exchange()
    expect(a.host.state.storedMarks?.map((mark) => mark.type.name)).toEqual(['bold'])
    scene.destroy()
  })

  test.each([false, true])(
    '[BD11] foreign text at the edges of a selection stays outside (backward %s)',
    (isBackward) => {
      const scene = openScene([{ content: 'abcdef' }])
      const [a, b] = two(scene)
      const [low, high] = [at(a, 0, 2), at(a, 0, 4)]
      if (isBackward) select(a, high, low)
      else select(a, low, high)
      type(b, 'X', at(b, 0, 2))
      type(b, 'Y', at(b, 0, 5))
      scene.exchange()
      const { selection, doc } = a.host.state
      expect(doc.textBetween(selection.from, selection.to)).toBe('cd')
      expect(selection.anchor > selection.head).toBe(isBackward)
      expect(selection).toBeInstanceOf(TextSelection)
      scene.destroy()
    },
  )

  test('[BD11] a caret in text that a colleague deletes, splits or joins stays in place', () => {
    const scene = openScene([{ content: 'abcdef' }, { content: 'ghi' }])
    const [a, b] = two(scene)
    select(a, at(a, 1, 1))
    select(b, at(b, 0, 3))
    run(b, enter)
    scene.exchange()
    expect(a.host.state.selection.head).toBe(at(a, 2, 1))
    select(b, at(b, 2, 0))
    run(b, backspace)
    scene.exchange()
    expect(a.host.state.selection.head).toBe(at(a, 1, 4))
    select(b, at(b, 1, 2), at(b, 1, 5))
    run(b, backspace)
    scene.exchange()
    expect(a.host.state.selection.head).toBe(at(a, 1, 2))
    scene.destroy()
  })
})

describe('what this version does not know', () => {
  test('[BD12] an unknown mark, embed and marker key are drawn plainly and stay', () => {
    const scene = openScene([{ content: 'abcdef' }])
    const [a, b] = two(scene)
    const [replica] = scene.replicas
    replica?.doc.transact(() => {
      a.text.format(2, 3, { underline: true })
      a.text.insertEmbed(4, { chart: 7 })
      markersOf(a.text)[0]?.set('colour', 'red')
      markersOf(a.text)[0]?.set('kind', 'poem')
    })
    scene.exchange()
    type(b, 'X', at(b, 0, 3))
    select(b, at(b, 0, 0))
    run(b, enter)
    select(b, at(b, 1, 1), at(b, 1, 3))
    toggleMark(b.host, 'bold')
    scene.exchange()
    const delta = a.text.toDelta() as { insert: unknown; attributes?: Record<string, unknown> }[]
    expect(delta.some(({ insert }) => JSON.stringify(insert) === '{"chart":7}')).toBe(true)
    expect(delta.some(({ attributes }) => attributes?.underline === true)).toBe(true)
    expect(markersOf(a.text).map((marker) => marker.get('colour'))).toEqual([undefined, 'red'])
    expect(linesOf(a)[1]).toMatch(/^paragraph: abX?/)
    expect(b.host.state.doc.textContent).toContain('ab')
    scene.destroy()
  })
})
