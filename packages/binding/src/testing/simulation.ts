import { BLOCK_KINDS, DEFAULT_BLOCK } from '@justera/minutes'
import { Fragment, type Node, Slice } from '@tiptap/pm/model'
import { type Command as EditorCommand, TextSelection, type Transaction } from '@tiptap/pm/state'
import { ReplaceStep } from '@tiptap/pm/transform'
import * as Y from 'yjs'
import { indentBlocks, outdentBlocks, setBlockKind, setLink, toggleMark } from '../commands.ts'
import { backspace, breakLine, deleteForward, enter } from '../editing.ts'
import { renderBody } from '../render.ts'
import { type OpenEditor, Replica, startingDocument, type TestEditor } from './replica.ts'

export const ACTIONS = [
  'type',
  'type',
  'type',
  'type',
  'typeWord',
  'delete',
  'deleteRange',
  'enter',
  'enter',
  'backspace',
  'backspaceAtStart',
  'deleteForward',
  'breakLine',
  'bold',
  'italic',
  'link',
  'kind',
  'indent',
  'outdent',
  'mention',
  'insertBlocks',
  'moveBlock',
  'clear',
  'setContent',
  'setSame',
  'emoji',
  'cutAnywhere',
  'undo',
  'undo',
  'redo',
  'compose',
  'compose',
  'compose',
  'composeEnd',
  'deliver',
  'deliver',
  'deliver',
  'sync',
] as const
type Action = (typeof ACTIONS)[number]

/** One step of a simulation; the numbers pick replica, item, places and variants, whatever their size. */
export type Move = {
  readonly action: Action
  readonly who: number
  readonly item: number
  readonly from: number
  readonly to: number
  readonly pick: number
}

export type Totals = {
  moves: number
  typed: number
  lost: number
  repeated: number
  reordered: number
  anchors: number
  undone: number
  composed: number
  /** Compositions that held remote changes back. */
  held: number
}

export function noTotals(): Totals {
  return { moves: 0, typed: 0, lost: 0, repeated: 0, reordered: 0, anchors: 0, undone: 0, composed: 0, held: 0 }
}

export type SimulationOptions = {
  readonly replicas: number
  readonly bodies: readonly (readonly string[] | null)[]
  readonly open: OpenEditor
  /** Client ids, so that both orders of any two are tried. */
  readonly clientIds?: readonly number[]
}

const FIRST_TOKEN = 0x4e00

/**
 * Runs a script on several replicas over a network that loses, delays, repeats and reorders, then lets everything
 * arrive. After every move: editor equals text on every replica, and nobody has sent anything unasked. At the end:
 * equal replicas, every typed token present exactly once unless somebody deleted it, every anchor on its character.
 * @throws Error naming the broken invariant
 */
export function simulate(moves: readonly Move[], options: SimulationOptions): Totals {
  return new Simulation(options).run(moves)
}

type Flight = { readonly to: number; readonly update: Uint8Array }

class Simulation {
  private readonly replicas: readonly Replica[]
  private readonly flights: Flight[] = []
  private readonly deleted = new Set<string>()
  /** Tokens that an undo, a move or a replaced document may have made anew: present any number of times. */
  private readonly remade = new Set<string>()
  private readonly typed: string[] = []
  private readonly anchors: { readonly token: string; readonly position: Y.RelativePosition; readonly item: number }[] =
    []
  private readonly totals = noTotals()
  private readonly touched: Replica[] = []
  private readonly compositions = new Map<TestEditor, true>()
  private nextToken = FIRST_TOKEN

  constructor(options: SimulationOptions) {
    const initial = startingDocument(options.bodies)
    this.replicas = Array.from(
      { length: options.replicas },
      (_, n) => new Replica(options.clientIds?.[n] ?? 100 + n * 7, initial, options.open),
    )
    this.checkStep('opening')
  }

  run(moves: readonly Move[]): Totals {
    try {
      moves.forEach((move, n) => {
        this.step(move)
        this.collect()
        this.checkStep(`move ${n} ${move.action}`, this.touched.splice(0))
        this.totals.moves += 1
      })
      this.settle()
      this.checkEnd()
    } finally {
      for (const replica of this.replicas) replica.destroy()
    }
    return this.totals
  }

