import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance } from 'fastify'
import { hashSecret } from '../people/secret.ts'
import { secretFromCookie } from '../people/sessionCookie.ts'
import { HttpError } from './httpError.ts'
import type { Services } from './services.ts'

/** Requests a minute for one session, or for one address that is not signed in. */
const PER_MINUTE = 900

/**
 * React Aria puts two constant style elements into a page (touch on buttons, scrolling under overlays).
 * Exactly these texts pass; a newer React Aria with others would show as a CSP error on the console.
 */
const REACT_ARIA_STYLES = [
  "'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o='",
  "'sha256-gYiS/BvZvRcK27JIXTuwhZ3hs2+VJ1X+2gUlE+farlg='",
]

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Headers, cookies, limits, and the exact Origin on everything that changes something. */
export async function protect(app: FastifyInstance, services: Services): Promise<void> {
  const { publicOrigin } = services.config
  const secure = publicOrigin.startsWith('https:')
  const sockets = publicOrigin.replace(/^http/, 'ws')
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", ...REACT_ARIA_STYLES],
        // React Aria and ProseMirror set positions as style attributes
        styleSrcAttr: ["'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'", sockets],
        manifestSrc: ["'self'"],
        workerSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        ...(secure && { upgradeInsecureRequests: [] }),
      },
    },
    strictTransportSecurity: secure ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
    crossOriginEmbedderPolicy: false,
  })
  await app.register(cookie)
  await app.register(rateLimit, {
    max: PER_MINUTE,
    timeWindow: '1 minute',
    keyGenerator: (request) => {
      const secret = secretFromCookie(request.headers.cookie, services.cookie.name)
      return secret === null ? request.ip : hashSecret(secret)
    },
    errorResponseBuilder: (_, { after }) =>
      new HttpError(429, 'rate-limited', `Too many requests. Try again in ${after}.`),
  })
  app.addHook('onRequest', async (request) => {
    if (SAFE_METHODS.has(request.method) || request.headers.origin === publicOrigin) return
    throw new HttpError(403, 'bad-origin', `Requests that change something must come from ${publicOrigin}.`)
  })
}
