import type { Transaction } from '@tiptap/pm/state'
import { ReplaceStep } from '@tiptap/pm/transform'

/** Typing and deleting within a block go on in the running undo step; everything else starts one. */
export function startsUndoStep(transaction: Transaction): boolean {
  const event: unknown = transaction.getMeta('uiEvent')
  if (event === 'paste' || event === 'cut') return true
  return transaction.steps.some((step) => {
    if (!(step instanceof ReplaceStep)) return true
    let opens = false
    step.slice.content.forEach((node) => {
      if (node.isBlock) opens = true
    })
    return opens
  })
}
