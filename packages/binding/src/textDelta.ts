import * as Y from 'yjs'
import { type Attributes, applyFormat, type Content, contentOf } from './units.ts'

/** One stretch of a change to a body, in text order; lengths count units. */
export type TextChange =
  /** `attributes` is the stretch's formatting after the change, present when the change altered it. */
  | { readonly type: 'retain'; readonly length: number; readonly attributes?: Attributes }
  | { readonly type: 'insert'; readonly content: Content; readonly attributes: Attributes }
  | { readonly type: 'delete'; readonly length: number }

/**
 * What one transaction did to a body. Reads only: Yjs's own event delta deletes format items that it finds
 * redundant, so every reader would become a writer.
 * Valid while the transaction's observers run and no later transaction has changed the text. Linear in its items.
 */
export function textDelta(text: Y.Text, transaction: Y.Transaction): readonly TextChange[] {
  const changes: TextChange[] = []
  const before = new Map<string, unknown>()
  const after = new Map<string, unknown>()
  let differ = false
  let snapshot: Attributes | null = null
  const current = (): Attributes => {
    snapshot ??= new Map(after)
    return snapshot
  }
  let retained = 0
  let retainedAs: Attributes | undefined
  let removed = 0
  let inserted = ''
  const flush = (): void => {
    if (retained > 0) {
      changes.push(
        retainedAs === undefined
          ? { type: 'retain', length: retained }
          : { type: 'retain', length: retained, attributes: retainedAs },
      )
    }
    if (removed > 0) changes.push({ type: 'delete', length: removed })
    if (inserted !== '') changes.push({ type: 'insert', content: inserted, attributes: current() })
    retained = 0
    removed = 0
    inserted = ''
  }

  for (let item = text._start; item !== null; item = item.right) {
    const added = item.id.clock >= (transaction.beforeState.get(item.id.client) ?? 0)
    const deletedNow = item.deleted && Y.isDeleted(transaction.deleteSet, item.id)
    const wasThere = !added && (!item.deleted || deletedNow)
    if (item.content instanceof Y.ContentFormat) {
      if (!wasThere && item.deleted) continue
      flush()
      if (wasThere) applyFormat(before, item.content)
      if (!item.deleted) {
        applyFormat(after, item.content)
        snapshot = null
      }
      differ = !sameAttributes(before, after)
      continue
    }
    if (!item.countable || (!wasThere && item.deleted)) continue
    if (!wasThere) {
      const content = contentOf(item)
      if (content === null) continue
      if (typeof content === 'string') {
        if (inserted === '') flush()
        inserted += content
      } else {
        flush()
        changes.push({ type: 'insert', content, attributes: current() })
      }
    } else if (item.deleted) {
      if (removed === 0) flush()
      removed += item.length
    } else {
      const as = differ ? current() : undefined
      if (retained === 0 || retainedAs !== as) flush()
      retained += item.length
      retainedAs = as
    }
  }
  flush()
  while (true) {
    const last = changes.at(-1)
    if (last?.type !== 'retain' || last.attributes !== undefined) return changes
    changes.pop()
  }
}

function sameAttributes(a: Attributes, b: Attributes): boolean {
  if (a.size !== b.size) return false
  for (const [key, value] of a) if (!sameValue(value, b.get(key))) return false
  return true
}

function sameValue(a: unknown, b: unknown): boolean {
  return a === b || (typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b))
}
