import { createMinutesDoc } from '@justera/minutes'
import { Fragment, type Node, Slice } from '@tiptap/pm/model'
import { EditorState, Plugin } from '@tiptap/pm/state'
import { ReplaceAroundStep } from '@tiptap/pm/transform'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { minutesSchema, renderBody } from './render.ts'
import { bodyAt, itemIds, startingDocument } from './testing/replica.ts'
import { TextBinding, type TextBindingOptions } from './textBinding.ts'

function open(blocks: readonly string[], options: TextBindingOptions = {}, more: readonly Plugin[] = []) {
  const doc = createMinutesDoc(7)
  Y.applyUpdate(doc, startingDocument([blocks]), 'network')
  const [id] = itemIds(doc)
  if (id === undefined) throw new RangeError('no item')
  const text = bodyAt(doc, id)
  const schema = minutesSchema()
  const binding = new TextBinding(text, options)
  const host = {
    state: EditorState.create({ schema, doc: renderBody(text, schema), plugins: [binding.plugin, ...more] }),
    composing: false,
    editable: true,
    dispatch(transaction: EditorState['tr']) {
      host.state = host.state.applyTransaction(transaction).state
      binding.drain()
    },
  }
  binding.attach(host)
  const isEqual = (): boolean => renderBody(text, schema).eq(host.state.doc)
  return { doc, text, binding, host, schema, isEqual }
}

describe('edits that are refused leave editor and text equal', () => {
  test('[BD17] while the text is ahead of the editor', () => {
    const { text, host, binding, isEqual, doc } = open(['abc'])
    binding.detach()
    let tried = 0
    const early = (): void => {
      tried += 1
      host.dispatch(host.state.tr.insertText('X', 2))
    }
    text.observeDeep(early)
    binding.attach(host)
    doc.transact(() => text.insert(1, 'remote '), 'network')
    text.unobserveDeep(early)
    expect(tried).toBe(1)
    expect(text.toString()).toBe('remote abc')
    expect(isEqual()).toBe(true)
  })

  test('[BD17] inside somebody’s Yjs transaction', () => {
    const { text, host, isEqual, doc } = open(['abc'])
    doc.transact(() => {
      text.insert(1, 'r')
      host.dispatch(host.state.tr.insertText('X', 3))
    }, 'network')
    expect(text.toString()).toBe('rabc')
    expect(isEqual()).toBe(true)
  })

  test('[BD17] what another plugin appends to a remote change', () => {
    const eager = new Plugin({
      appendTransaction: (transactions, _before, state) =>
        transactions.some((transaction) => transaction.docChanged) && state.doc.textContent.endsWith('remote')
          ? state.tr.insertText('APPENDED', 1)
          : null,
    })
    const { text, isEqual, doc } = open(['abc'], {}, [eager])
    let sent = 0
    doc.on('update', (_update: Uint8Array, origin: unknown) => {
      if (origin !== 'network') sent += 1
    })
    doc.transact(() => text.insert(4, 'remote'), 'network')
    expect(text.toString()).toBe('abcremote')
    expect(sent).toBe(0)
    expect(isEqual()).toBe(true)
  })

  test('[BD17] by somebody who may not write, or in a read-only editor', () => {
    let may = false
    const { text, host, isEqual } = open(['abc'], { mayWrite: () => may })
    host.dispatch(host.state.tr.insertText('X', 2))
    expect(text.toString()).toBe('abc')
    may = true
    host.editable = false
    host.dispatch(host.state.tr.insertText('X', 2))
    expect(text.toString()).toBe('abc')
    host.editable = true
    host.dispatch(host.state.tr.insertText('X', 2))
    expect(text.toString()).toBe('aXbc')
    expect(isEqual()).toBe(true)
  })

  test('[BD17] a composition that runs when the meeting locks may end, for one second', () => {
    let now = 0
    let may = true
    const { text, host } = open(['abc'], { mayWrite: () => may, now: () => now })
    host.composing = true
    may = false
    host.dispatch(host.state.tr.insertText('´', 2))
    now = 900
    host.dispatch(host.state.tr.insertText('é', 2, 3))
    now = 1100
    host.dispatch(host.state.tr.insertText('X', 2))
    expect(text.toString()).toBe('aébc')
  })

  test('[BD17] what a flat text cannot hold', () => {
    const problems: string[] = []
    const { text, host, schema, isEqual } = open(['abc', 'def'], { onProblem: (problem) => problems.push(problem) })
    expect(() => schema.mark('link', { href: 'javascript:alert(1)' })).toThrow(RangeError)
    host.dispatch(host.state.tr.insert(1, schema.node('mention', { mention: 'u', label: 'Anna' })))
    host.dispatch(host.state.tr.setNodeAttribute(1, 'label', 'Eva'))
    expect(host.state.tr.maybeStep(wrapOf(host.state.doc.content.size, schema.node('block'))).failed).not.toBe(null)
    expect(problems).toEqual(['an edit was refused: it sets an attribute of something other than a block'])
    expect(text.toString()).toBe('abcdef')
    expect(isEqual()).toBe(true)
  })
})

