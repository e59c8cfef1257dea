import { agendaOf, BLOCK_ATTRIBUTES } from '@justera/minutes'
import * as Y from 'yjs'
import type { StoredSelection } from './selection.ts'
import { TextBinding } from './textBinding.ts'
import { itemsOf } from './units.ts'

/** The mounted editor of one item, as undo needs it. */
export type EditorHandle = {
  /** Focuses the editor and scrolls its selection into view. */
  focus(): void
  /** Puts the selection where it was; called when the editor was mounted only after the undo. */
  select(selection: StoredSelection): void
  /** Where the person is, or `null` when the focus is elsewhere. */
  selection(): StoredSelection | null
}

/**
 * One undo history for all bodies of a meeting: a person's own edits only, in the order they were made.
 * The binding registers its editor here; pages use `undo`, `redo`, `subscribe` and `onReveal`.
 */
export type BindingUndo = {
  /** @returns false when there was nothing to undo */
  undo(): boolean
  redo(): boolean
  readonly canUndo: boolean
  readonly canRedo: boolean
  /** The next edit starts a step of its own. */
  stopCapturing(): void
  /** Forgets everything; on phase change. */
  clear(): void
  /** Called when `canUndo` or `canRedo` may have changed. @returns the unsubscriber */
  subscribe(listener: () => void): () => void
  /** Called with the item that an undo or redo touched when its editor is not mounted: mount it and scroll there. */
  onReveal(listener: (itemId: string) => void): () => void
  /** @returns the unregisterer */
  register(itemId: string, handle: EditorHandle): () => void
  /** For the binding: the selection before a local change, kept with the step that the change starts. */
  beforeWrite(selection: StoredSelection): void
  /** For the binding: the selection to restore while an undo's own transaction is shown in this body. */
  restoring(transaction: Y.Transaction, text: Y.Text): StoredSelection | null
  readonly manager: Y.UndoManager
  destroy(): void
}

const SELECTION = 'selection'

/** Origin of the repair after an undo: nobody's edit, so no undo step. */
const KEY_REPAIR = { name: 'key repair' }

export type UndoOptions = {
  /** Edits closer together than this are one step; 500 when left out. */
  readonly captureTimeoutMs?: number
  /** Phase and role; while it is false, undo and redo do nothing. */
  readonly mayWrite?: () => boolean
}

/**
 * The undo of one document: one manager over `agenda` that tracks bindings only. Yjs's default tracks the origin
 * `null` and would take a received change for the person's own.
 */
export function createUndo(
  doc: Y.Doc,
  { captureTimeoutMs = 500, mayWrite = () => true }: UndoOptions = {},
): BindingUndo {
  const manager = new Y.UndoManager(agendaOf(doc), {
    trackedOrigins: new Set([TextBinding]),
    captureTimeout: captureTimeoutMs,
  })
  const listeners = new Set<() => void>()
  const revealers = new Set<(itemId: string) => void>()
  const editors = new Map<string, EditorHandle>()
  let latest: StoredSelection | null = null
  let awaited: { itemId: string; selection: StoredSelection } | null = null

  const changed = (): void => {
    for (const listener of listeners) listener()
  }
  manager.on('stack-item-added', ({ stackItem }) => {
    if (latest !== null) stackItem.meta.set(SELECTION, latest)
    changed()
  })
  manager.on('stack-item-updated', changed)
  manager.on('stack-cleared', changed)
  manager.on('stack-item-popped', ({ stackItem, changedParentTypes }) => {
    const touched: readonly unknown[] = [...changedParentTypes.keys()]
    const texts: readonly Y.Text[] = touched.filter((type) => type instanceof Y.Text)
    doc.transact(() => {
      for (const text of texts) repairKeys(text)
    }, KEY_REPAIR)
    reveal(storedSelection(stackItem), texts)
    changed()
  })

  function reveal(selection: StoredSelection | null, texts: readonly Y.Text[]): void {
    const text = selection?.text ?? texts[0]
    const itemId = text === undefined ? null : itemIdOf(text)
    if (itemId === null) return
    const editor = editors.get(itemId)
    if (editor !== undefined) {
      editor.focus()
      return
    }
    awaited = selection === null ? null : { itemId, selection }
    for (const listener of revealers) listener(itemId)
  }

  /** The opposite step, which the pop adds, brings the person back to where they are now. */
  const rememberPlace = (): void => {
    for (const editor of editors.values()) latest = editor.selection() ?? latest
  }

  return {
    undo() {
      if (!mayWrite()) return false
      rememberPlace()
      return manager.undo() !== null
    },
    redo() {
      if (!mayWrite()) return false
      rememberPlace()
      return manager.redo() !== null
    },
    get canUndo() {
      return manager.canUndo()
    },
    get canRedo() {
      return manager.canRedo()
    },
    stopCapturing: () => manager.stopCapturing(),
    clear: () => manager.clear(),
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    onReveal(listener) {
      revealers.add(listener)
      return () => revealers.delete(listener)
    },
    register(itemId, handle) {
      editors.set(itemId, handle)
      if (awaited?.itemId === itemId) {
        const { selection } = awaited
        awaited = null
        handle.select(selection)
      }
      return () => {
        if (editors.get(itemId) === handle) editors.delete(itemId)
      }
    },
    beforeWrite(selection) {
      latest = selection
    },
    restoring(transaction, text) {
      if (transaction.origin !== manager || manager.currStackItem === null) return null
      const stored = storedSelection(manager.currStackItem)
      return stored?.text === text ? stored : null
    },
    manager,
    destroy() {
      manager.destroy()
      listeners.clear()
      revealers.clear()
      editors.clear()
    },
  }
}

function storedSelection(item: { readonly meta: Map<unknown, unknown> }): StoredSelection | null {
  const stored = item.meta.get(SELECTION)
  return stored === undefined ? null : (stored as StoredSelection)
}

function itemIdOf(text: Y.Text): string | null {
  const parent: unknown = text._item?.parent
  return parent instanceof Y.Map ? (parent._item?.parentSub ?? null) : null
}

/**
 * A marker that an undo brought back lacks each key that a colleague had changed meanwhile; its dead original still
 * holds the last value. Keys that are there are left alone.
 */
function repairKeys(text: Y.Text): void {
  const live: Y.Map<unknown>[] = []
  const dead = new Map<string, Y.Item[]>()
  for (const item of itemsOf(text)) {
    if (!(item.content instanceof Y.ContentType) || !(item.content.type instanceof Y.Map)) continue
    const marker = item.content.type
    if (!item.deleted) live.push(marker)
    else {
      const id = lastValue(marker, 'id')
      if (typeof id === 'string') dead.set(id, [...(dead.get(id) ?? []), item])
    }
  }
  for (const marker of live) {
    const id = marker.get('id')
    const originals = typeof id === 'string' ? dead.get(id) : undefined
    if (originals === undefined) continue
    const item = marker._item
    const original =
      originals.find(({ redone }) => redone !== null && item !== null && Y.compareIDs(redone, item.id)) ??
      originals.at(-1)
    if (original === undefined || !(original.content instanceof Y.ContentType)) continue
    for (const key of BLOCK_ATTRIBUTES) {
      if (marker.has(key)) continue
      const value = lastValue(original.content.type as Y.Map<unknown>, key)
      if (value !== undefined) marker.set(key, value)
    }
  }
}

/** The last value of a key in a map that is itself deleted. */
function lastValue(map: Y.Map<unknown>, key: string): unknown {
  return map._map.get(key)?.content.getContent().at(-1)
}
