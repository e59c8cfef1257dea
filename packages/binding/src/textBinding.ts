import type { Node } from '@tiptap/pm/model'
import { type EditorState, Plugin, PluginKey, type Selection, type Transaction } from '@tiptap/pm/state'
import * as Y from 'yjs'
import { applyChanges, applyDifference, applyMarker } from './applyChanges.ts'
import { canApply, touchesCaret } from './changeScope.ts'
import { HeldText } from './heldText.ts'
import { indexOfPosition, positionOfIndex, unitCount } from './positions.ts'
import { renderBody } from './render.ts'
import { mapSelection, restoreSelection, type StoredSelection, storeSelection, textSelection } from './selection.ts'
import { type TextChange, textDelta } from './textDelta.ts'
import type { BindingUndo } from './undo.ts'
import { startsUndoStep } from './undoStep.ts'
import { type UnitAddress, WholeText } from './unitAddress.ts'
import { liveMarkers, startsImplicit } from './units.ts'
import { keepsPlaces, type Written, whyUnwritable, writeDifference, writeStep } from './writeSteps.ts'

/** What the binding needs of an editor; an `EditorView` is one. */
export type BindingHost = {
  readonly state: EditorState
  dispatch(transaction: Transaction): void
  /** True while an input method composes. */
  readonly composing: boolean
  readonly editable: boolean
}

export type TextBindingOptions = {
  readonly undo?: BindingUndo | null
  /** Phase and role; asked before each change of the document. */
  readonly mayWrite?: () => boolean
  /** A fault of ours: an edit that was refused, or an editor that had to be drawn anew. */
  readonly onProblem?: (problem: string) => void
  readonly now?: () => number
  /** Called before the editor's state is read for showing a change of the text; may set its selection. */
  readonly beforeShow?: (host: BindingHost) => void
  /** Wraps each time the editor shows a change of the text; calls `run` exactly once. */
  readonly aroundShow?: (host: BindingHost, run: () => void) => void
}

type Entry = { readonly transaction: Transaction; readonly selectionBefore: Selection; readonly docBefore: Node }
/** What the plugin keeps in the editor's state: edits that are not in the text yet. */
type Queue = { readonly binding: TextBinding; readonly entries: readonly Entry[] }

const bindingKey = new PluginKey<Queue>('minutesBinding')

/** How long an editor that has become read-only still takes what a running composition writes. */
const COMPOSITION_GRACE_MS = 1000

/** True for transactions by which the binding shows a change of the text. */
function isFromText(transaction: Transaction): boolean {
  return transaction.getMeta(bindingKey) === 'text'
}

/** The binding of a mounted editor. */
export function bindingOf(state: EditorState): TextBinding | null {
  return bindingKey.getState(state)?.binding ?? null
}

/**
 * Keeps one editor equal to one body. Local steps are written in the order they were made, remote changes become
 * steps; nothing local is ever written while the text is ahead of the editor.
 *
 * The binding itself is the origin of its Yjs transactions; undo tracks its class.
 */
export class TextBinding {
  readonly text: Y.Text
  readonly plugin: Plugin<Queue>
  private readonly options: TextBindingOptions
  private readonly written = new WeakSet<Transaction>()
  private readonly whole: WholeText
  private host: BindingHost | null = null
  private held: HeldText | null = null
  /** A foreign transaction has changed the text and is not shown yet. */
  private isAhead = false
  /** Somebody else's Yjs transaction is open. */
  private isInTransaction = false
  private isShowing = false
  private lockedSince: number | null = null
  private showsLocal = false

  constructor(text: Y.Text, options: TextBindingOptions = {}) {
    this.text = text
    this.options = options
    this.whole = new WholeText(text)
    this.plugin = new Plugin<Queue>({
      key: bindingKey,
      state: {
        init: () => ({ binding: this, entries: [] }),
        apply: (transaction, queue, before) => {
          const waiting = queue.entries.filter((entry) => !this.written.has(entry.transaction))
          if (!transaction.docChanged || isFromText(transaction)) {
            return waiting.length === queue.entries.length ? queue : { binding: this, entries: waiting }
          }
          const entry = { transaction, selectionBefore: before.selection, docBefore: before.doc }
          return { binding: this, entries: [...waiting, entry] }
        },
      },
      filterTransaction: (transaction) => this.admits(transaction),
      view: (view) => {
        this.attach(view)
        return { update: () => this.drain(), destroy: () => this.detach() }
      },
    })
  }

