// @vitest-environment jsdom
import { createMinutesDoc, markersOf, readBlocks } from '@justera/minutes'
import { AllSelection, Plugin, PluginKey, TextSelection } from '@tiptap/pm/state'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import type { BlockDrawing } from './blockDrawing.ts'
import type { LeftOut } from './clipboard/leftOut.ts'
import { setBlockAttribute, setBlockKind } from './commands.ts'
import { setEditable } from './editable.ts'
import { readParticipants } from './participants.ts'
import { bodyAt, itemIds, startingDocument } from './testing/replica.ts'
import { openViewEditor, type ViewEditor } from './testing/viewEditor.ts'
import { createUndo } from './undo.ts'

const opened: { destroy(): void }[] = []
afterEach(() => {
  for (const one of opened.splice(0)) one.destroy()
})

function openDoc(blocks: readonly string[] | null) {
  const doc = createMinutesDoc(7)
  Y.applyUpdate(doc, startingDocument([blocks]), 'network')
  const [id] = itemIds(doc)
  if (id === undefined) throw new RangeError('no item')
  const text = bodyAt(doc, id)
  const sent: Uint8Array[] = []
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== 'network') sent.push(update)
  })
  return { doc, text, sent, itemId: id, remote: (change: () => void) => doc.transact(change, 'network') }
}

function mount(...[options, schema]: Parameters<typeof openViewEditor>): ViewEditor {
  const editor = openViewEditor(options, schema)
  opened.push(editor)
  return editor
}

function press({ editor }: ViewEditor, key: string, more: KeyboardEventInit = {}): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more })
  editor.view.dom.dispatchEvent(event)
  return event
}

function caret({ editor }: ViewEditor, anchor: number, head = anchor): void {
  editor.view.dispatch(editor.state.tr.setSelection(TextSelection.create(editor.state.doc, anchor, head)))
}

function paste({ editor }: ViewEditor, html: string): void {
  editor.view.pasteHTML(html)
}

const linesOf = (text: Y.Text): readonly string[] =>
  readBlocks(text).map(
    ({ kind, content }) => `${kind}: ${content.map((run) => ('text' in run ? run.text : '')).join('')}`,
  )

describe('mounting', () => {
  test('[BD4] opening, mounting twice, registering plugins and closing send nothing', () => {
    const { text, sent, itemId, doc } = openDoc(['abc', 'def'])
    const undo = createUndo(doc)
    for (let n = 0; n < 240; n++) {
      const first = openViewEditor({ text, itemId, undo })
      const second = openViewEditor({ text, itemId, undo })
      first.destroy()
      second.editor.registerPlugin(new Plugin({ key: new PluginKey(`p${n}`) }))
      second.destroy()
    }
    expect(sent).toEqual([])
    expect(text._dEH.l).toHaveLength(0)
    const last = mount({ text, itemId, undo })
    last.editor.registerPlugin(new Plugin({ key: new PluginKey('late') }))
    expect(text._dEH.l).toHaveLength(1)
    last.editor.commands.insertContentAt(2, 'X')
    expect(linesOf(text)).toEqual(['point: aXbc', 'point: def'])
    undo.destroy()
  }, 60_000)

  test('[BD4] an equal editor is not dispatched to', () => {
    const { text, itemId } = openDoc(['abc'])
    const seen: boolean[] = []
    const view = mount({ text, itemId })
    view.editor.on('transaction', ({ transaction }) => seen.push(transaction.docChanged))
    view.editor.registerPlugin(new Plugin({ key: new PluginKey('again') }))
    expect(seen).toEqual([])
  })

  test('[BD4] a fully selected item that a colleague empties stays empty and unsent', () => {
    const { text, sent, itemId, remote } = openDoc(['abc', 'def'])
    const { editor } = mount({ text, itemId })
    editor.view.dispatch(editor.state.tr.setSelection(new AllSelection(editor.state.doc)))
    remote(() => text.delete(0, text.length))
    expect(editor.state.doc.textContent).toBe('')
    expect(sent).toEqual([])
  })

  test('[BD23] a block keeps its element when kind, indent or facts change', () => {
    const { text, itemId, remote } = openDoc(['abc'])
    const { editor } = mount({ text, itemId })
    const [block, line] = [editor.view.dom.querySelector('.b'), editor.view.dom.querySelector('.b > p')]
    const letters = line?.firstChild
    remote(() => {
      markersOf(text)[0]?.set('kind', 'action')
      markersOf(text)[0]?.set('due', '2023-09-08')
    })
    expect(editor.view.dom.querySelector('.b.out.action')).toBe(block)
    setBlockKind(editor.view, 'heading')
    expect(editor.view.dom.querySelector('.b.h > p[role="heading"]')).toBe(line)
    expect(line?.firstChild).toBe(letters)
  })
})