function wrapOf(size: number, block: Node): ReplaceAroundStep {
  return new ReplaceAroundStep(0, size, 0, size, new Slice(Fragment.from(block), 0, 0), 1)
}

describe('edits made while others change the text', () => {
  test('[BD18] an observer that edits the text in the same task leaves editor and text equal', () => {
    const { text, binding, host, isEqual, doc } = open(['abc'])
    binding.detach()
    let once = true
    const meddle = (): void => {
      if (!once) return
      once = false
      doc.transact(() => {
        text.delete(1, 1)
        text.insert(text.length, '!')
      }, 'other code')
    }
    text.observeDeep(meddle)
    binding.attach(host)
    doc.transact(() => text.insert(3, 'xyz'), 'network')
    expect(text.toString()).toBe('bxyzc!')
    expect(isEqual()).toBe(true)
    text.unobserveDeep(meddle)
  })

  test('[BD18] two editors on one text show each other’s edits', () => {
    const one = open(['abc'])
    const schema = minutesSchema()
    const second = new TextBinding(one.text)
    const host = {
      state: EditorState.create({ schema, doc: renderBody(one.text, schema), plugins: [second.plugin] }),
      composing: false,
      editable: true,
      dispatch(transaction: EditorState['tr']) {
        host.state = host.state.applyTransaction(transaction).state
        second.drain()
      },
    }
    second.attach(host)
    one.host.dispatch(one.host.state.tr.insertText('X', 2))
    host.dispatch(host.state.tr.insertText('Y', 4).split(3))
    one.host.dispatch(one.host.state.tr.setNodeAttribute(0, 'kind', 'heading'))
    expect(one.isEqual()).toBe(true)
    expect(host.state.doc.eq(one.host.state.doc)).toBe(true)
    second.detach()
  })

  test('[BD18] attaching to a text that moved on draws it and writes nothing', () => {
    const { text, binding, host, doc, isEqual } = open(['abc'])
    binding.detach()
    doc.transact(() => text.insert(2, 'new '), 'network')
    let sent = 0
    doc.on('update', () => {
      sent += 1
    })
    binding.attach(host)
    expect(isEqual()).toBe(true)
    expect(sent).toBe(0)
  })
})

describe('code points', () => {
  test('[BD19] no position, however made, cuts a surrogate pair', () => {
    const family = '👩‍👩‍👧'
    for (let cut = 0; cut <= family.length + 2; cut++) {
      const edits: readonly ((host: ReturnType<typeof open>['host']) => EditorState['tr'])[] = [
        ({ state }) => state.tr.insertText('X', 1 + cut),
        ({ state }) => state.tr.split(1 + cut),
        ({ state }) => state.tr.delete(1 + cut, Math.min(2 + cut, state.doc.content.size - 1)),
        ({ state }) => state.tr.addMark(1, 1 + cut, state.schema.mark('bold')),
        ({ state }) => state.tr.insertText('Y', Math.min(cut, 1) + 1, 1 + cut),
        ({ state }) => state.tr.delete(1, 1 + cut).insertText('Z', 1),
      ]
      for (const edit of edits) {
        const { text, host, isEqual } = open([`a${family}b`])
        host.dispatch(edit(host))
        expect(text.toString().isWellFormed()).toBe(true)
        expect(text.toString()).not.toContain('\uFFFD')
        expect(isEqual()).toBe(true)
      }
    }
  })

  test('[BD19] a lone surrogate becomes U+FFFD before it can differ between replicas', () => {
    const { text, host, isEqual } = open(['ab'])
    host.dispatch(host.state.tr.insertText('\ud83d', 2))
    expect(text.toString()).toBe('a\uFFFDb')
    expect(isEqual()).toBe(true)
  })
})
