import * as Y from 'yjs'

/**
 * Creates the Y.Doc of one meeting. The only place that does: every replica (page, room, replay,
 * history, export) must behave alike, or equal logs would give unequal documents.
 *
 * - `gc: false`: deleted text stays readable for attribution, on the client too, where collecting it
 *   before the first sync would lose it for good.
 * - Yjs removes "redundant" format items in a transaction of its own after remote changes; a client that
 *   only receives would thereby send deletions. The flag that starts this is cleared before Yjs reads it.
 *   Cost: about 7 % more format items.
 *
 * @param clientId struct client id; Yjs draws a random one when left out
 */
export function createMinutesDoc(clientId?: number): Y.Doc {
  const doc = new Y.Doc({ gc: false })
  if (clientId !== undefined) doc.clientID = clientId
  doc.on('afterTransaction', (transaction: Y.Transaction) => {
    transaction._needFormattingCleanup = false
  })
  return doc
}
