import { SCHEMA_HASH } from '@justera/minutes'

const PREFIX = 'justera.'

/** The WebSocket subprotocol that a page of this build offers; it switches the extension frames on. */
export const SUBPROTOCOL = `${PREFIX}${SCHEMA_HASH}`

/** What an offered subprotocol says about its sender. */
export function judgeSubprotocol(offered: string | undefined): 'stock' | 'extended' | 'mismatch' {
  if (offered === undefined || !offered.startsWith(PREFIX)) return 'stock'
  return offered === SUBPROTOCOL ? 'extended' : 'mismatch'
}
