import { test as base, expect, type Page } from '@playwright/test'
import { startServer, type TestServer } from '../support/server.ts'

type WorkerFixtures = {
  /** the file's name, by `test.use`: another name is another worker, so that no file meets what another left behind */
  readonly file: string
  /** one real server with the demo data for all tests of a file */
  readonly server: TestServer
}
type TestFixtures = {
  /** Fails the test when a page logs an error, a refused resource of the content security policy included. */
  readonly quietConsole: undefined
}

/** Errors that a test provokes on purpose: answers that the browser logs by itself. */
const EXPECTED = /Failed to load resource: the server responded with a status of 4\d\d/

export const test = base.extend<TestFixtures, WorkerFixtures>({
  file: ['', { scope: 'worker', option: true }],
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are used from this pattern
    async ({}, use) => {
      const server = await startServer()
      await use(server)
      await server.dispose()
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ server }, use) => use(server.url),
  quietConsole: [
    async ({ context }, use) => {
      const errors: string[] = []
      context.on('console', (message) => {
        if (message.type() === 'error' && !EXPECTED.test(message.text())) errors.push(message.text())
      })
      context.on('weberror', (error) => errors.push(String(error.error())))
      await use(undefined)
      expect(errors).toEqual([])
    },
    { auto: true },
  ],
})

/** Gives the page a fresh session as this demo person, without going through the pages. */
export async function signIn(page: Page, server: TestServer, email: string): Promise<void> {
  const cookie = await server.signIn(email)
  const [name, value] = cookie.split('=', 2)
  if (name === undefined || value === undefined) throw new Error(`no session for ${email}`)
  await page.context().addCookies([{ name, value, url: server.url, httpOnly: true, sameSite: 'Lax' }])
}

/** The demo's secretary: the first account printed. */
export function secretaryOf(server: TestServer): string {
  return emailAt(server, 0)
}

/** The demo's chair: the second account printed. */
export function chairOf(server: TestServer): string {
  return emailAt(server, 1)
}

/** The first ordinary member of the demo. */
export function participantOf(server: TestServer): string {
  return emailAt(server, 2)
}

function emailAt(server: TestServer, index: number): string {
  const email = server.emails[index]
  if (email === undefined) throw new Error(`the demo has only ${server.emails.length} accounts`)
  return email
}

export { expect } from '@playwright/test'
