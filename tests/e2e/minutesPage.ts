import {
  type Browser,
  type BrowserContext,
  expect,
  type Locator,
  type Page,
  type WebSocketRoute,
} from '@playwright/test'
import type { TestServer } from '../support/server.ts'

/** One person with the minutes open in a browser of their own, and a link that can be cut. */
export type Writer = {
  readonly page: Page
  readonly context: BrowserContext
  readonly cookie: string
  readonly meetingId: string
  /** what the page wrote to the console as errors, and what it threw */
  readonly errors: readonly string[]
  /** Ends the page's sockets and lets no new one through, until `mend`. @param code 1001 when left out */
  readonly cut: (code?: number) => Promise<void>
  readonly mend: () => void
}

/** Opens the demo meeting as `email` and waits until all is saved. */
export async function openMinutes(
  browser: Browser,
  server: TestServer,
  email: string,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<Writer> {
  const cookie = await server.signIn(email)
  const meetingId = await server.meeting(cookie)
  const context = await browser.newContext({ locale: 'sv-SE', viewport: { width: 1440, height: 900 }, ...options })
  const [name = '', ...value] = cookie.split('=')
  await context.addCookies([{ name, value: value.join('='), url: server.url }])
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.url })
  const page = await context.newPage()
  const errors: string[] = []
  let whole = true
  let closeCode = 1001
  const sockets = new Set<WebSocketRoute>()
  await page.routeWebSocket(/\/sync\//, (socket) => {
    if (!whole) {
      void socket.close({ code: closeCode })
      return
    }
    sockets.add(socket)
    socket.connectToServer()
  })
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  page.on('pageerror', (error) => errors.push(String(error)))
  await page.goto(`${server.url}/meetings/${meetingId}`)
  await expect(status(page)).toHaveAttribute('data-state', 'saved', { timeout: 20_000 })
  return {
    page,
    context,
    cookie,
    meetingId,
    errors,
    async cut(code = 1001) {
      whole = false
      closeCode = code
      for (const socket of sockets) await socket.close({ code })
      sockets.clear()
    },
    mend() {
      whole = true
    },
  }
}

export function status(page: Page): Locator {
  return page.getByTestId('save-status')
}

export function item(page: Page, n: number): Locator {
  return page.locator('[data-item]').nth(n - 1)
}

/** The text of item `n` as an editor; scrolls there, so that it is mounted. */
export async function editor(page: Page, n: number): Promise<Locator> {
  await item(page, n).scrollIntoViewIfNeeded()
  const text = item(page, n).locator('.flow[role="textbox"]')
  await expect(text).toBeVisible()
  return text
}

/** The words of each block of item `n`, as they stand on screen. */
export function blockTexts(page: Page, n: number): Promise<string[]> {
  return item(page, n)
    .locator('.flow > .b > p')
    .evaluateAll((lines) =>
      lines.map((line) => {
        const copy = line.cloneNode(true) as HTMLElement
        for (const drawn of copy.querySelectorAll('.caret, .ProseMirror-widget')) drawn.remove()
        return (copy.textContent ?? '').replaceAll('\uFEFF', '').replaceAll('\u2060', '')
      }),
    )
}

/** Puts the caret into a block of item `n`. @param at offset in its text; negative: from its end */
export async function caretInto(page: Page, n: number, block: number, at: number): Promise<void> {
  const text = await editor(page, n)
  const line = text.locator('> .b > p').nth(block)
  await line.click()
  await page.keyboard.press('Control+Home')
  // By the selection, as a screen reader or a tap would set it.
  await line.evaluate((element, offset) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
    const texts: Text[] = []
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      if (node.parentElement?.closest('[contenteditable="false"]')?.closest('p') !== element) texts.push(node as Text)
    }
    const length = texts.reduce((sum, one) => sum + one.data.length, 0)
    let rest = offset < 0 ? length + 1 + offset : offset
    for (const one of texts) {
      if (rest <= one.data.length) {
        getSelection()?.collapse(one, rest)
        return
      }
      rest -= one.data.length
    }
    getSelection()?.collapse(element, 0)
  }, at)
}

type CanonicalText = {
  readonly items: readonly {
    readonly title: string
    readonly presenters: readonly string[]
    readonly blocks: readonly {
      readonly kind: string
      readonly content: readonly { text?: string; label?: string }[]
    }[]
  }[]
}

/** What the server hands out as the minutes. */
export async function minutesJson(server: TestServer, writer: Writer): Promise<CanonicalText> {
  const response = await fetch(`${server.url}/api/meetings/${writer.meetingId}/minutes.json`, {
    headers: { cookie: writer.cookie },
  })
  expect(response.status).toBe(200)
  return (await response.json()) as CanonicalText
}

/** Waits until both pages say that all is saved, then compares both screens and `minutes.json`, item by item. */
export async function expectSame(server: TestServer, writers: readonly Writer[], n: number): Promise<string[]> {
  const [first, ...others] = writers
  if (first === undefined) throw new Error('nobody to compare')
  for (const { page } of writers) await expect(status(page)).toHaveAttribute('data-state', 'saved', { timeout: 20_000 })
  const title = (page: Page): Promise<string> => item(page, n).locator('.item-title').inputValue()
  await expect(async () => {
    const texts = await blockTexts(first.page, n)
    for (const { page } of others) {
      expect(await blockTexts(page, n)).toEqual(texts)
      expect(await title(page)).toBe(await title(first.page))
    }
    const stored = (await minutesJson(server, first)).items[n - 1]
    expect(stored?.title).toBe(await title(first.page))
    expect(stored?.blocks.map(({ content }) => content.map((run) => run.text ?? run.label ?? '').join(''))).toEqual(
      texts,
    )
  }).toPass({ timeout: 10_000 })
  return blockTexts(first.page, n)
}
