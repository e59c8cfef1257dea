import {
  addItem,
  appendBlocks,
  type BlockInput,
  createMinutesDoc,
  type ItemId,
  plainText,
  readBlocks,
} from '@justera/minutes'
import { type Command, TextSelection, type Transaction } from '@tiptap/pm/state'
import * as Y from 'yjs'
import { positionOfBlock } from '../positions.ts'
import { renderBody } from '../render.ts'
import { bodyAt, type OpenEditor, openStateEditor, Replica, type TestEditor } from './replica.ts'

/** Clients on one document with one item, and a network that delivers when told to. */
export type Scene = {
  readonly replicas: readonly Replica[]
  readonly editors: readonly TestEditor[]
  /** Everything reaches everybody. @throws Error when an editor then differs from its text */
  exchange(): void
  destroy(): void
}

export function openScene(
  blocks: readonly BlockInput[],
  {
    clientIds = [100, 200] as readonly number[],
    open = openStateEditor as OpenEditor,
    captureTimeoutMs = 0,
    items = 1,
  } = {},
): Scene {
  const doc = createMinutesDoc(1)
  for (let n = 1; n <= items; n++) {
    addItem(doc, { title: `Item ${n}`, presenters: [], blocks: [] }, n - 1, null, `item-${n}` as ItemId)
    appendBlocks(bodyAt(doc, `item-${n}` as ItemId), blocks)
  }
  const initial = Y.encodeStateAsUpdate(doc)
  doc.destroy()
  const replicas = clientIds.map((id) => new Replica(id, initial, open, captureTimeoutMs))
  const editors = replicas.map(({ editors: [editor] }) => {
    if (editor === undefined) throw new RangeError('no item')
    return editor
  })
  return {
    replicas,
    editors,
    exchange() {
      for (const from of replicas) {
        for (const update of from.outbox.splice(0)) for (const to of replicas) if (to !== from) to.receive(update)
      }
      for (const editor of editors) assertShown(editor)
    },
    destroy() {
      for (const replica of replicas) replica.destroy()
    },
  }
}

/** @throws Error when the editor does not show its text */
export function assertShown({ text, host }: TestEditor): void {
  const wanted = renderBody(text, host.state.schema)
  if (!wanted.eq(host.state.doc)) throw new Error(`editor\n${host.state.doc}\nbut text\n${wanted}`)
}

/** A body as lines such as `point: text`. */
export function linesOf({ text }: TestEditor): readonly string[] {
  return readBlocks(text).map((block) => `${block.kind}: ${plainText(block.content)}`)
}

/** Position of an offset in the n-th block. */
export function at(editor: TestEditor, block: number, offset: number): number {
  return positionOfBlock(editor.host.state.doc, block) + 1 + offset
}

export function select(editor: TestEditor, anchor: number, head = anchor): void {
  const { doc, tr } = editor.host.state
  editor.host.dispatch(tr.setSelection(TextSelection.create(doc, anchor, head)))
}

/** Types at the selection, as a keyboard would. */
export function type(editor: TestEditor, text: string, position?: number): void {
  if (position !== undefined) select(editor, position)
  editor.host.dispatch(editor.host.state.tr.insertText(text))
}

export function run(editor: TestEditor, command: Command): boolean {
  return command(editor.host.state, (transaction: Transaction) => editor.host.dispatch(transaction))
}

/** The two clients of a scene. */
export function two(scene: Scene): readonly [TestEditor, TestEditor] {
  const [a, b] = scene.editors
  if (a === undefined || b === undefined) throw new RangeError('two clients are needed')
  return [a, b]
}