describe('label and facts', () => {
  const draw = (attributes: { kind: string; due: string }): BlockDrawing =>
    attributes.kind === 'action'
      ? {
          label: 'Åtgärd',
          facts: [
            { kind: 'responsible', text: 'Ange ansvarig', missing: true },
            { kind: 'due', text: attributes.due || 'Ange datum', missing: attributes.due === '' },
          ],
        }
      : { label: null, facts: [] }

  test('[BD23] stand outside the line, call back when pressed, and hide what is missing when read-only', () => {
    const { text, itemId } = openDoc(['abc'])
    const onEditFact = vi.fn()
    const view = mount({ text, itemId }, { drawBlock: draw, onEditFact })
    const { editor } = view
    setBlockAttribute(editor.view, { kind: 'action', due: '2023-09-08' }, 0)
    const block = editor.view.dom.querySelector('.b.action')
    expect(block?.getAttribute('role')).toBe('group')
    expect(block?.getAttribute('aria-label')).toBe('Åtgärd')
    expect([...(block?.children ?? [])].map((child) => child.className || child.tagName)).toEqual(['k', 'P', 'facts'])
    block?.querySelector<HTMLButtonElement>('[data-fact="responsible"]')?.click()
    expect(onEditFact).toHaveBeenCalledWith('responsible', 0, expect.any(HTMLButtonElement))
    expect(view.domText()).toBe('abc')
    setEditable(editor, false)
    expect(block?.querySelector('button')).toBe(null)
    expect(block?.querySelector('.facts')?.textContent).toBe('2023-09-08')
    setEditable(editor, true)
    expect(block?.querySelectorAll('button')).toHaveLength(2)
  })
})

describe('keys', () => {
  test('[BD24] Enter, Backspace, Tab and breaks do what users of Word expect', () => {
    const { text, itemId } = openDoc(['abc'])
    const view = mount({ text, itemId })
    caret(view, 4)
    press(view, 'Enter')
    expect(linesOf(text)).toEqual(['point: abc', 'point: '])
    press(view, 'Tab')
    expect(readBlocks(text)[1]?.indent).toBe(1)
    press(view, 'Enter')
    expect(readBlocks(text)[1]?.indent).toBe(0)
    press(view, 'Enter')
    expect(linesOf(text)).toEqual(['point: abc', 'paragraph: '])
    press(view, 'Backspace')
    expect(linesOf(text)).toEqual(['point: abc'])
    caret(view, 1)
    press(view, 'Enter')
    expect(linesOf(text)).toEqual(['point: ', 'point: abc'])
    press(view, 'Tab')
    press(view, 'Tab', { shiftKey: true })
    press(view, 'Backspace')
    expect(linesOf(text)).toEqual(['point: ', 'paragraph: abc'])
    press(view, 'Backspace')
    expect(linesOf(text)).toEqual(['paragraph: abc'])
    caret(view, 2)
    press(view, 'Enter', { shiftKey: true })
    expect(linesOf(text)).toEqual(['paragraph: a\nbc'])
    expect(view.domText()).toBe('a\nbc')
  })

  test('[BD24] a heading or outcome ends at Enter; a split keeps the facts with the first half', () => {
    const { text, itemId } = openDoc(['abcd'])
    const view = mount({ text, itemId })
    setBlockAttribute(view.editor.view, { kind: 'action', due: '2023-09-08', responsible: 'IVO' }, 0)
    caret(view, 5)
    press(view, 'Enter')
    expect(linesOf(text)).toEqual(['action: abcd', 'paragraph: '])
    caret(view, 3)
    press(view, 'Enter')
    expect(readBlocks(text).map(({ kind, due, responsible }) => [kind, due, responsible])).toEqual([
      ['action', '2023-09-08', 'IVO'],
      ['action', '', ''],
      ['paragraph', '', ''],
    ])
  })

  test('[BD24] Ctrl+Shift+digit sets the kind by key position, never with AltGr', () => {
    const { text, itemId } = openDoc(['abc'])
    const view = mount({ text, itemId })
    press(view, '"', { code: 'Digit2', ctrlKey: true, shiftKey: true })
    expect(linesOf(text)).toEqual(['decision: abc'])
    press(view, '#', { code: 'Digit6', ctrlKey: true, shiftKey: true, altKey: true })
    press(view, '#', { code: 'Digit6', ctrlKey: true, shiftKey: true, modifierAltGraph: true })
    expect(linesOf(text)).toEqual(['decision: abc'])
  })

  test('[BD16] Mod-z and the browser’s own undo go to the shared history', () => {
    const { text, itemId, doc } = openDoc(['abc'])
    const undo = createUndo(doc, { captureTimeoutMs: 0 })
    opened.push(undo)
    const view = mount({ text, itemId, undo })
    caret(view, 2)
    view.editor.view.dispatch(view.editor.state.tr.insertText('X'))
    view.editor.view.dispatch(view.editor.state.tr.insertText('Y'))
    press(view, 'z', { ctrlKey: true })
    expect(linesOf(text)).toEqual(['point: aXbc'])
    const event = new InputEvent('beforeinput', { inputType: 'historyUndo', bubbles: true, cancelable: true })
    view.editor.view.dom.dispatchEvent(event)
    expect(event.defaultPrevented).toBe(true)
    expect(linesOf(text)).toEqual(['point: abc'])
    press(view, 'y', { ctrlKey: true })
    press(view, 'z', { ctrlKey: true, shiftKey: true })
    expect(linesOf(text)).toEqual(['point: aXYbc'])
  })
})

