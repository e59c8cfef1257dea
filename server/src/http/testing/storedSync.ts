import { documentOf } from '../../meetings/replay.ts'
import type { NewRow, UpdateLog } from '../../store/updateLog.ts'
import type { SyncService } from '../../sync/syncService.ts'

/** A sync service without sockets: reads and phases straight from the log, for tests of the HTTP side. */
export function storedSync(log: UpdateLog, now: () => number): SyncService {
  return {
    handleUpgrade(_request, socket) {
      socket.end('HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\n\r\n')
    },
    async read(meeting, read) {
      const state = await log.open(meeting)
      return state === null ? null : read(documentOf(state), state.head)
    },
    async changePhase(meeting, from, to, author, reason) {
      const state = await log.open(meeting)
      if (state === null) return { ok: false, reason: 'unknown-meeting' }
      const payload = new TextEncoder().encode(JSON.stringify({ from, to, reason }))
      const row: NewRow = { ...author, kind: 'phase', at: now(), payload }
      const [done] = await log.append([
        { meeting, head: state.head, epoch: state.epoch, phase: from, rows: [row], nextPhase: to },
      ])
      return done?.ok ? { ok: true, head: done.head } : { ok: false, reason: 'not-from-here' }
    },
    publish() {},
    agenciesIn: () => [],
    async drain() {},
  }
}
