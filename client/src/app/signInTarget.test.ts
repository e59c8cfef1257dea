import { expect, test } from 'vitest'
import { isOwnPath, rememberTarget, takeTarget } from './signInTarget.ts'

test.each(['/meetings/a', '/people?x=1#y'])('[UI5] %s is a page of ours', (path) => expect(isOwnPath(path)).toBe(true))

test.each(['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '', '/sign-in?next=/'])(
  '[UI5] %j is never gone to after sign-in',
  (path) => expect(isOwnPath(path)).toBe(false),
)

test('[UI5] the wanted page waits for a quarter of an hour and is given once', () => {
  rememberTarget('/meetings/a', 0)
  expect(takeTarget(60_000)).toBe('/meetings/a')
  expect(takeTarget(60_000)).toBeUndefined()
  rememberTarget('/meetings/a', 0)
  expect(takeTarget(16 * 60_000)).toBeUndefined()
})

test('[UI5] a stored target that somebody tampered with leads nowhere', () => {
  rememberTarget('//evil.example', 0)
  expect(takeTarget(0)).toBeUndefined()
})