  /** True when the editor's latest change of the document was made here, not shown from the text. */
  get hasJustWritten(): boolean {
    return this.showsLocal
  }

  /** True while a composition holds remote changes back. */
  get isHolding(): boolean {
    return this.held !== null
  }

  /** Starts watching the text for this editor and draws what differs; equal content dispatches nothing. */
  attach(host: BindingHost): void {
    this.detach()
    const doc = this.doc
    this.host = host
    this.drain()
    doc.on('beforeTransaction', this.onTransactionStart)
    doc.on('beforeObserverCalls', this.onTransactionEnd)
    doc.on('afterTransaction', this.onAfterObservers)
    this.text.observeDeep(this.onEvents)
    this.redraw()
  }

  /** Stops watching. The text keeps everything that was written. */
  detach(): void {
    if (this.host === null) return
    this.doc.off('beforeTransaction', this.onTransactionStart)
    this.doc.off('beforeObserverCalls', this.onTransactionEnd)
    this.doc.off('afterTransaction', this.onAfterObservers)
    this.text.unobserveDeep(this.onEvents)
    this.host = null
    this.held = null
    this.isAhead = false
    this.isInTransaction = false
  }

  /** Writes what was edited since the last call; to be called after each state update of the host. */
  drain(): void {
    const host = this.host
    if (host === null) return
    const queued = bindingKey.getState(host.state)?.entries ?? []
    const entries = queued.filter(({ transaction }) => !this.written.has(transaction))
    const first = entries[0]
    if (first === undefined) return
    for (const { transaction } of entries) this.written.add(transaction)
    this.showsLocal = true
    const { undo } = this.options
    const isOwnStep = entries.some(({ transaction }) => startsUndoStep(transaction))
    if (undo) {
      if (isOwnStep) undo.stopCapturing()
      const stored = this.storedBefore(first)
      if (stored !== null) undo.beforeWrite(stored)
    }
    const outcomes: Written[] = []
    this.doc.transact(() => {
      const address: UnitAddress = this.held ?? this.whole
      const steps = entries.flatMap(({ transaction }) =>
        transaction.steps.flatMap((step, n) => {
          const before = transaction.docs[n]
          return before === undefined ? [] : [{ step, before }]
        }),
      )
      const canGoStepByStep = steps.slice(0, -1).every(({ step, before }) => keepsPlaces(step, before))
      if (canGoStepByStep) for (const { step, before } of steps) outcomes.push(writeStep(address, step, before))
      else outcomes.push(writeDifference(address, first.docBefore, host.state.doc))
    }, this)
    if (this.held !== null) {
      // What is held no longer stands unit for unit for what the editor shows: later steps would miss their place.
      if (outcomes.includes('redraw')) this.endHold(host, this.held)
      return
    }
    if (outcomes.includes('redraw')) this.redraw()
    else if (!this.matchesByCount(host.state.doc)) {
      this.report('an edit left text and editor unequal')
      this.redraw()
    }
  }

  /** Shows what a composition held back; to be called some 30 ms after it ended. */
  release(): void {
    const { host, held } = this
    if (host !== null && held !== null && !host.composing) this.endHold(host, held)
  }

  private endHold(host: BindingHost, held: HeldText): void {
    const { state } = host
    const live = (position: number): number => held.liveIndex(indexOfPosition(state.doc, position, held.implicit))
    const anchor = live(state.selection.anchor)
    const head = live(state.selection.head)
    this.held = null
    const transaction = state.tr
    applyDifference(transaction, renderBody(this.text, state.schema))
    if (!transaction.docChanged) return
    const implicit = startsImplicit(this.text)
    const at = (index: number): number => Math.max(positionOfIndex(transaction.doc, index, implicit), 1)
    transaction.setSelection(textSelection(transaction.doc, at(anchor), at(head)))
    this.show(host, transaction, state)
  }

  /** Makes the editor say what the text says. */
  private redraw(): void {
    const { host } = this
    if (host === null || this.held !== null) return
    this.options.beforeShow?.(host)
    const { state } = host
    const transaction = state.tr
    applyDifference(transaction, renderBody(this.text, state.schema))
    if (!transaction.docChanged) return
    transaction.setSelection(mapSelection(state.selection, transaction))
    this.show(host, transaction, state)
  }

  private get doc(): Y.Doc {
    const { doc } = this.text
    if (doc === null) throw new RangeError('a body is bound only within its document')
    return doc
  }

  private readonly onTransactionStart = (transaction: Y.Transaction): void => {
    if (transaction.origin !== this) this.isInTransaction = true
  }

