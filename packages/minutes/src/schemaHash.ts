import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { BLOCK_KINDS } from './block.ts'
import { canonicalJson } from './canonical.ts'
import { MARK_TYPES } from './inline.ts'
import { ATTENDEE_KEYS, HEADER_FIELDS, ITEM_KEYS, MARKER_KEYS, PRESENTER_KEYS, ROOT_NAMES } from './names.ts'

/**
 * Names the document layout this build knows: 16 hex digits. Page and server must agree on it,
 * because an older page could not draw, and might mishandle, what a newer one writes.
 */
export const SCHEMA_HASH = bytesToHex(
  sha256(
    utf8ToBytes(
      canonicalJson([
        ROOT_NAMES,
        HEADER_FIELDS,
        ATTENDEE_KEYS,
        PRESENTER_KEYS,
        ITEM_KEYS,
        MARKER_KEYS,
        BLOCK_KINDS,
        MARK_TYPES,
      ]),
    ),
  ),
).slice(0, 16)
