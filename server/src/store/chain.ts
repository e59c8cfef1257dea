import { createHash } from 'node:crypto'
import { canonicalJson } from '@justera/minutes'
import type { Head, LogRow, MeetingId, NewRow, Seq } from './updateLog.ts'

/** Where every meeting's log begins. */
export const EMPTY_HEAD: Head = { seq: 0, hash: '0'.repeat(64) }

/**
 * Turns a new row into the row after `head`.
 * `hash = SHA-256(prevHash ‖ JCS(header))`: `prevHash` as its 32 bytes, header = every field but payload
 * and hash, absent ones left out. The payload counts through `payloadHash`, so that it can be purged.
 */
export function chainRow(meeting: MeetingId, head: Head, row: NewRow): LogRow {
  const header = {
    meeting,
    seq: head.seq + 1,
    kind: row.kind,
    author: row.author,
    agency: row.agency,
    role: row.role,
    session: row.session,
    ...(row.actor !== undefined && { actor: row.actor }),
    ...(row.origin !== undefined && { origin: row.origin }),
    at: row.at,
    payloadHash: sha256(row.payload),
    prevHash: head.hash,
  }
  return { ...header, payload: row.payload, hash: headerHash(head.hash, header) }
}

/** What is wrong with a chain, and at which row. */
type ChainFault = {
  readonly seq: Seq
  readonly fault: 'foreign-meeting' | 'gap' | 'prev-hash' | 'payload' | 'hash' | 'head'
}

export type ChainVerdict = { readonly ok: true; readonly head: Head } | ({ readonly ok: false } & ChainFault)

/**
 * Checks rows that follow `from`, oldest first: numbering, links, hashes and payloads.
 * Call again with the returned head for the next page of rows; compare the last one with the stored head,
 * for a log cut off at its end is a good chain too.
 */
export function verifyChain(meeting: MeetingId, rows: Iterable<LogRow>, from: Head = EMPTY_HEAD): ChainVerdict {
  let head = from
  for (const row of rows) {
    const fault = faultOf(meeting, head, row)
    if (fault !== null) return { ok: false, seq: row.seq, fault }
    head = { seq: row.seq, hash: row.hash }
  }
  return { ok: true, head }
}

function faultOf(meeting: MeetingId, head: Head, row: LogRow): ChainFault['fault'] | null {
  if (row.meeting !== meeting) return 'foreign-meeting'
  if (row.seq !== head.seq + 1) return 'gap'
  if (row.prevHash !== head.hash) return 'prev-hash'
  if (row.payloadHash !== sha256(row.payload)) return 'payload'
  const { payload, hash, ...header } = row
  return headerHash(head.hash, header) === hash ? null : 'hash'
}

function headerHash(prevHash: string, header: Omit<LogRow, 'payload' | 'hash'>): string {
  return createHash('sha256').update(Buffer.from(prevHash, 'hex')).update(canonicalJson(header)).digest('hex')
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
