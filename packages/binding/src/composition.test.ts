import { Fragment, Slice } from '@tiptap/pm/model'
import { ReplaceStep } from '@tiptap/pm/transform'
import { expect, test } from 'vitest'
import { setBlockKind, toggleMark } from './commands.ts'
import { backspace, deleteForward, enter } from './editing.ts'
import type { TestEditor } from './testing/replica.ts'
import { assertShown, at, linesOf, openScene, run, select, two, type } from './testing/scene.ts'

/** What an input method does: it replaces its own letters again and again, in a text that must not move under it. */
function compose(editor: TestEditor, from: number, previous: string, next: string): void {
  const { tr, schema } = editor.host.state
  const slice = next === '' ? Slice.empty : new Slice(Fragment.from(schema.text(next)), 0, 0)
  editor.host.dispatch(tr.step(new ReplaceStep(from, from + previous.length, slice)))
  select(editor, from + next.length)
}

function setComposing(editor: TestEditor, composing: boolean): void {
  editor.setComposing?.(composing)
}

/** The text is `Hej!` with `か` being composed after `Hej`, a block before and one after. */
const REMOTE: readonly (readonly [string, (b: TestEditor) => void, readonly string[]])[] = [
  ['typing in another block', (b) => type(b, 'X', at(b, 0, 1)), ['fXöre', 'Hej漢字!', 'efter']],
  ['an insertion before', (b) => type(b, 'X', at(b, 1, 0)), ['före', 'XHej漢字!', 'efter']],
  ['an insertion just after', (b) => type(b, 'X', at(b, 1, 4)), ['före', 'Hej漢字X!', 'efter']],
  ['an insertion later in the block', (b) => type(b, 'X', at(b, 1, 5)), ['före', 'Hej漢字!X', 'efter']],
  [
    'an insertion where the composed letter stands',
    (b) => {
      type(b, 'X', at(b, 1, 3))
    },
    ['före', 'HejX漢字!', 'efter'],
  ],
  [
    'a split before',
    (b) => {
      select(b, at(b, 1, 1))
      run(b, enter)
    },
    ['före', 'H', 'ej漢字!', 'efter'],
  ],
  [
    'a split after',
    (b) => {
      select(b, at(b, 1, 4))
      run(b, enter)
    },
    ['före', 'Hej漢字', '!', 'efter'],
  ],
  [
    'deletion of other text',
    (b) => {
      b.host.dispatch(b.host.state.tr.delete(at(b, 1, 0), at(b, 1, 2)))
    },
    ['före', 'j漢字!', 'efter'],
  ],
  [
    'deletion of all its text',
    (b) => {
      b.host.dispatch(b.host.state.tr.delete(at(b, 1, 0), at(b, 1, 5)))
    },
    ['före', '漢字', 'efter'],
  ],
  [
    'bold over the block',
    (b) => {
      select(b, at(b, 1, 0), at(b, 1, 5))
      toggleMark(b.host, 'bold')
    },
    ['före', 'Hej漢字!', 'efter'],
  ],
  [
    'another kind',
    (b) => {
      select(b, at(b, 1, 0))
      setBlockKind(b.host, 'decision')
    },
    ['före', 'Hej漢字!', 'efter'],
  ],
  [
    'joining the next block on',
    (b) => {
      select(b, at(b, 1, 5))
      run(b, deleteForward)
    },
    ['före', 'Hej漢字!efter'],
  ],
  [
    'joining it to the block before',
    (b) => {
      select(b, at(b, 1, 0))
      run(b, backspace)
    },
    ['föreHej漢字!', 'efter'],
  ],
]

test.each(REMOTE)('[BD13] %s during a composition doubles and loses nothing', (_name, remote, wanted) => {
  for (const clientIds of [
    [100, 200],
    [200, 100],
  ]) {
    const scene = openScene([{ content: 'före' }, { content: 'Hej!' }, { content: 'efter' }], { clientIds })
    const [a, b] = two(scene)
    const start = at(a, 1, 3)
    select(a, start)
    compose(a, start, '', 'か')
    scene.exchange()
    setComposing(a, true)
    const shownBefore = a.host.state.doc.child(1).textContent
    remote(b)
    deliver(scene)
    if (a.binding.isHolding) expect(a.host.state.doc.child(1).textContent).toBe(shownBefore)
    const moved = a.binding.isHolding ? start : a.host.state.selection.head - 1
    compose(a, moved, 'か', 'かん')
    compose(a, moved, 'かん', '漢')
    deliver(scene)
    compose(a, moved, '漢', '漢字')
    setComposing(a, false)
    a.binding.release()
    scene.exchange()
    assertShown(a)
    const texts = linesOf(a).map((line) => line.slice(line.indexOf(':') + 2))
    expect(texts).toEqual(wanted)
    expect(linesOf(b)).toEqual(linesOf(a))
    const { $head } = a.host.state.selection
    expect($head.parent.textBetween(0, $head.parentOffset)).toMatch(/漢字$/)
    scene.destroy()
  }
})

test('[BD13] a dead key composed while a colleague types in the same text node', () => {
  const scene = openScene([{ content: 'cafr' }])
  const [a, b] = two(scene)
  select(a, at(a, 0, 3))
  setComposing(a, true)
  compose(a, at(a, 0, 3), '', '´')
  type(b, 'X', at(b, 0, 3))
  type(b, 'Y', at(b, 0, 5))
  deliver(scene)
  expect(a.binding.isHolding).toBe(true)
  compose(a, at(a, 0, 3), '´', 'é')
  setComposing(a, false)
  a.binding.release()
  scene.exchange()
  const [line] = linesOf(a)
  expect(line?.replace('paragraph: ', '').split('').sort().join('')).toBe('XYacfré')
  expect(line).toMatch(/^paragraph: caf.*r/)
  scene.destroy()
})

test('[BD13] marks and attributes set while changes are held back reach the right units', () => {
  const scene = openScene([{ content: 'ab' }, { content: 'cd' }])
  const [a, b] = two(scene)
  select(a, at(a, 0, 1))
  setComposing(a, true)
  type(b, 'XX', at(b, 0, 1))
  select(b, at(b, 0, 0))
  run(b, enter)
  deliver(scene)
  expect(a.binding.isHolding).toBe(true)
  select(a, at(a, 0, 1), at(a, 1, 1))
  toggleMark(a.host, 'bold')
  select(a, at(a, 1, 0))
  setBlockKind(a.host, 'point')
  setComposing(a, false)
  a.binding.release()
  scene.exchange()
  expect(linesOf(a)).toEqual(['paragraph: ', 'paragraph: aXXb', 'point: cd'])
  expect(a.host.state.doc.child(1).lastChild?.marks.map((mark) => mark.type.name)).toEqual(['bold'])
  scene.destroy()
})

/** Hands updates over without asking that a composing editor shows them. */
function deliver(scene: ReturnType<typeof openScene>): void {
  for (const from of scene.replicas) {
    for (const update of from.outbox.splice(0)) for (const to of scene.replicas) if (to !== from) to.receive(update)
  }
}
