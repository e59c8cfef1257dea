import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import type { SyncMetrics } from '../sync/syncMetrics.ts'

const SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1]

/** The sync service's figures as Prometheus metrics. */
export function syncMetrics(registry: Registry): SyncMetrics {
  const registers = [registry]
  const sockets = new Gauge({ name: 'justera_sockets', help: 'Open sockets', registers })
  const closes = new Counter({
    name: 'justera_socket_closes_total',
    help: 'Closed sockets',
    labelNames: ['code'],
    registers,
  })
  const frames = new Counter({
    name: 'justera_frames_total',
    help: 'Frames received',
    labelNames: ['type'],
    registers,
  })
  const bytes = new Counter({ name: 'justera_frame_bytes_total', help: 'Bytes received in frames', registers })
  const judged = new Histogram({
    name: 'justera_gate_seconds',
    help: 'Time to judge and apply one update',
    labelNames: ['verdict'],
    buckets: SECONDS,
    registers,
  })
  const refusals = new Counter({
    name: 'justera_refusals_total',
    help: 'Updates refused for good',
    labelNames: ['reason'],
    registers,
  })
  const commits = new Histogram({
    name: 'justera_commit_seconds',
    help: 'Time from handing a batch to the store to knowing it on disk',
    buckets: SECONDS,
    registers,
  })
  const rows = new Counter({ name: 'justera_log_rows_total', help: 'Log rows committed', registers })
  const commitFailures = new Counter({
    name: 'justera_commit_failures_total',
    help: 'Commits that failed',
    labelNames: ['reason'],
    registers,
  })
  const loads = new Histogram({
    name: 'justera_room_load_seconds',
    help: 'Time to load a meeting into memory',
    buckets: SECONDS,
    registers,
  })
  const rooms = new Gauge({ name: 'justera_rooms', help: 'Meetings in memory', registers })
  return {
    socketOpened: () => sockets.inc(),
    socketClosed: (code) => {
      sockets.dec()
      closes.inc({ code })
    },
    frameReceived: (type, sizeBytes) => {
      frames.inc({ type })
      bytes.inc(sizeBytes)
    },
    updateJudged: (verdict, ms) => judged.observe({ verdict }, ms / 1000),
    refused: (reason) => refusals.inc({ reason }),
    committed: (commit) => {
      commits.observe(commit.ms / 1000)
      rows.inc(commit.rows)
    },
    commitFailed: (reason) => commitFailures.inc({ reason }),
    roomLoaded: (ms) => loads.observe(ms / 1000),
    roomsOpen: (count) => rooms.set(count),
  }
}
