import { createMinutesDoc } from '@justera/minutes'
import { seeded } from '@justera/minutes/testing'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { toggleMark } from './commands.ts'
import { enter } from './editing.ts'
import { assertShown, at, linesOf, openScene, run, select, type } from './testing/scene.ts'

test('[BD4] overlapping formats by two people make a third, who only reads, send nothing', () => {
  const scene = openScene([{ content: 'abcdefghijkl' }], { clientIds: [100, 200, 300] })
  const [a, b, c] = scene.editors
  if (a === undefined || b === undefined || c === undefined) throw new RangeError('three clients are needed')
  for (const mark of ['bold', 'italic'] as const) {
    for (let round = 0; round < 4; round++) {
      select(a, at(a, 0, 0), at(a, 0, 8))
      toggleMark(a.host, mark)
      select(b, at(b, 0, 3), at(b, 0, 11))
      toggleMark(b.host, mark)
      scene.exchange()
    }
  }
  expect(linesOf(c)).toEqual(linesOf(a))
  expect(c.host.state.doc.eq(a.host.state.doc)).toBe(true)
  expect(scene.replicas.map(({ unaskedBytes }) => unaskedBytes)).toEqual([0, 0, 0])
  expect(scene.replicas[2]?.outbox).toEqual([])
  scene.destroy()
})

test('[BD4] a room and its replay, one by one and in one transaction, hold the same bytes', () => {
  for (let seed = 1; seed <= 60; seed++) {
    const random = seeded(seed)
    const whole = (limit: number): number => Math.floor(random() * limit)
    const scene = openScene([{ content: 'abcdefgh' }], { clientIds: [100, 200, 300] })
    const log: Uint8Array[] = []
    const [first] = scene.replicas
    if (first === undefined) throw new RangeError('no replica')
    const opening = Y.encodeStateAsUpdate(first.doc)
    const room = createMinutesDoc(901)
    Y.applyUpdate(room, opening)
    let fromRoom = 0
    room.on('update', (_update: Uint8Array, origin: unknown) => {
      if (origin !== 'frame') fromRoom += 1
    })
    for (let n = 0; n < 40; n++) {
      const editor = scene.editors[whole(3)]
      if (editor === undefined) continue
      const { size } = editor.host.state.doc.content
      const [from, to] = [1 + whole(size - 1), 1 + whole(size - 1)]
      const { doc } = editor.host.state
      if (doc.resolve(from).depth === 0 || doc.resolve(to).depth === 0) continue
      select(editor, from, to)
      const choice = whole(5)
      if (choice === 0) toggleMark(editor.host, 'bold')
      else if (choice === 1) toggleMark(editor.host, 'italic')
      else if (choice === 2) run(editor, enter)
      else type(editor, 'x', from)
      if (whole(4) > 0) continue
      const frames = scene.replicas.flatMap(({ outbox }) => outbox)
      log.push(...frames)
      for (const frame of frames) Y.applyUpdate(room, frame, 'frame')
      scene.exchange()
    }
    for (const editor of scene.editors) assertShown(editor)
    const oneByOne = createMinutesDoc(902)
    Y.applyUpdate(oneByOne, opening)
    for (const update of log) Y.applyUpdate(oneByOne, update)
    const atOnce = createMinutesDoc(903)
    atOnce.transact(() => {
      Y.applyUpdate(atOnce, opening)
      for (const update of log) Y.applyUpdate(atOnce, update)
    })
    expect(fromRoom).toBe(0)
    expect(Y.encodeStateAsUpdate(oneByOne)).toEqual(Y.encodeStateAsUpdate(room))
    expect(Y.encodeStateAsUpdate(atOnce)).toEqual(Y.encodeStateAsUpdate(room))
    scene.destroy()
  }
})
