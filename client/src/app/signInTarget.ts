import { readSetting, writeSetting } from './deviceSettings.ts'

/** How long a page that was asked for waits for its sign-in, in milliseconds: as long as a link is valid. */
const KEPT_MS = 15 * 60_000

/** A path within this site, and nothing else: `//host`, `/\host` and schemes would lead elsewhere. */
export function isOwnPath(path: string): boolean {
  return /^\/(?![/\\])/.test(path) && !path.startsWith('/sign-in')
}

/** Keeps the page that somebody wanted, because the mailed link opens in another tab. */
export function rememberTarget(path: string, now: number = Date.now()): void {
  if (isOwnPath(path) && path !== '/') writeSetting('signInTarget', `${now} ${path}`)
}

/** The page that was wanted, once; `undefined` when there is none or it is too old. */
export function takeTarget(now: number = Date.now()): string | undefined {
  const stored = readSetting('signInTarget')
  if (stored === undefined) return undefined
  writeSetting('signInTarget', undefined)
  const space = stored.indexOf(' ')
  const path = stored.slice(space + 1)
  return now - Number(stored.slice(0, space)) <= KEPT_MS && isOwnPath(path) ? path : undefined
}
