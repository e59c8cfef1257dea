/** Every bound of the sync service in one place. Bytes are of one frame's payload unless said otherwise. */
export type Limits = {
  /** largest update frame, and largest frame of any kind but step 2 */
  readonly updateBytes: number
  /** largest sync step 2, which repeats the sender's whole delete set */
  readonly step2Bytes: number
  /** structs in one update frame */
  readonly structsPerUpdate: number
  /** structs in one step 2: a week of typing without a connection, and up to 0.1 s to judge and apply */
  readonly structsPerStep2: number
  /** client ids that one socket may show for the first time */
  readonly claimsPerSocket: number
  readonly socketsPerUser: number
  readonly framesPerSecond: number
  readonly frameBurst: number
  readonly bytesPerSecond: number
  readonly byteBurst: number
  /** a user who stays over the rate this long is closed with 4503 */
  readonly overRateMs: number
  /** upgrades from one address, before anything else is looked at */
  readonly upgradesPerSecond: number
  readonly upgradeBurst: number
  /** frames of one socket that wait for the commit loop; more pause the socket */
  readonly waitingBytes: number
  readonly awarenessBytes: number
  readonly awarenessWindowMs: number
  readonly heartbeatMs: number
  /** a peer not heard for this long is gone */
  readonly silenceMs: number
  /** above this queue awareness is no longer sent, and after `slowMs` the socket is cut */
  readonly slowBytes: number
  readonly slowMs: number
  /** above this queue the socket is cut at once */
  readonly stalledBytes: number
  /** rows after which a new snapshot is stored */
  readonly snapshotRows: number
  /** an empty room is stored and forgotten after this */
  readonly idleMs: number
  readonly accessCheckMs: number
  /** while a room with at least `busySockets` is busy, commits start at most this often */
  readonly busyBeatMs: number
  /** and what waits is committed at the latest this long after the last one started */
  readonly busyLatestMs: number
  readonly busySockets: number
  /** from this many waiting updates on, clients get one merged update */
  readonly mergeFrom: number
  /** first pause before storing is tried again; doubles up to ten times this */
  readonly retryMs: number
  readonly concurrentLoads: number
  readonly drainMs: number
}

export const DEFAULT_LIMITS: Limits = {
  updateBytes: 1 << 20,
  step2Bytes: 16 << 20,
  structsPerUpdate: 5_000,
  structsPerStep2: 30_000,
  claimsPerSocket: 64,
  socketsPerUser: 4,
  framesPerSecond: 60,
  frameBurst: 200,
  bytesPerSecond: 256 * 1024,
  byteBurst: 1 << 20,
  overRateMs: 30_000,
  upgradesPerSecond: 200,
  upgradeBurst: 2_000,
  waitingBytes: 2 << 20,
  awarenessBytes: 2_048,
  awarenessWindowMs: 90,
  heartbeatMs: 10_000,
  silenceMs: 32_000,
  slowBytes: 1 << 20,
  slowMs: 10_000,
  stalledBytes: 4 << 20,
  snapshotRows: 1_000,
  idleMs: 60_000,
  accessCheckMs: 60_000,
  busyBeatMs: 8,
  busyLatestMs: 20,
  busySockets: 16,
  mergeFrom: 50,
  retryMs: 1_000,
  concurrentLoads: 8,
  drainMs: 5_000,
}
