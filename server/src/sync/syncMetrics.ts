import type { Refusal } from '@justera/protocol'

/** What the service counts; each is called as it happens and must neither throw nor wait. Times in milliseconds. */
export type SyncMetrics = {
  readonly socketOpened: () => void
  readonly socketClosed: (code: number) => void
  readonly frameReceived: (type: string, sizeBytes: number) => void
  /** one update judged by the gate and, if accepted, applied */
  readonly updateJudged: (verdict: string, ms: number) => void
  readonly refused: (reason: Refusal) => void
  readonly committed: (commit: {
    readonly meetings: number
    readonly rows: number
    readonly sizeBytes: number
    readonly ms: number
  }) => void
  readonly commitFailed: (reason: string) => void
  readonly roomLoaded: (ms: number) => void
  readonly roomsOpen: (count: number) => void
}

function nothing(): void {}

export const NO_METRICS: SyncMetrics = {
  socketOpened: nothing,
  socketClosed: nothing,
  frameReceived: nothing,
  updateJudged: nothing,
  refused: nothing,
  committed: nothing,
  commitFailed: nothing,
  roomLoaded: nothing,
  roomsOpen: nothing,
}
