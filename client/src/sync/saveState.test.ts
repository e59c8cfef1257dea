import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  initialSaveState,
  mayWriteNow,
  nextStatusAt,
  reduceSave,
  type SaveEvent,
  type SaveState,
  saveStatus,
  unackedChanges,
} from './saveState.ts'

const ack = (count: number, at: number): SaveEvent => ({ type: 'receipt', receipt: { type: 'ack', count }, at })
const typed = (at: number, sent = true): SaveEvent => ({ type: 'changed', sent, own: true, at })

function after(
  events: readonly SaveEvent[],
  state: SaveState = initialSaveState('drafting', 'participant', 0),
): SaveState {
  return events.reduce(reduceSave, state)
}
const opened = after([{ type: 'opened' }, { type: 'answered', at: 10 }, ack(1, 20)])

describe('save state', () => {
  test('[CS1] "saved" needs a durable step 2 of this socket and no un-acked change', () => {
    expect(saveStatus(after([{ type: 'opened' }]), 5_000).name).toBe('connecting')
    expect(saveStatus(after([{ type: 'opened' }, { type: 'answered', at: 10 }]), 900).name).toBe('connecting')
    expect(saveStatus(opened, 2_000).name).toBe('saved')
    expect(saveStatus(after([typed(3_000)], opened), 3_000).name).not.toBe('saved')
    expect(saveStatus(after([typed(3_000), typed(3_001), ack(2, 3_010)], opened), 3_900).name).not.toBe('saved')
    expect(saveStatus(after([typed(3_000), typed(3_001), ack(3, 3_010)], opened), 3_900).name).toBe('saved')
  })

  test('[CS2] "saving" is said after one second, "saved" again after a pause', () => {
    const typing = after([typed(3_000)], opened)
    expect(saveStatus(typing, 3_999).name).toBe('settling')
    expect(saveStatus(typing, 4_000).name).toBe('saving')
    const acked = after([ack(2, 4_100)], typing)
    expect(saveStatus(acked, 4_200).name).toBe('settling')
    expect(saveStatus(acked, 4_500).name).toBe('saved')
  })

  test('[CS3] without a link the un-acked changes are counted, and covered by the next step 2', () => {
    const lost = after([typed(3_000), { type: 'closed', at: 3_100 }, typed(3_200, false), typed(3_300, false)], opened)
    expect(saveStatus(lost, 5_200)).toEqual({ name: 'offline', waiting: 3 })
    const back = after([{ type: 'opened' }, typed(6_000), { type: 'answered', at: 6_001 }], lost)
    expect(unackedChanges(back)).toBe(4)
    expect(unackedChanges(after([ack(1, 6_100)], back))).toBe(3)
    expect(unackedChanges(after([ack(2, 6_100)], back))).toBe(0)
  })

  test('[CS3] a link that is replaced at once is no news', () => {
    const lost = after([{ type: 'closed', at: 3_100 }], opened)
    expect(saveStatus(lost, 3_200).name).toBe('settling')
    expect(saveStatus(lost, 5_100).name).toBe('offline')
  })

  test('[CS4] an open link that confirms nothing for five seconds counts as none', () => {
    const stalled = after([typed(3_000)], opened)
    expect(saveStatus(stalled, 8_000)).toEqual({ name: 'offline', waiting: 1 })
  })

  test('[CS5] refusal, phase, role and failing storage each end writing', () => {
    expect(mayWriteNow(opened)).toBe(true)
    const refused = after([{ type: 'receipt', receipt: { type: 'refused', count: 2, reason: 'phase' }, at: 1 }], opened)
    expect([mayWriteNow(refused), saveStatus(refused, 9_000)]).toEqual([false, { name: 'refused', reason: 'phase' }])
    expect(mayWriteNow(after([{ type: 'acknowledged' }], refused))).toBe(true)
    const failing = after([{ type: 'storage', failing: true }], opened)
    expect([mayWriteNow(failing), saveStatus(failing, 9_000).name]).toEqual([false, 'storage-failing'])
    const comment = after([{ type: 'phase', phase: 'comment' }], opened)
    expect([mayWriteNow(comment), saveStatus(comment, 9_000).name]).toEqual([false, 'read-only'])
    const locked = after([{ type: 'phase', phase: 'adjusted' }], opened)
    expect([mayWriteNow(locked), saveStatus(locked, 9_000).name]).toEqual([false, 'locked'])
    const observer = after([{ type: 'role', role: 'observer' }], opened)
    expect([mayWriteNow(observer), saveStatus(observer, 9_000).name]).toEqual([false, 'read-only'])
  })

  test('[CS6] frames that carry nothing typed are counted as frames only', () => {
    const trimmed = after([{ type: 'changed', sent: true, own: false, at: 1 }], opened)
    expect([trimmed.sent, unackedChanges(trimmed)]).toEqual([2, 0])
    expect(after([{ type: 'changed', sent: false, own: false, at: 1 }], opened)).toBe(opened)
  })

  test('[CS1] over random histories: "saved" exactly when the server holds every change', () => {
    const step = fc.constantFrom('type', 'open', 'answer', 'close', 'ack')
    fc.assert(
      fc.property(fc.array(fc.tuple(step, fc.nat(5)), { maxLength: 60 }), (steps) => {
        let state = initialSaveState('drafting', 'secretary', 0)
        // The oracle: which frame of which socket carries each change, as a server would see it.
        let open = false
        let frames = 0
        let durable = 0
        let answered = 0
        let changes: { frame: number | null }[] = []
        for (const [what, n] of steps) {
          if (what === 'type') {
            changes.push({ frame: open ? ++frames : null })
            state = reduceSave(state, typed(0, open))
          } else if (what === 'open' && !open) {
            open = true
            frames = durable = answered = 0
            state = reduceSave(state, { type: 'opened' })
          } else if (what === 'answer' && open) {
            frames++
            answered ||= frames
            for (const change of changes) change.frame ??= frames
            state = reduceSave(state, { type: 'answered', at: 0 })
          } else if (what === 'close' && open) {
            open = false
            for (const change of changes) change.frame = null
            state = reduceSave(state, { type: 'closed', at: 0 })
          } else if (what === 'ack' && open) {
            durable = Math.max(durable, Math.min(frames, n))
            changes = changes.filter(({ frame }) => frame === null || frame > durable)
            state = reduceSave(state, ack(durable, 0))
          }
          expect(unackedChanges(state)).toBe(changes.length)
          const saved = saveStatus(state, 1_000).name === 'saved'
          if (saved) expect(changes.length === 0 && open && answered > 0 && durable >= answered).toBe(true)
          if (open && answered > 0 && durable === frames && changes.length === 0) expect(saved).toBe(true)
        }
      }),
      { seed: 20230607, numRuns: 500 },
    )
  })

  test('[CS7] the status never changes by time alone before the time it names', () => {
    const lost = after([typed(3_000), { type: 'closed', at: 3_100 }], opened)
    for (const state of [opened, after([typed(3_000)], opened), lost]) {
      for (let at = 3_100; at < 9_000; at += 50) {
        const next = nextStatusAt(state, at) ?? Number.POSITIVE_INFINITY
        for (let later = at; later < Math.min(next, 9_000); later += 50) {
          expect(saveStatus(state, later).name).toBe(saveStatus(state, at).name)
        }
      }
    }
  })
})