describe('paste', () => {
  test('[BD20] Word’s list lands as bullets, a table row as one line with tabs, all in one undo step', () => {
    const { text, itemId, doc } = openDoc(['abc'])
    const undo = createUndo(doc, { captureTimeoutMs: 10_000 })
    opened.push(undo)
    const view = mount({ text, itemId, undo })
    caret(view, 4)
    press(view, 'Enter')
    press(view, 'Enter')
    paste(
      view,
      '<p style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">·  </span>Ett</p><table><tr><td>1</td><td><b>Två</b></td></tr></table><h2>Tre</h2>',
    )
    expect(linesOf(text)).toEqual(['point: abc', 'bullet: Ett', 'paragraph: 1\tTvå', 'heading: Tre'])
    expect(readBlocks(text)[2]?.content).toEqual([{ text: '1\t' }, { text: 'Två', marks: [{ type: 'bold' }] }])
    undo.undo()
    expect(linesOf(text)).toEqual(['point: abc', 'paragraph: '])
  })

  test('[BD21] names what was left out, and refuses what belongs to the importer', () => {
    const { text, itemId } = openDoc(['abc'])
    const told: (readonly LeftOut[])[] = []
    const view = mount({ text, itemId, onLeftOut: (list) => told.push(list) })
    caret(view, 4)
    paste(view, '<p>text<img src="x"></p>')
    expect(told).toEqual([[{ kind: 'image', count: 1 }]])
    paste(view, Array.from({ length: 700 }, (_, n) => `<p>rad ${n}</p>`).join(''))
    expect(told[1]).toEqual([{ kind: 'tooLong', count: 700 }])
    expect(linesOf(text)).toEqual(['point: abctext'])
  })

  test('[BD20] plain text: lines become blocks of the list around, controls go', () => {
    const { text, itemId } = openDoc(['abc'])
    const view = mount({ text, itemId })
    caret(view, 4)
    view.editor.view.pasteText(' ett\r\n\r\ntvå\u0007\n• tre')
    expect(linesOf(text)).toEqual(['point: abc ett', 'point: två', 'bullet: tre'])
  })

  test('[BD20] what is copied here comes back with kind, level and marks', () => {
    const { text, itemId } = openDoc(['abc', 'def'])
    const view = mount({ text, itemId })
    setBlockAttribute(view.editor.view, { kind: 'decision' }, 0)
    setBlockAttribute(view.editor.view, { indent: 2 }, 5)
    view.editor.view.dispatch(view.editor.state.tr.setSelection(new AllSelection(view.editor.state.doc)))
    const { dom, text: plain } = view.editor.view.serializeForClipboard(view.editor.state.selection.content())
    expect(plain).toBe('abc\ndef')
    caret(view, 9)
    press(view, 'Enter')
    paste(view, dom.innerHTML)
    expect(linesOf(text)).toEqual(['decision: abc', 'point: def', 'decision: abc', 'point: def'])
    expect(readBlocks(text).map(({ indent }) => indent)).toEqual([0, 2, 0, 2])
  })
})

