import { addItem, agendaOf, bodyOf, createMinutesDoc, type ItemId, itemOf } from '@justera/minutes'
import { EditorState, type Transaction } from '@tiptap/pm/state'
import * as Y from 'yjs'
import { minutesSchema, renderBody } from '../render.ts'
import { type BindingHost, TextBinding } from '../textBinding.ts'
import { type BindingUndo, createUndo } from '../undo.ts'

/** An editor of one body, with or without a view. */
export type TestEditor = {
  readonly text: Y.Text
  readonly binding: TextBinding
  readonly host: BindingHost
  /** What stands in the DOM; `null` without a view. */
  domText(): string | null
  /** Says that an input method composes; `null` where only a real one can. */
  readonly setComposing: ((composing: boolean) => void) | null
  destroy(): void
}

export type OpenEditor = (text: Y.Text, itemId: string, undo: BindingUndo) => TestEditor

/** An editor without a view: state, binding and nothing else. */
export const openStateEditor: OpenEditor = (text, _itemId, undo) => {
  const problems: string[] = []
  const binding = new TextBinding(text, {
    undo,
    onProblem: (problem) => {
      problems.push(problem)
      throw new Error(problem)
    },
  })
  const schema = minutesSchema()
  const host = {
    state: EditorState.create({ schema, doc: renderBody(text, schema), plugins: [binding.plugin] }),
    dispatch(transaction: Transaction): void {
      host.state = host.state.applyTransaction(transaction).state
      binding.drain()
    },
    composing: false,
    editable: true,
  }
  binding.attach(host)
  return {
    text,
    binding,
    host,
    domText: () => null,
    setComposing: (composing) => {
      host.composing = composing
    },
    destroy: () => binding.detach(),
  }
}

const NETWORK = { name: 'network' }

/** One client: a document, an undo history and an editor for each item. */
export class Replica {
  readonly doc: Y.Doc
  readonly undo: BindingUndo
  readonly editors: readonly TestEditor[]
  /** Updates made here and not yet handed to the network. */
  readonly outbox: Uint8Array[] = []
  /** Bytes sent without an edit of one's own: must stay 0. */
  unaskedBytes = 0

  constructor(clientId: number, initial: Uint8Array, open: OpenEditor, captureTimeoutMs = 0) {
    this.doc = createMinutesDoc(clientId)
    Y.applyUpdate(this.doc, initial, NETWORK)
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === NETWORK) return
      this.outbox.push(update)
      const isOwn =
        origin instanceof TextBinding ||
        origin === this.undo.manager ||
        (origin as { name?: string })?.name === 'key repair'
      if (!isOwn) this.unaskedBytes += update.byteLength
    })
    this.undo = createUndo(this.doc, { captureTimeoutMs })
    this.editors = itemIds(this.doc).map((id) => open(bodyAt(this.doc, id), id, this.undo))
  }

  receive(update: Uint8Array): void {
    Y.applyUpdate(this.doc, update, NETWORK)
  }

  destroy(): void {
    for (const editor of this.editors) editor.destroy()
    this.undo.destroy()
    this.doc.destroy()
  }
}

/** A meeting with empty bodies, as an update; the first bodies get the given text, each with one marker. */
export function startingDocument(bodies: readonly (readonly string[] | null)[]): Uint8Array {
  const doc = createMinutesDoc(1)
  bodies.forEach((blocks, n) => {
    const item = {
      title: `Item ${n + 1}`,
      presenters: [],
      blocks: (blocks ?? []).map((content) => ({ content, kind: 'point' as const })),
    }
    addItem(doc, item, n, null, `item-${n + 1}` as ItemId)
  })
  const update = Y.encodeStateAsUpdate(doc)
  doc.destroy()
  return update
}

export function itemIds(doc: Y.Doc): readonly ItemId[] {
  return [...agendaOf(doc).keys()].sort() as ItemId[]
}

export function bodyAt(doc: Y.Doc, id: ItemId): Y.Text {
  const item = itemOf(doc, id)
  if (item === undefined) throw new RangeError(`no item ${id}`)
  return bodyOf(item)
}
