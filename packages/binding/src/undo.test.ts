import { agendaOf, markersOf, readBlocks } from '@justera/minutes'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { setBlockKind, toggleMark } from './commands.ts'
import { backspace, enter } from './editing.ts'
import type { Replica } from './testing/replica.ts'
import { assertShown, at, linesOf, openScene, run, select, two, type } from './testing/scene.ts'
import { createUndo } from './undo.ts'

function replicas(scene: ReturnType<typeof openScene>): readonly [Replica, Replica] {
  const [a, b] = scene.replicas
  if (a === undefined || b === undefined) throw new RangeError('two replicas are needed')
  return [a, b]
}

describe('undo of one’s own edits only', () => {
  test('[BD14] typing, split, join, kind, bold and deletion are taken back with a colleague typing inside', () => {
    const scene = openScene([{ content: 'abcdef' }, { content: 'ghi', kind: 'point' }])
    const [a, b] = two(scene)
    const [ra] = replicas(scene)
    const before = linesOf(a)
    const edits: (() => void)[] = [
      () => type(a, 'QQ', at(a, 0, 3)),
      () => {
        select(a, at(a, 0, 3))
        run(a, enter)
      },
      () => {
        select(a, at(a, 0, 4), at(a, 1, 1))
        run(a, backspace)
      },
      () => {
        select(a, at(a, 0, 1))
        setBlockKind(a.host, 'heading')
      },
      () => {
        select(a, at(a, 0, 1), at(a, 0, 3))
        toggleMark(a.host, 'bold')
      },
      () =>
        a.host.dispatch(
          a.host.state.tr.replaceWith(0, a.host.state.doc.content.size, a.host.state.schema.node('block')),
        ),
    ]
    for (const edit of edits) {
      edit()
      type(b, 'x', at(b, 0, 1))
      scene.exchange()
      expect(ra.undo.undo()).toBe(true)
      scene.exchange()
      assertShown(a)
      expect(linesOf(a).map((line) => line.replaceAll('x', ''))).toEqual(before)
      expect(ra.undo.redo()).toBe(true)
      scene.exchange()
      expect(ra.undo.undo()).toBe(true)
      scene.exchange()
    }
    expect(linesOf(b)).toEqual(linesOf(a))
    expect(linesOf(a).join('').match(/x/g)).toHaveLength(edits.length)
    scene.destroy()
  })

  test('[BD14] a colleague’s edits are never taken back', () => {
    const scene = openScene([{ content: 'abc' }])
    const [a, b] = two(scene)
    const [ra] = replicas(scene)
    type(b, 'xyz', at(b, 0, 1))
    toggleMark(b.host, 'bold')
    scene.exchange()
    expect(ra.undo.canUndo).toBe(false)
    expect(ra.undo.undo()).toBe(false)
    expect(linesOf(a)).toEqual(['paragraph: axyzbc'])
    scene.destroy()
  })

  test('[BD14] a stock client’s format clean-up is not captured as the person’s own edit', () => {
    const scene = openScene([{ content: 'abc' }])
    const [ra] = replicas(scene)
    const [a] = two(scene)
    ra.doc.transact(() => a.text.format(1, 2, { bold: true }), null)
    expect(ra.undo.canUndo).toBe(false)
    scene.destroy()
  })

  test('[BD15] a kind that a colleague changed after one’s own change stays', () => {
    const scene = openScene([{ content: 'abc' }])
    const [a, b] = two(scene)
    const [ra] = replicas(scene)
    select(a, at(a, 0, 1))
    setBlockKind(a.host, 'heading')
    scene.exchange()
    select(b, at(b, 0, 1))
    setBlockKind(b.host, 'decision')
    scene.exchange()
    ra.undo.undo()
    scene.exchange()
    expect(linesOf(a)).toEqual(['decision: abc'])
    scene.destroy()
  })

  test('[BD15] a marker that comes back has its id and the kind that a colleague gave it meanwhile', () => {
    const scene = openScene([{ content: 'abc' }, { content: 'def', kind: 'point' }])
    const [a, b] = two(scene)
    const [ra] = replicas(scene)
    const { id } = readBlocks(a.text)[1] ?? {}
    select(b, at(b, 1, 1))
    setBlockKind(b.host, 'action')
    a.host.dispatch(a.host.state.tr.delete(at(a, 0, 3), at(a, 1, 0)))
    scene.exchange()
    expect(linesOf(a)).toEqual(['paragraph: abcdef'])
    ra.undo.undo()
    scene.exchange()
    assertShown(a)
    expect(linesOf(a)).toEqual(['paragraph: abc', 'action: def'])
    expect(readBlocks(a.text)[1]?.id).toBe(id)
    expect(ra.undo.canRedo).toBe(true)
    ra.undo.redo()
    scene.exchange()
    expect(linesOf(b)).toEqual(['paragraph: abcdef'])
    scene.destroy()
  })

  test('[BD15] both join and both undo: one empty block at most, no text twice', () => {
    const scene = openScene([{ content: 'abc' }, { content: 'def' }])
    const [a, b] = two(scene)
    for (const editor of [a, b]) {
      select(editor, at(editor, 1, 0))
      run(editor, backspace)
    }
    scene.exchange()
    for (const replica of scene.replicas) replica.undo.undo()
    scene.exchange()
    expect(
      linesOf(a)
        .join('')
        .match(/abc|def/g),
    ).toEqual(['abc', 'def'])
    expect(linesOf(a).length).toBeLessThanOrEqual(3)
    scene.destroy()
  })
})