  private step(move: Move): void {
    const replica = at(this.replicas, move.who)
    this.touched.push(replica)
    if (move.action === 'deliver') {
      this.deliver(move)
      return
    }
    if (move.action === 'sync') {
      const other = at(this.replicas, move.who + 1 + (move.from % (this.replicas.length - 1 || 1)))
      this.touched.push(other)
      sync(replica, other)
      return
    }
    const before = replica.editors.map(tokensOf)
    this.edit(replica, at(replica.editors, move.item), move)
    replica.editors.forEach((editor, n) => {
      const was = before[n] ?? new Set()
      const is = tokensOf(editor)
      for (const token of was) if (!is.has(token)) this.deleted.add(token)
      const remakes = move.action === 'undo' || move.action === 'redo' || move.action === 'setContent'
      for (const token of is) if (!was.has(token) && remakes) this.remade.add(token)
    })
  }

  private edit(replica: Replica, editor: TestEditor, move: Move): void {
    const { host } = editor
    const size = host.state.doc.content.size
    const from = 1 + (move.from % Math.max(size - 1, 1))
    const to = 1 + (move.to % Math.max(size - 1, 1))
    const select = (anchor: number, head: number): void => {
      const { doc, tr } = host.state
      host.dispatch(tr.setSelection(TextSelection.between(doc.resolve(anchor), doc.resolve(head))))
    }
    const run = (command: EditorCommand): void => {
      command(host.state, (transaction: Transaction) => host.dispatch(transaction))
    }
    const atStart = (): void => {
      const start = host.state.doc.resolve(from)
      if (start.depth > 0) select(start.start(1), start.start(1))
    }
    switch (move.action) {
      case 'type':
      case 'typeWord':
      case 'emoji': {
        select(from, from)
        const { tr } = host.state
        host.dispatch(
          tr.insertText(this.token(move.action === 'typeWord' ? 4 : 1) + (move.action === 'emoji' ? '😀' : '')),
        )
        this.anchor(editor, move)
        return
      }
      case 'delete':
        select(from, Math.min(from + 1, size))
        run(backspace)
        return
      case 'deleteRange':
        select(from, to)
        run(backspace)
        return
      case 'enter':
        if (move.pick % 3 === 0) atStart()
        else select(from, move.pick % 7 === 0 ? to : from)
        run(enter)
        return
      case 'backspace':
        select(from, from)
        run(backspace)
        return
      case 'backspaceAtStart':
        atStart()
        run(backspace)
        return
      case 'deleteForward': {
        const end = host.state.doc.resolve(from)
        if (end.depth > 0) select(end.end(1), end.end(1))
        run(deleteForward)
        return
      }
      case 'breakLine':
        select(from, from)
        run(breakLine)
        return
      case 'bold':
      case 'italic':
        select(from, to)
        toggleMark(host, move.action)
        return
      case 'link':
        select(from, to)
        setLink(host, move.pick % 3 === 0 ? null : `https://example.se/${move.pick % 2}`)
        return
      case 'kind':
        select(from, move.pick % 2 === 0 ? to : from)
        setBlockKind(host, at(BLOCK_KINDS, move.pick))
        return
      case 'indent':
        select(from, to)
        indentBlocks(host)
        return
      case 'outdent':
        select(from, to)
        outdentBlocks(host)
        return
      case 'mention': {
        select(from, from)
        const mention = host.state.schema.node('mention', { mention: 'u1', label: 'Anna' })
        host.dispatch(host.state.tr.replaceSelectionWith(mention))
        return
      }
      case 'insertBlocks': {
        const { doc, schema, tr } = host.state
        const blocks = Array.from({ length: 1 + (move.pick % 3) }, () =>
          schema.node('block', { ...DEFAULT_BLOCK, kind: 'bullet' }, schema.text(this.token(2))),
        )
        const isOpen = move.pick % 2 === 0 ? 1 : 0
        if (isOpen === 1) host.dispatch(tr.replace(from, from, new Slice(Fragment.from(blocks), 1, 1)))
        else {
          const outer = doc.resolve(from)
          const position = outer.depth === 0 ? from : outer.before(1)
          host.dispatch(tr.step(new ReplaceStep(position, position, new Slice(Fragment.from(blocks), 0, 0))))
        }
        return
      }
      case 'moveBlock':
        this.moveBlock(editor, move)
        return
      case 'clear': {
        const { doc, schema, tr } = host.state
        const slice = new Slice(Fragment.from(schema.node('block')), 0, 0)
        host.dispatch(tr.step(new ReplaceStep(0, doc.content.size, slice)))
        return
      }
      case 'setContent':
      case 'setSame': {
        const { doc, schema, tr } = host.state
        const blocks: Node[] = []
        doc.forEach((block) => {
          blocks.push(block)
        })
        if (move.action === 'setContent') {
          for (const block of blocks) for (const token of tokensOfText(block.textContent)) this.remade.add(token)
          blocks.splice(
            move.from % (blocks.length + 1),
            move.pick % 2,
            schema.node('block', null, schema.text(this.token(1))),
          )
          if (move.pick % 5 === 0) blocks.reverse()
        }
        host.dispatch(tr.replaceWith(0, doc.content.size, blocks))
        return
      }
      case 'cutAnywhere': {
        // A program may name any position, the middle of an emoji included.
        const outer = host.state.doc.resolve(from)
        const stop = Math.min(Math.max(to, from), outer.depth === 0 ? from : outer.end(1))
        if (move.pick % 3 === 0) host.dispatch(host.state.tr.insertText(this.token(1), from))
        else if (move.pick % 3 === 1) host.dispatch(host.state.tr.delete(from, stop))
        else host.dispatch(host.state.tr.addMark(from, stop, host.state.schema.mark('bold')))
        return
      }
      case 'undo':
        if (replica.undo.undo()) this.totals.undone += 1
        return
      case 'redo':
        replica.undo.redo()
        return
      case 'compose':
        this.compose(editor, from)
        return
      case 'composeEnd':
        this.endComposition(editor)
        return
      case 'deliver':
      case 'sync':
        return
    }
  }

