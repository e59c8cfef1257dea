import type { BindingUndo } from '@justera/binding'

/** A change of the page outside the texts (an item moved, removed, added), with its own way back. */
type PageStep = { readonly undo: () => void; readonly redo: () => void }

type Step = { readonly kind: 'text' } | ({ readonly kind: 'page' } & PageStep)

/** One undo order for a person's typing in all items and their changes of the agenda. */
export type PageHistory = {
  /** Takes back the latest step; steps that have nothing left to take back are passed over. */
  readonly undo: () => boolean
  readonly redo: () => boolean
  /** Adds a step that was just made. */
  readonly record: (step: PageStep) => void
  readonly clear: () => void
  readonly close: () => void
}

/**
 * Text steps belong to the Yjs undo manager behind `text`; page steps run the opposite operation.
 * They are not left to the manager, because taking back an addition would delete a key, and with it
 * whatever a colleague has typed inside.
 */
export function createPageHistory(text: BindingUndo): PageHistory {
  let past: Step[] = []
  let future: Step[] = []
  const added = ({ type, origin }: { type: 'undo' | 'redo'; origin: unknown }): void => {
    if (type !== 'undo' || origin === text.manager) return
    past.push({ kind: 'text' })
    future = []
  }
  text.manager.on('stack-item-added', added)

  return {
    undo() {
      for (let step = past.pop(); step !== undefined; step = past.pop()) {
        if (step.kind === 'text' && !text.undo()) continue
        if (step.kind === 'page') step.undo()
        future.push(step)
        return true
      }
      return text.undo()
    },
    redo() {
      for (let step = future.pop(); step !== undefined; step = future.pop()) {
        if (step.kind === 'text' && !text.redo()) continue
        if (step.kind === 'page') step.redo()
        past.push(step)
        return true
      }
      return false
    },
    record(step) {
      text.stopCapturing()
      past.push({ kind: 'page', ...step })
      future = []
    },
    clear() {
      past = []
      future = []
      text.clear()
    },
    close: () => text.manager.off('stack-item-added', added),
  }
}
