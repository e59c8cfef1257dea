import { Plugin, PluginKey, type Transaction } from '@tiptap/pm/state'
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view'
import type { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { arrangeFlags, FLAG_MS, type PlacedCaret } from './caretFlags.ts'
import type { NativeCaret } from './nativeCaret.ts'
import { type ParticipantState, readParticipants } from './participants.ts'
import { positionOfRelative, storeSelection } from './selection.ts'
import type { TextBinding } from './textBinding.ts'

/** Own position is told at most this often; the server takes ten states a second. */
const TELL_MS = 120

/** A page that lost the focus keeps its caret this long: toolbars and popovers take the focus for a moment. */
const BLUR_MS = 1500

type Carets = { readonly decorations: DecorationSet; readonly hasUnresolved: boolean }
const caretsKey = new PluginKey<Carets>('minutesCarets')

/**
 * The others' carets and selections in this body, and one's own position for them. Positions are resolved when a state
 * arrives and mapped through edits in between; a caret in text that is not here yet is resolved after the next change.
 *
 * States carry `item`, `anchor`, `head` and `typing`; the server adds `user`.
 */
export function caretsPlugin(
  binding: TextBinding,
  caret: NativeCaret,
  itemId: string,
  awareness: Awareness,
): Plugin<Carets> {
  const moved = new Map<number, number>()
  return new Plugin<Carets>({
    key: caretsKey,
    state: {
      init: () => ({ decorations: DecorationSet.empty, hasUnresolved: false }),
      apply(transaction, carets, _before, state) {
        if (transaction.getMeta(caretsKey) === true || (transaction.docChanged && carets.hasUnresolved)) {
          return resolve(binding, readHere(awareness, itemId), state.doc, moved)
        }
        return transaction.docChanged
          ? { ...carets, decorations: carets.decorations.map(transaction.mapping, transaction.doc) }
          : carets
      },
    },
    props: {
      decorations: (state) => caretsKey.getState(state)?.decorations,
    },
    view: (view) => {
      let shown: ReadonlySet<number> = new Set()
      const teller = tellPosition(view, binding, itemId, awareness)
      const onChange = ({ added, updated, removed }: Changes): void => {
        const others = [...added, ...updated, ...removed].filter((id) => id !== awareness.clientID)
        const here = new Set(readHere(awareness, itemId).map(({ clientId }) => clientId))
        const concerned = others.filter((id) => here.has(id) || shown.has(id))
        if (concerned.length === 0 || binding.isHolding) return
        shown = here
        const now = Date.now()
        for (const id of concerned) moved.set(id, now)
        caret.adopt(view)
        view.dispatch(refresh(view.state.tr))
      }
      awareness.on('change', onChange)
      const arrange = (): void => arrangeFlags(view, placedCarets(view), moved, Date.now())
      const fade = setInterval(arrange, FLAG_MS / 4)
      let frame: number | null = null
      const arrangeSoon = (): void => {
        frame ??= requestAnimationFrame(() => {
          frame = null
          arrange()
        })
      }
      if (readHere(awareness, itemId).length > 0)
        queueMicrotask(() => !view.isDestroyed && view.dispatch(refresh(view.state.tr)))
      return {
        update(_view, before) {
          teller.update(before.doc !== view.state.doc)
          arrangeSoon()
        },
        destroy() {
          awareness.off('change', onChange)
          clearInterval(fade)
          if (frame !== null) cancelAnimationFrame(frame)
          teller.destroy()
        },
      }
    },
  })
}

type Changes = {
  readonly added: readonly number[]
  readonly updated: readonly number[]
  readonly removed: readonly number[]
}

function refresh(transaction: Transaction): Transaction {
  return transaction.setMeta(caretsKey, true).setMeta('addToHistory', false)
}

function readHere(awareness: Awareness, itemId: string): readonly ParticipantState[] {
  return readParticipants(awareness).filter((participant) => participant.itemId === itemId && participant.head !== null)
}

function resolve(
  binding: TextBinding,
  participants: readonly ParticipantState[],
  doc: Parameters<typeof positionOfRelative>[1],
  moved: ReadonlyMap<number, number>,
): Carets {
  const decorations: Decoration[] = []
  let hasUnresolved = false
  for (const { clientId, user, anchor, head } of participants) {
    const at = head === null ? null : positionOfRelative(head, doc, binding.text)
    if (at === null) {
      hasUnresolved = true
      continue
    }
    const isFresh = Date.now() - (moved.get(clientId) ?? 0) < FLAG_MS
    decorations.push(
      Decoration.widget(at, () => drawCaret(clientId, user.seat, user.shortName, user.name, isFresh), {
        key: `caret-${clientId}-${user.seat}-${user.shortName}`,
        client: clientId,
        side: 10,
        ignoreSelection: true,
        stopEvent: () => true,
      }),
    )
    const from = anchor === null ? null : positionOfRelative(anchor, doc, binding.text)
    if (from !== null && from !== at) {
      const attributes = { class: 'sel', 'data-seat': String(colourOf(user.seat)) }
      decorations.push(Decoration.inline(Math.min(from, at), Math.max(from, at), attributes))
    }
  }
  return { decorations: DecorationSet.create(doc, decorations), hasUnresolved }
}

/** A bar without width and a flag above it; see `.caret`. The class `quiet` hides the flag until hover. */
function drawCaret(clientId: number, seat: number, shortName: string, name: string, isFresh: boolean): HTMLElement {
  const caret = document.createElement('span')
  caret.className = isFresh ? 'caret' : 'caret quiet'
  caret.contentEditable = 'false'
  caret.dataset.seat = String(colourOf(seat))
  caret.dataset.client = String(clientId)
  caret.setAttribute('aria-hidden', 'true')
  const flag = document.createElement('span')
  flag.textContent = shortName
  flag.title = name
  caret.append(flag)
  return caret
}

/** Eighteen colours; seat 19 starts over. */
function colourOf(seat: number): number {
  return ((seat - 1) % 18) + 1
}

function placedCarets(view: EditorView): readonly PlacedCaret[] {
  const drawn = caretsKey.getState(view.state)?.decorations.find() ?? []
  return drawn.flatMap(({ from, spec }): readonly PlacedCaret[] =>
    typeof spec.client === 'number' ? [{ client: spec.client, at: from }] : [],
  )
}

/** Tells the others where one's own caret is, no more often than needed. */
function tellPosition(
  view: EditorView,
  binding: TextBinding,
  itemId: string,
  awareness: Awareness,
): { update(docChanged: boolean): void; destroy(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined
  let typingTimer: ReturnType<typeof setTimeout> | undefined
  let blurTimer: ReturnType<typeof setTimeout> | undefined
  let isTyping = false
  let told = ''

  const tell = (): void => {
    timer = undefined
    if (view.isDestroyed || !view.hasFocus() || binding.isHolding) return
    const { anchor, head } = storeSelection(view.state.selection, view.state.doc, binding.text)
    const state = {
      item: itemId,
      anchor: Y.relativePositionToJSON(anchor) as unknown,
      head: Y.relativePositionToJSON(head) as unknown,
      typing: isTyping,
    }
    const json = JSON.stringify(state)
    if (json === told && awareness.getLocalState()?.item === itemId) return
    told = json
    awareness.setLocalState({ ...awareness.getLocalState(), ...state })
  }
  const later = (): void => {
    timer ??= setTimeout(tell, TELL_MS)
  }
  const withdraw = (): void => {
    told = ''
    const state = awareness.getLocalState()
    if (state?.item !== itemId || state.head === undefined) return
    const { anchor: _anchor, head: _head, typing: _typing, ...rest } = state
    awareness.setLocalState(rest)
  }
  const onFocus = (): void => {
    clearTimeout(blurTimer)
    later()
  }
  const onBlur = (): void => {
    clearTimeout(blurTimer)
    blurTimer = setTimeout(withdraw, BLUR_MS)
  }
  view.dom.addEventListener('focus', onFocus)
  view.dom.addEventListener('blur', onBlur)
  return {
    update(docChanged) {
      if (!view.hasFocus()) return
      if (docChanged && binding.hasJustWritten) {
        isTyping = true
        clearTimeout(typingTimer)
        typingTimer = setTimeout(() => {
          isTyping = false
          later()
        }, FLAG_MS)
      }
      later()
    },
    destroy() {
      clearTimeout(timer)
      clearTimeout(typingTimer)
      clearTimeout(blurTimer)
      view.dom.removeEventListener('focus', onFocus)
      view.dom.removeEventListener('blur', onBlur)
      withdraw()
    },
  }
}