  /** An input method replaces its own letters again and again, in a text that must not move under it. */
  private compose(editor: TestEditor, from: number): void {
    if (editor.setComposing === null) return
    const { host } = editor
    const { doc, tr } = host.state
    const running = this.compositions.get(editor)
    if (running === undefined) {
      const at = TextSelection.near(doc.resolve(from)).head
      host.dispatch(tr.setSelection(TextSelection.create(doc, at)))
      editor.setComposing(true)
      host.dispatch(host.state.tr.insertText(this.token(1), at))
    } else {
      const { head } = host.state.selection
      const hasLetter = host.state.selection.$head.parentOffset > 0
      host.dispatch(tr.insertText(this.token(2), hasLetter ? head - 1 : head, head))
    }
    this.compositions.set(editor, true)
    this.totals.composed += 1
  }

  private endComposition(editor: TestEditor): void {
    if (!this.compositions.delete(editor)) return
    if (editor.binding.isHolding) this.totals.held += 1
    editor.setComposing?.(false)
    editor.binding.release()
  }

  private moveBlock(editor: TestEditor, move: Move): void {
    const { doc, tr } = editor.host.state
    if (doc.childCount < 2) return
    const n = move.from % doc.childCount
    const block = doc.child(n)
    let offset = 0
    for (let before = 0; before < n; before++) offset += doc.child(before).nodeSize
    for (const token of tokensOfText(block.textContent)) {
      this.remade.add(token)
      this.deleted.add(token)
    }
    tr.delete(offset, offset + block.nodeSize)
    const target = move.to % (tr.doc.childCount + 1)
    let position = 0
    for (let before = 0; before < target; before++) position += tr.doc.child(before).nodeSize
    tr.step(new ReplaceStep(position, position, new Slice(Fragment.from(block), 0, 0)))
    editor.host.dispatch(tr)
  }

  private token(length: number): string {
    const tokens = Array.from({ length }, () => String.fromCharCode(this.nextToken++))
    this.typed.push(...tokens)
    this.totals.typed += length
    return tokens.join('')
  }

  /** A comment's anchor on a character that was just typed. */
  private anchor(editor: TestEditor, move: Move): void {
    const token = this.typed.at(-1)
    const index = token === undefined ? -1 : unitsOf(editor.text).indexOf(token)
    if (token === undefined || index === -1) return
    const item = move.item
    this.anchors.push({ token, position: Y.createRelativePositionFromTypeIndex(editor.text, index, 0), item })
    this.totals.anchors += 1
  }

  private collect(): void {
    this.replicas.forEach((replica, from) => {
      for (const update of replica.outbox.splice(0)) {
        this.replicas.forEach((_, to) => {
          if (to !== from) this.flights.push({ to, update })
        })
      }
    })
  }

  /** Takes some updates out of the air: any order, some lost, some twice. */
  private deliver({ from, to, pick }: Move): void {
    const count = 1 + (to % 6)
    for (let n = 0; n < count && this.flights.length > 0; n++) {
      const choice = (from + n * 31) % this.flights.length
      const flight = this.flights[choice]
      if (flight === undefined) return
      if (choice > 0) this.totals.reordered += 1
      if ((pick + n) % 9 === 0) {
        this.totals.lost += 1
        this.flights.splice(choice, 1)
        continue
      }
      const receiver = at(this.replicas, flight.to)
      this.touched.push(receiver)
      receiver.receive(flight.update)
      if ((pick + n) % 7 === 0) this.totals.repeated += 1
      else this.flights.splice(choice, 1)
    }
  }