describe('the others’ carets', () => {
  test('[BD25] are drawn with seat and short name, move with the text, and need no write', () => {
    const { text, itemId, doc, sent, remote } = openDoc(['abcdef'])
    const awareness = new Awareness(doc)
    opened.push(awareness)
    const view = mount({ text, itemId, awareness })
    const position = (index: number): unknown =>
      Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(text, index, -1))
    const tell = (anchor: number, head: number): void => {
      const state = {
        user: { person: 'p', name: 'Daniel Lilja', agency: { id: 'a', name: 'IVO AB', shortName: 'IVO', seat: 22 } },
        item: itemId,
        anchor: position(anchor),
        head: position(head),
      }
      awareness.states.set(99, state)
      awareness.emit('change', [{ added: [], updated: [99], removed: [] }, 'network'])
    }
    tell(3, 5)
    const drawn = (): Element | null => view.editor.view.dom.querySelector('.caret')
    expect(drawn()?.getAttribute('data-seat')).toBe('4')
    expect(drawn()?.textContent).toBe('IVO')
    expect(view.editor.view.dom.querySelector('.sel')?.textContent).toBe('cd')
    remote(() => text.insert(1, 'XX'))
    expect(view.editor.view.dom.querySelector('.sel')?.textContent).toBe('cd')
    expect(readParticipants(awareness).map(({ user, itemId: item }) => [user.shortName, item])).toEqual([
      ['IVO', itemId],
    ])
    awareness.states.delete(99)
    awareness.emit('change', [{ added: [], updated: [], removed: [99] }, 'network'])
    expect(drawn()).toBe(null)
    expect(sent).toEqual([])
  })

  test('[BD25] a flag rests two seconds after its owner, and comes back where two carets meet', () => {
    vi.useFakeTimers()
    try {
      const { text, itemId, doc } = openDoc(['abcdef'])
      const awareness = new Awareness(doc)
      opened.push(awareness)
      const view = mount({ text, itemId, awareness })
      const tell = (client: number, index: number): void => {
        const head = Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(text, index, -1))
        const agency = { id: 'a', name: 'IVO AB', shortName: `A${client}`, seat: client - 10 }
        awareness.states.set(client, { user: { person: 'p', name: 'N', agency }, item: itemId, anchor: head, head })
        awareness.emit('change', [{ added: [], updated: [client], removed: [] }, 'network'])
      }
      const isQuiet = (client: number): boolean | undefined =>
        view.editor.view.dom.querySelector(`.caret[data-client="${client}"]`)?.classList.contains('quiet')
      tell(17, 3)
      vi.advanceTimersByTime(100)
      expect(isQuiet(17)).toBe(false)
      vi.advanceTimersByTime(3000)
      expect(isQuiet(17)).toBe(true)
      tell(18, 3)
      vi.advanceTimersByTime(5000)
      expect([isQuiet(17), isQuiet(18)]).toEqual([false, false])
      const carets = [...view.editor.view.dom.querySelectorAll<HTMLElement>('.caret')]
      expect(carets.map((one) => one.style.getPropertyValue('--level')).sort()).toEqual(['', '1'])
      tell(18, 5)
      vi.advanceTimersByTime(5000)
      expect([isQuiet(17), isQuiet(18)]).toEqual([true, true])
      view.editor.view.dom.focus()
      caret(view, 3)
      vi.advanceTimersByTime(5000)
      expect([isQuiet(17), isQuiet(18)]).toEqual([false, true])
    } finally {
      vi.useRealTimers()
    }
  })

  test('[BD25] a state that nobody can place, or that is forged, draws nothing and throws nothing', () => {
    const { text, itemId, doc } = openDoc(['abc'])
    const awareness = new Awareness(doc)
    opened.push(awareness)
    const view = mount({ text, itemId, awareness })
    const user = { person: 'p', name: 'N', agency: { id: 'a', name: 'A', shortName: 'A', seat: 1 } }
    const forged = [
      { item: itemId, head: { item: { client: 5, clock: 10 } } },
      { user, item: itemId, head: { item: { client: 5, clock: 10 } } },
      { user, item: itemId, head: 'x', anchor: 7 },
      { user, item: itemId, head: { tname: 'header' } },
      { user, item: itemId, head: {} },
      { user: 'me', item: 3 },
    ]
    for (const [n, state] of forged.entries()) awareness.states.set(50 + n, state)
    const updated = forged.map((_, n) => 50 + n)
    expect(() => awareness.emit('change', [{ added: [], updated, removed: [] }, 'network'])).not.toThrow()
    expect(view.editor.view.dom.querySelector('.caret')).toBe(null)
  })

  test('[BD25] one’s own caret is told after a moment, and withdrawn when the editor closes', () => {
    vi.useFakeTimers()
    try {
      const { text, itemId, doc } = openDoc(['abc'])
      const awareness = new Awareness(doc)
      const view = openViewEditor({ text, itemId, awareness })
      view.editor.view.dom.focus()
      caret(view, 2)
      vi.advanceTimersByTime(200)
      expect(awareness.getLocalState()).toMatchObject({ item: itemId, typing: false })
      view.editor.view.dispatch(view.editor.state.tr.insertText('X'))
      vi.advanceTimersByTime(200)
      expect(awareness.getLocalState()).toMatchObject({ typing: true })
      vi.advanceTimersByTime(3000)
      expect(awareness.getLocalState()).toMatchObject({ typing: false })
      view.destroy()
      expect(awareness.getLocalState()).not.toHaveProperty('head')
      awareness.destroy()
    } finally {
      vi.useRealTimers()
    }
  })
})

