/** Ids of the parts of one document. They are opaque to readers and never hashed, except item ids in the head. */
export type ItemId = string & { readonly __brand: 'ItemId' }
export type AttendeeId = string & { readonly __brand: 'AttendeeId' }
export type PresenterId = string & { readonly __brand: 'PresenterId' }
export type BlockId = string & { readonly __brand: 'BlockId' }

/** What an id may look like wherever one is read from outside: URL-safe and short. */
export const ID_PATTERN = /^[A-Za-z0-9_-]{1,64}$/

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-'

/**
 * A fresh id: 16 characters, 96 random bits.
 * Web Crypto's `getRandomValues`, unlike `randomUUID`, also works on pages served over plain HTTP.
 * @param random fills the given bytes; tests pass a seeded one
 */
export function newId<Id extends string>(
  random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array = (bytes) => globalThis.crypto.getRandomValues(bytes),
): Id {
  const bytes = random(new Uint8Array(16))
  let id = ''
  for (const byte of bytes) id += ALPHABET[byte & 63]
  return id as Id
}