  private settle(): void {
    for (const { editors } of this.replicas) for (const editor of editors) this.endComposition(editor)
    this.collect()
    for (let round = 0; round < 2; round++) {
      for (const a of this.replicas) for (const b of this.replicas) if (a !== b) sync(a, b)
      this.collect()
    }
    this.checkStep('settling')
  }

  private checkStep(when: string, replicas: readonly Replica[] = this.replicas): void {
    for (const replica of new Set(replicas)) {
      const n = this.replicas.indexOf(replica)
      if (replica.unaskedBytes > 0) throw new Error(`${when}: replica ${n} sent ${replica.unaskedBytes} bytes unasked`)
      replica.editors.forEach((editor, item) => {
        const { state } = editor.host
        if (editor.binding.isHolding) return
        const wanted = renderBody(editor.text, state.schema)
        if (!wanted.eq(state.doc)) {
          throw new Error(`${when}: replica ${n} item ${item} shows\n${state.doc}\nbut the text is\n${wanted}`)
        }
        const dom = editor.domText()
        if (dom !== null && dom !== shownText(wanted)) {
          throw new Error(
            `${when}: replica ${n} item ${item} has the DOM\n${dom}\nbut the text is\n${shownText(wanted)}`,
          )
        }
      })
    }
  }

  private checkEnd(): void {
    const [first, ...others] = this.replicas
    if (first === undefined) return
    for (const [n, other] of others.entries()) {
      first.editors.forEach((editor, item) => {
        const mine = JSON.stringify(editor.text.toDelta().map(plainDelta))
        const theirs = JSON.stringify(other.editors[item]?.text.toDelta().map(plainDelta))
        if (mine !== theirs) throw new Error(`replicas 0 and ${n + 1} differ in item ${item}:\n${mine}\n${theirs}`)
      })
    }
    const counts = new Map<string, number>()
    for (const editor of first.editors) {
      for (const unit of unitsOf(editor.text)) counts.set(unit, (counts.get(unit) ?? 0) + 1)
    }
    for (const token of this.typed) {
      const count = counts.get(token) ?? 0
      if (this.remade.has(token)) continue
      const wanted = this.deleted.has(token) ? 0 : 1
      if (count !== wanted) throw new Error(`token ${token} is there ${count} times, not ${wanted}`)
    }
    for (const { token, position, item } of this.anchors) {
      if (this.deleted.has(token) || this.remade.has(token)) continue
      for (const replica of this.replicas) {
        const { text } = at(replica.editors, item)
        const absolute = Y.createAbsolutePositionFromRelativePosition(position, replica.doc)
        const there = absolute === null ? undefined : unitsOf(text)[absolute.index]
        if (there !== token) throw new Error(`the anchor of ${token} stands on ${there}`)
      }
    }
  }
}

function sync(a: Replica, b: Replica): void {
  const forB = Y.encodeStateAsUpdate(a.doc, Y.encodeStateVector(b.doc))
  const forA = Y.encodeStateAsUpdate(b.doc, Y.encodeStateVector(a.doc))
  b.receive(forB)
  a.receive(forA)
}

function at<T>(list: readonly T[], n: number): T {
  const found = list[n % list.length]
  if (found === undefined) throw new RangeError('empty list')
  return found
}

/** One string for each unit of a text. */
function unitsOf(text: Y.Text): readonly string[] {
  const units: string[] = []
  for (const { insert } of text.toDelta() as { insert: unknown }[]) {
    if (typeof insert === 'string') units.push(...insert.split(''))
    else units.push('')
  }
  return units
}

function tokensOfText(text: string): readonly string[] {
  return [...text].filter((char) => char >= '\u4e00' && char <= '\u9fff')
}

function tokensOf(editor: TestEditor): Set<string> {
  return new Set(tokensOfText(editor.text.toString()))
}

function plainDelta({ insert, attributes }: { insert: unknown; attributes?: Record<string, unknown> }): unknown {
  const sorted = Object.entries(attributes ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))
  return [insert instanceof Y.Map ? Object.entries(insert.toJSON()).sort() : insert, sorted]
}

/** What a reader sees, a line for each block. */
function shownText(doc: Node): string {
  const lines: string[] = []
  doc.forEach((block) => {
    lines.push(block.textBetween(0, block.content.size, '', (leaf) => leafText(leaf)))
  })
  return lines.join('\n')
}

function leafText(leaf: Node): string {
  if (leaf.type.name === 'hardBreak') return '\n'
  return leaf.type.name === 'mention' ? leaf.attrs.label : '\uFFFC'
}
