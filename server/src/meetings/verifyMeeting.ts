import { type ContentHash, canonicalMinutes, createMinutesDoc, readMinutes } from '@justera/minutes'
import { EMPTY_HEAD, verifyChain } from '../store/chain.ts'
import type { Head, MeetingId, UpdateLog } from '../store/updateLog.ts'
import { applyRows, documentOf } from './replay.ts'

const PAGE_ROWS = 1000

export type MeetingVerdict =
  /** `contentHash` is that of the whole minutes, as in their canonical form */
  | { readonly ok: true; readonly head: Head; readonly contentHash: ContentHash }
  /** `message` names the first row that is wrong, or what does not agree with the log */
  | { readonly ok: false; readonly message: string }

/**
 * Checks a meeting from its first row: numbering, hashes and payloads of the chain, that it ends at the
 * stored head, and that replaying every row gives the document that the stored snapshot and tail give.
 */
export async function verifyMeeting(
  log: Pick<UpdateLog, 'open' | 'rows'>,
  meeting: MeetingId,
): Promise<MeetingVerdict> {
  const state = await log.open(meeting)
  if (state === null) return { ok: false, message: `there is no meeting ${meeting}` }
  const replayed = createMinutesDoc()
  let head = EMPTY_HEAD
  while (head.seq < state.head.seq) {
    const rows = await log.rows(meeting, head.seq, Math.min(PAGE_ROWS, state.head.seq - head.seq))
    if (rows.length === 0) return { ok: false, message: `the log ends at row ${head.seq}, not at ${state.head.seq}` }
    const verdict = verifyChain(meeting, rows, head)
    if (!verdict.ok) return { ok: false, message: `row ${verdict.seq} is wrong: ${verdict.fault}` }
    applyRows(replayed, rows)
    head = verdict.head
  }
  if (head.hash !== state.head.hash) {
    return { ok: false, message: `row ${head.seq} is not the one that the stored head names` }
  }
  const fromRows = canonicalMinutes(readMinutes(replayed)).hash
  const fromState = canonicalMinutes(readMinutes(documentOf(state))).hash
  if (fromRows !== fromState) return { ok: false, message: 'the stored snapshot differs from a replay of the log' }
  return { ok: true, head, contentHash: fromRows }
}
