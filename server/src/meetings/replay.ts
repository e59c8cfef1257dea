import { createMinutesDoc } from '@justera/minutes'
import * as Y from 'yjs'
import type { LogRow, MeetingState } from '../store/updateLog.ts'

/** The document of a meeting's stored state. */
export function documentOf(state: Pick<MeetingState, 'snapshot' | 'tail'>): Y.Doc {
  const doc = createMinutesDoc()
  doc.transact(() => {
    if (state.snapshot !== null) Y.applyUpdate(doc, state.snapshot.update)
    applyRows(doc, state.tail)
  })
  return doc
}

/** Applies rows in order; phases, versions and locks change no text. */
export function applyRows(doc: Y.Doc, rows: Iterable<LogRow>): void {
  doc.transact(() => {
    for (const row of rows) if (row.kind === 'update') Y.applyUpdate(doc, row.payload)
  })
}
