import { isSecret } from './secret.ts'

/**
 * The cookie that carries a session's secret. Behind TLS its name starts with __Host-, which browsers
 * accept only from this very host, over TLS and for the whole site.
 */
export type SessionCookie = {
  readonly name: string
  readonly options: {
    readonly httpOnly: true
    readonly sameSite: 'lax'
    readonly secure: boolean
    readonly path: '/'
    /** seconds */
    readonly maxAge: number
  }
}

export const SESSION_IDLE_MS = 12 * 60 * 60 * 1000
export const SESSION_MAX_MS = 30 * 24 * 60 * 60 * 1000

/** `lax`, not `strict`: a link opened from a mail must arrive signed in. */
export function sessionCookie(publicOrigin: string): SessionCookie {
  const secure = publicOrigin.startsWith('https:')
  return {
    name: secure ? '__Host-session' : 'session',
    options: { httpOnly: true, sameSite: 'lax', secure, path: '/', maxAge: SESSION_MAX_MS / 1000 },
  }
}

/** The session's secret in a Cookie header; null when there is none of its shape. Several: the first counts. */
export function secretFromCookie(header: string | undefined, name: string): string | null {
  for (const pair of header?.split(';') ?? []) {
    const at = pair.indexOf('=')
    if (at === -1 || pair.slice(0, at).trim() !== name) continue
    const value = pair.slice(at + 1).trim()
    return isSecret(value) ? value : null
  }
  return null
}