test('[BD23] numbers run per level and a paragraph that leads into a list says so', () => {
  const { text, itemId } = openDoc(['in', 'a', 'b', 'c', 'd'])
  const view = mount({ text, itemId })
  const { editor } = view
  setBlockAttribute(editor.view, { kind: 'paragraph' }, 0)
  for (const position of [4, 7, 10, 13]) setBlockAttribute(editor.view, { kind: 'numbered' }, position)
  setBlockAttribute(editor.view, { indent: 1 }, 10)
  const blocks = [...editor.view.dom.querySelectorAll<HTMLElement>('.b')]
  expect(blocks.map((block) => block.dataset.number ?? '')).toEqual(['', '1', '2', '1', '3'])
  expect(blocks.map((block) => block.classList.contains('lead'))).toEqual([true, false, false, false, false])
})

describe('compositions in a mounted editor', () => {
  const compose = (view: ViewEditor, type: 'compositionstart' | 'compositionend'): void => {
    view.editor.view.dom.dispatchEvent(new CompositionEvent(type, { bubbles: true, data: '' }))
  }

  test('[BD13] a remote change in the composed block is shown once the composition has ended', () => {
    vi.useFakeTimers()
    try {
      const { text, itemId, remote } = openDoc(['abc', 'def'])
      const view = mount({ text, itemId })
      caret(view, 2)
      compose(view, 'compositionstart')
      expect(view.editor.view.composing).toBe(true)
      remote(() => text.insert(5, 'X'))
      expect(view.editor.state.doc.textContent).toBe('abcXdef')
      remote(() => text.insert(3, 'Y'))
      expect(view.editor.state.doc.textContent).toBe('abcXdef')
      expect(view.binding.isHolding).toBe(true)
      compose(view, 'compositionend')
      vi.advanceTimersByTime(100)
      expect(view.editor.state.doc.textContent).toBe('abYcXdef')
      expect(view.editor.state.selection.head).toBe(2)
    } finally {
      vi.useRealTimers()
    }
  })

  test('[BD17] going read-only waits for the composition, one second at most, and can be called off', () => {
    vi.useFakeTimers()
    try {
      const { text, itemId } = openDoc(['abc'])
      const view = mount({ text, itemId })
      caret(view, 2)
      compose(view, 'compositionstart')
      setEditable(view.editor, false)
      expect(view.editor.isEditable).toBe(true)
      compose(view, 'compositionend')
      vi.advanceTimersByTime(20)
      setEditable(view.editor, true)
      vi.advanceTimersByTime(5000)
      expect(view.editor.isEditable).toBe(true)
      compose(view, 'compositionstart')
      setEditable(view.editor, false)
      vi.advanceTimersByTime(999)
      expect(view.editor.isEditable).toBe(true)
      vi.advanceTimersByTime(2)
      expect(view.editor.isEditable).toBe(false)
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('a caret that the browser has moved and not told yet', () => {
  /** Moves the browser's selection as End does, before its `selectionchange` has been heard. */
  function moveUnheard({ editor }: ViewEditor, offset: number): void {
    const line = editor.view.dom.querySelector('p')?.firstChild
    if (line === null || line === undefined) throw new RangeError('no line')
    const stop = (event: Event): void => event.stopImmediatePropagation()
    window.addEventListener('selectionchange', stop, { capture: true })
    opened.push({ destroy: () => window.removeEventListener('selectionchange', stop, { capture: true }) })
    document.getSelection()?.collapse(line, offset)
  }

  test('[BD11] a colleague’s letter does not put it back', () => {
    const { text, itemId, remote } = openDoc(['Alfa beta'])
    const one = mount({ text, itemId, undo: null })
    one.editor.view.focus()
    caret(one, 3)
    moveUnheard(one, 9)
    remote(() => text.insert(1, 'Å'))
    expect(one.editor.state.selection.anchor).toBe(11)
  })
})
