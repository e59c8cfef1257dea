import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chainRow, EMPTY_HEAD, verifyChain } from './chain.ts'
import type { Head, LogRow, MeetingId, NewRow, PersonId } from './updateLog.ts'

const M = 'm' as MeetingId

const newRow = fc.record({
  kind: fc.constantFrom('update', 'phase'),
  at: fc.nat(),
  payload: fc.uint8Array({ maxLength: 20 }),
  author: fc.constantFrom<NewRow['author']>('anna' as PersonId, 'server'),
  agency: fc.constant(null),
  role: fc.constantFrom('participant', 'server'),
  session: fc.string({ unit: 'grapheme', maxLength: 5 }),
}) satisfies fc.Arbitrary<NewRow>

const chain = fc.array(newRow, { minLength: 2, maxLength: 8 }).map((rows) => {
  let head: Head = EMPTY_HEAD
  return rows.map((row) => {
    const next = chainRow(M, head, row)
    head = { seq: next.seq, hash: next.hash }
    return next
  })
})

const tamperings: Readonly<Record<string, (row: LogRow) => LogRow>> = {
  author: (row) => ({ ...row, author: 'mallory' as PersonId }),
  time: (row) => ({ ...row, at: row.at + 1 }),
  kind: (row) => ({ ...row, kind: 'lock' }),
  role: (row) => ({ ...row, role: 'chair' }),
  session: (row) => ({ ...row, session: `${row.session}x` }),
  actor: (row) => ({ ...row, actor: 'mallory' as PersonId }),
  payload: (row) => ({ ...row, payload: Uint8Array.of(...row.payload, 1) }),
  'payload and its hash': (row) => ({ ...row, payload: new Uint8Array(3), payloadHash: 'a'.repeat(64) }),
  seq: (row) => ({ ...row, seq: row.seq + 1 }),
  meeting: (row) => ({ ...row, meeting: 'other' as MeetingId }),
  hash: (row) => ({ ...row, hash: `${row.hash.startsWith('0') ? '1' : '0'}${row.hash.slice(1)}` }),
}

describe('hash chain', () => {
  test('[ST27] an untouched chain verifies, also page by page', () => {
    fc.assert(
      fc.property(chain, fc.nat(8), (rows, cut) => {
        const whole = verifyChain(M, rows)
        expect(whole.ok).toBe(true)
        const first = verifyChain(M, rows.slice(0, cut))
        expect(first.ok && verifyChain(M, rows.slice(cut), first.head)).toEqual(whole)
      }),
      { seed: 27, numRuns: 200 },
    )
  })

  test.each(Object.entries(tamperings))('[ST27] a changed %s is found, at its row', (_, tamper) => {
    fc.assert(
      fc.property(chain, fc.nat(), (rows, n) => {
        const at = n % rows.length
        const changed = rows.map((row, index) => (index === at ? tamper(row) : row))
        const verdict = verifyChain(M, changed)
        expect(verdict.ok).toBe(false)
        if (!verdict.ok) expect([rows[at]?.seq, changed[at]?.seq, (rows[at]?.seq ?? 0) + 1]).toContain(verdict.seq)
      }),
      { seed: 27, numRuns: 100 },
    )
  })

  test('[ST27] a dropped, doubled or swapped row is found', () => {
    fc.assert(
      fc.property(chain, fc.nat(), (rows, n) => {
        const at = n % (rows.length - 1)
        expect(verifyChain(M, rows.toSpliced(at, 1)).ok).toBe(false)
        expect(verifyChain(M, rows.toSpliced(at, 0, rows[at] as LogRow)).ok).toBe(false)
        expect(verifyChain(M, rows.with(at, rows[at + 1] as LogRow).with(at + 1, rows[at] as LogRow)).ok).toBe(false)
      }),
      { seed: 27, numRuns: 100 },
    )
  })

  test('[ST28] the hash is SHA-256 over the previous hash and the canonical header (frozen example)', () => {
    const row = chainRow(M, EMPTY_HEAD, {
      kind: 'update',
      at: 1_700_000_000_000,
      payload: Uint8Array.of(1, 2, 3),
      author: 'anna' as PersonId,
      agency: null,
      role: 'secretary',
      session: 's',
    })
    expect(row.payloadHash).toBe('039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81')
    expect(row.hash).toBe('02c9fd5b5f2a09795ef764e049c2a191e6f00a7f7e522d9685f74165b42c2913')
  })
})
