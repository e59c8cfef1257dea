import { createHash, randomBytes } from 'node:crypto'
import type { SecretHash } from '../store/sessionStore.ts'

const SECRET_BYTES = 32

/** What a secret of ours looks like; anything else is not worth a look-up. */
const SECRET = /^[A-Za-z0-9_-]{43}$/

/** A fresh 256-bit secret in base64url, 43 characters. Only its hash is ever stored. */
export function newSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url')
}

export function isSecret(value: string): boolean {
  return SECRET.test(value)
}

/** SHA-256; a secret of 256 random bits needs no salt and no slow hash. */
export function hashSecret(secret: string): SecretHash {
  return createHash('sha256').update(secret).digest('hex')
}
