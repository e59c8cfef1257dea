/**
 * Why the server closed a socket. y-websocket stops retrying on 4400–4499 and retries everything else.
 */
export const CLOSE = {
  /** not signed in, or the session ended: sign in again */
  notSignedIn: 4401,
  /** no access to this meeting, or a frame that nobody honest sends */
  forbidden: 4403,
  /** the meeting was restored from a backup: rebuild the document from the server */
  epochChanged: 4409,
  /** the minutes were locked: reopen read-only */
  locked: 4423,
  /** the page's layout differs from the server's: reload once */
  schemaMismatch: 4426,
  /** draining, overload or a failed commit: try again later */
  tryLater: 4503,
} as const
export type CloseCode = (typeof CLOSE)[keyof typeof CLOSE]
