import { request } from './request.ts'

/**
 * Ends the session here or all of this person's sessions. What the page held in memory goes with a full load
 * of the sign-in page; without an answer the page stays, because the session may live on.
 */
export async function signOut(where: 'here' | 'everywhere'): Promise<void> {
  const path = where === 'here' ? '/api/sign-out' : '/api/me/end-sessions'
  const done = await request(null, path, { method: 'POST' })
  if (done.ok || done.error.status === 401) location.assign('/sign-in')
}
