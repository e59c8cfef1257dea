import { type BindingUndo, createUndo } from '@justera/binding'
import { addItem, bodyOf, createMinutesDoc, type ItemId, itemOf, readItems, setItemRemoved } from '@justera/minutes'
import { beforeEach, expect, test } from 'vitest'
import type * as Y from 'yjs'
import { createPageHistory, type PageHistory } from './pageHistory.ts'

class Typing {}
const typing = new Typing()
const doc = { current: createMinutesDoc() }
let history: PageHistory

/** The binding's undo, which here also counts what this test types as a step of its own each. */
function undoOver(document: Y.Doc): BindingUndo {
  const undo = createUndo(document)
  undo.manager.trackedOrigins.add(Typing)
  undo.manager.captureTimeout = 0
  return undo
}

function type(text: string, id = 'one'): void {
  const body = bodyOf(itemOf(doc.current, id as ItemId) as Y.Map<unknown>)
  doc.current.transact(() => body.insert(body.length, text), typing)
}

const state = (): string =>
  readItems(doc.current)
    .map(({ id }) => `${id}:${bodyOf(itemOf(doc.current, id) as Y.Map<unknown>).toString()}`)
    .join(' ')

beforeEach(() => {
  doc.current = createMinutesDoc()
  for (const id of ['one', 'two'])
    addItem(doc.current, { title: id, presenters: [], blocks: [] }, undefined, 'seed', id as ItemId)
  history = createPageHistory(undoOver(doc.current))
})

function remove(id: string): void {
  const set = (removed: boolean): void => setItemRemoved(doc.current, id as ItemId, removed, 'page')
  set(true)
  history.record({ undo: () => set(false), redo: () => set(true) })
}

test('[MP23] typing and changes of the agenda are taken back in the order in which they were made', () => {
  type('A')
  remove('two')
  type('B')
  expect(state()).toBe('one:AB')
  for (const expected of ['one:A', 'one:A two:', 'one: two:']) {
    expect(history.undo()).toBe(true)
    expect(state()).toBe(expected)
  }
  expect(history.undo()).toBe(false)
  for (const expected of ['one:A two:', 'one:A', 'one:AB']) {
    expect(history.redo()).toBe(true)
    expect(state()).toBe(expected)
  }
  expect(history.redo()).toBe(false)
})

test('[MP23] a new step ends what could be done again', () => {
  type('A')
  remove('two')
  history.undo()
  type('B')
  expect(history.redo()).toBe(false)
  expect(state()).toBe('one:AB two:')
})

test('[MP23] taking back a removal leaves what a colleague typed meanwhile', () => {
  remove('two')
  bodyOf(itemOf(doc.current, 'two' as ItemId) as Y.Map<unknown>).insert(0, 'Löfs ord')
  history.undo()
  expect(state()).toBe('one: two:Löfs ord')
})

test('[MP23] clearing forgets both kinds', () => {
  type('A')
  remove('two')
  history.clear()
  expect([history.undo(), history.redo(), state()]).toEqual([false, false, 'one:A'])
})
