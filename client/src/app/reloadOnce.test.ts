import { beforeEach, expect, test, vi } from 'vitest'
import { reloadOnce } from './reloadOnce.ts'

beforeEach(() => {
  const stored = new Map<string, string>()
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
  })
})

test('[UI6] a page of another schema reloads once, then says so instead', () => {
  const page = { reload: vi.fn() }
  expect(reloadOnce('abc', page)).toBe(true)
  expect(reloadOnce('abc', page)).toBe(false)
  expect(page.reload).toHaveBeenCalledOnce()
})

test('[UI6] the next update of the server is a new reason', () => {
  const page = { reload: vi.fn() }
  reloadOnce('abc', page)
  expect(reloadOnce('def', page)).toBe(true)
})

test('[UI6] without storage it never reloads, for it could not stop', () => {
  vi.stubGlobal('sessionStorage', {
    getItem: () => {
      throw new Error('denied')
    },
  })
  const page = { reload: vi.fn() }
  expect(reloadOnce('abc', page)).toBe(false)
  expect(page.reload).not.toHaveBeenCalled()
})
