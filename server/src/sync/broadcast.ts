import * as Y from 'yjs'
import { updateFrame, type WireFrame } from './serverFrames.ts'
import type { Session } from './session.ts'

/**
 * Sends a commit out: to each writer its receipt and what the others wrote, to everybody else what all wrote.
 * One write a socket, each frame built once. From `mergeFrom` updates on, all get one merged update
 * instead, because a browser handles one event an update; their own part in it changes nothing for writers.
 */
export function broadcast(
  sessions: ReadonlySet<Session>,
  updates: readonly { readonly session: Session; readonly update: Uint8Array }[],
  settles: ReadonlyMap<Session, number>,
  mergeFrom: number,
): void {
  const merged = updates.length >= mergeFrom ? updateFrame(Y.mergeUpdates(updates.map(({ update }) => update))) : null
  const frames = merged === null ? updates.map(({ session, update }) => ({ session, frame: updateFrame(update) })) : []
  const writers = new Set(frames.map(({ session }) => session))
  const all = merged ?? concat(frames.map(({ frame }) => frame))
  for (const session of sessions) {
    const count = settles.get(session)
    const receipt = count === undefined ? null : session.settle(count)
    const others = writers.has(session)
      ? concat(frames.flatMap(({ session: writer, frame }) => (writer === session ? [] : [frame])))
      : all
    const news = session.synced ? others : EMPTY
    if (receipt !== null) session.send(news.length === 0 ? receipt : Buffer.concat([receipt, news]))
    else if (news.length > 0) session.send(news)
  }
}

const EMPTY: WireFrame = Buffer.alloc(0)

function concat(frames: readonly WireFrame[]): WireFrame {
  const [first, ...more] = frames
  if (first === undefined) return EMPTY
  return more.length === 0 ? first : Buffer.concat([...frames])
}