  private readonly onTransactionEnd = (transaction: Y.Transaction): void => {
    if (transaction.origin === this) return
    this.isInTransaction = false
    for (const type of transaction.changed.keys()) {
      if ((type as unknown) === this.text || (type.parent as unknown) === this.text) this.isAhead = true
    }
  }

  /** The text's observers are not called for every transaction that names it (a marker that died meanwhile). */
  private readonly onAfterObservers = (): void => {
    if (!this.isAhead) return
    this.isAhead = false
    this.redraw()
  }

  private readonly onEvents = (
    events: readonly Y.YEvent<Y.AbstractType<unknown>>[],
    transaction: Y.Transaction,
  ): void => {
    this.isAhead = false
    const { host } = this
    if (host === null || transaction.origin === this) return
    if (this.held !== null) return
    const targets: readonly unknown[] = events.map((event) => event.target)
    const markers: readonly Y.Map<unknown>[] = targets.filter((target) => target instanceof Y.Map)
    const hasTextEvent = targets.includes(this.text)
    const isLast = this.doc._transactionCleanups.length === 1
    const changes = hasTextEvent && isLast ? textDelta(this.text, transaction) : []
    if (host.composing) {
      const held = new HeldText(this.text, transaction)
      if (!isLast || touchesCaret(host.state, held, changes, markers)) {
        this.held = held
        return
      }
    }
    this.options.beforeShow?.(host)
    const { state } = host
    const shown = state.tr
    if (isLast && canApply(changes, state.doc, this.text, transaction)) this.apply(shown, changes, markers)
    else applyDifference(shown, renderBody(this.text, state.schema))
    const restored = this.options.undo?.restoring(transaction, this.text)
    if (!shown.docChanged && !restored) return
    const selection = restored ? restoreSelection(restored, shown.doc) : null
    shown.setSelection(selection ?? mapSelection(state.selection, shown))
    if (selection !== null) shown.scrollIntoView()
    this.show(host, shown, state)
  }

  private apply(shown: Transaction, changes: readonly TextChange[], markers: readonly Y.Map<unknown>[]): void {
    const { schema } = shown.doc.type
    try {
      applyChanges(shown, changes, schema)
      if (markers.length > 0) {
        liveMarkers(this.text).forEach((marker, n) => {
          if (markers.includes(marker)) applyMarker(shown, n, marker)
        })
      }
      if (this.matchesByCount(shown.doc)) return
      this.report('a change of the text was shown unequal')
    } catch (error) {
      this.report(`a change of the text could not be shown: ${String(error)}`)
    }
    applyDifference(shown, renderBody(this.text, schema))
  }

  private show(host: BindingHost, transaction: Transaction, before: EditorState): void {
    transaction.setStoredMarks(before.storedMarks)
    transaction.setMeta(bindingKey, 'text').setMeta('addToHistory', false).setMeta('remote', true)
    this.isShowing = true
    this.showsLocal = false
    try {
      const { aroundShow } = this.options
      if (aroundShow === undefined) host.dispatch(transaction)
      else aroundShow(host, () => host.dispatch(transaction))
    } finally {
      this.isShowing = false
    }
  }

  /** Whether a transaction may happen: never one that could not be written at the place it was made for. */
  private admits(transaction: Transaction): boolean {
    if (!transaction.docChanged || isFromText(transaction)) return true
    if (this.host === null) return true
    if (this.isShowing || this.isAhead || this.isInTransaction) return false
    if (!this.maySend(this.host)) return false
    for (const [n, step] of transaction.steps.entries()) {
      const before = transaction.docs[n]
      const problem = before === undefined ? 'has no document' : whyUnwritable(step, before)
      if (problem === null) continue
      this.report(`an edit was refused: it ${problem}`)
      return false
    }
    return true
  }

  private maySend(host: BindingHost): boolean {
    const may = (this.options.mayWrite?.() ?? true) && host.editable
    if (may) {
      this.lockedSince = null
      return true
    }
    const now = (this.options.now ?? Date.now)()
    this.lockedSince ??= now
    return host.composing && now - this.lockedSince <= COMPOSITION_GRACE_MS
  }

  private storedBefore({ selectionBefore, docBefore }: Entry): StoredSelection | null {
    return this.held === null ? storeSelection(selectionBefore, docBefore, this.text) : null
  }

  private matchesByCount(doc: Node): boolean {
    return unitCount(doc, startsImplicit(this.text)) === this.text.length
  }

  private report(problem: string): void {
    this.options.onProblem?.(problem)
  }
}