describe('steps and places', () => {
  test('[BD16] typing within half a second is one step; Enter, kind and bold each start one', () => {
    const scene = openScene([{ content: 'abc' }], { captureTimeoutMs: 100_000 })
    const [a] = two(scene)
    const [ra] = replicas(scene)
    select(a, at(a, 0, 3))
    for (const letter of 'def') type(a, letter)
    run(a, enter)
    setBlockKind(a.host, 'decision')
    select(a, at(a, 0, 0), at(a, 0, 2))
    toggleMark(a.host, 'bold')
    expect(ra.undo.manager.undoStack).toHaveLength(4)
    ra.undo.undo()
    expect(a.host.state.doc.firstChild?.firstChild?.marks).toEqual([])
    ra.undo.undo()
    ra.undo.undo()
    expect(linesOf(a)).toEqual(['paragraph: abcdef'])
    ra.undo.undo()
    expect(linesOf(a)).toEqual(['paragraph: abc'])
    expect(ra.undo.canUndo).toBe(false)
    scene.destroy()
  })

  test('[BD16] undo brings the selection back to where it was before the edit', () => {
    const scene = openScene([{ content: 'abcdef' }, { content: 'ghi' }])
    const [a, b] = two(scene)
    const [ra] = replicas(scene)
    select(a, at(a, 0, 2), at(a, 0, 4))
    run(a, backspace)
    select(a, at(a, 1, 1))
    type(b, 'xx', at(b, 0, 0))
    scene.exchange()
    ra.undo.undo()
    const { from, to } = a.host.state.selection
    expect(a.host.state.doc.textBetween(from, to)).toBe('cd')
    scene.destroy()
  })

  test('[BD16] one history over all items; the touched item is named when its editor is not mounted', () => {
    const scene = openScene([{ content: 'abc' }], { items: 2 })
    const [ra] = replicas(scene)
    const [first, second] = ra.editors
    if (first === undefined || second === undefined) throw new RangeError('two items are needed')
    const revealed: string[] = []
    const focused: string[] = []
    const stop = ra.undo.onReveal((itemId) => revealed.push(itemId))
    const handle = (itemId: string) => ({
      focus: () => focused.push(itemId),
      select: () => focused.push(`${itemId} selected`),
      selection: () => null,
    })
    ra.undo.register('item-1', handle('item-1'))
    type(first, 'x', at(first, 0, 0))
    type(second, 'y', at(second, 0, 0))
    ra.undo.undo()
    expect(linesOf(second)).toEqual(['paragraph: abc'])
    expect(revealed).toEqual(['item-2'])
    ra.undo.register('item-2', handle('item-2'))
    expect(focused).toEqual(['item-2 selected'])
    ra.undo.undo()
    expect(focused).toEqual(['item-2 selected', 'item-1'])
    stop()
    ra.undo.redo()
    expect(revealed).toEqual(['item-2'])
    scene.destroy()
  })

  test('[BD17] undo and redo do nothing where the person may not write', () => {
    const scene = openScene([{ content: 'abc' }])
    const [a] = two(scene)
    const [ra] = replicas(scene)
    let may = true
    const undo = createUndo(ra.doc, { mayWrite: () => may })
    type(a, 'x', at(a, 0, 0))
    may = false
    expect([undo.undo(), undo.redo()]).toEqual([false, false])
    expect(linesOf(a)).toEqual(['paragraph: xabc'])
    may = true
    expect(undo.undo()).toBe(true)
    expect(linesOf(a)).toEqual(['paragraph: abc'])
    undo.destroy()
    scene.destroy()
  })

  test('[BD16] listeners hear of each change of canUndo and canRedo; clear forgets all', () => {
    const scene = openScene([{ content: 'abc' }])
    const [a] = two(scene)
    const [ra] = replicas(scene)
    let calls = 0
    const stop = ra.undo.subscribe(() => {
      calls += 1
    })
    type(a, 'x', at(a, 0, 0))
    expect(calls).toBeGreaterThan(0)
    ra.undo.clear()
    expect([ra.undo.canUndo, ra.undo.canRedo]).toEqual([false, false])
    stop()
    const heard = calls
    type(a, 'y', at(a, 0, 0))
    expect(calls).toBe(heard)
    expect(agendaOf(ra.doc)).toBeInstanceOf(Y.Map)
    expect(markersOf(a.text)).toHaveLength(1)
    scene.destroy()
  })
})
