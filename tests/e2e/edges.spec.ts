import type { Locator } from '@playwright/test'
import { caretInto, editor, expectSame, item, minutesJson, openMinutes, status, type Writer } from './minutesPage.ts'
import { expect, secretaryOf, test } from './server.ts'

/** What the minutes page does at its edges: other media, a pointer instead of keys, a server that has moved on. */
test.use({ file: 'edges' })

let ann: Writer
let bo: Writer

test.beforeAll(async ({ browser, server }) => {
  ann = await openMinutes(browser, server, secretaryOf(server))
  bo = await openMinutes(browser, server, server.emails[3] ?? '')
})
test.afterAll(async () => {
  await ann.context.close()
  await bo.context.close()
})

test('[MP32] a field that is being typed in counts as unsaved, and who leaves at once is asked while it is stored', async ({
  server,
}) => {
  const { page } = ann
  const place = page.getByRole('textbox', { name: 'Plats' })
  await place.click()
  await place.pressSequentially('Stockholm, sal', { delay: 120 })
  await expect(status(page)).toHaveAttribute('data-state', 'saving')
  await place.pressSequentially(' 7')
  let asked = ''
  page.once('dialog', (dialog) => {
    asked = dialog.type()
    void dialog.dismiss()
  })
  // Who stays after being asked has not left: the reload never ends.
  void page.reload({ timeout: 3000 }).catch(() => undefined)
  await expect.poll(() => asked).toBe('beforeunload')
  await expect(status(page)).toHaveAttribute('data-state', 'saved', { timeout: 20_000 })
  expect(JSON.stringify(await minutesJson(server, ann))).toContain('Stockholm, sal 7')
})

test('[MP33] an item is dragged by its number, and Escape gives up', async ({ server }) => {
  const { page } = ann
  const title = (n: number): Promise<string> => item(page, n).locator('.item-title').inputValue()
  await item(page, 4).scrollIntoViewIfNeeded()
  const [fourth, fifth] = [await title(4), await title(5)]
  const drag = async (): Promise<void> => {
    const from = await item(page, 4).locator('.nr-drag').boundingBox()
    const below = await item(page, 5).boundingBox()
    if (from === null || below === null) throw new Error('the rows are not drawn')
    await page.mouse.move(from.x + 4, from.y + 6)
    await page.mouse.down()
    await page.mouse.move(from.x + 6, below.y + below.height / 2 + 20, { steps: 4 })
    await expect(page.locator('.drop-line')).toBeVisible()
  }
  await drag()
  await page.keyboard.press('Escape')
  await page.mouse.up()
  await expect(page.locator('.drop-line')).toHaveCount(0)
  expect(await title(4)).toBe(fourth)
  await drag()
  await page.mouse.up()
  await expect.poll(() => title(5)).toBe(fourth)
  expect(await title(4)).toBe(fifth)
  await expectSame(server, [ann], 5)
})

test('[MP34] a colleague’s flag turns at the right edge, and stays where one’s own caret meets it', async ({
  server,
}) => {
  const n = 6
  await caretInto(bo.page, n, 0, -1)
  await bo.page.keyboard.press('Enter')
  await bo.page.keyboard.insertText('x'.repeat(120))
  await expectSame(server, [ann, bo], n)
  await caretInto(bo.page, n, 1, 0)
  await bo.page.keyboard.press('End')
  const text = await editor(ann.page, n)
  const caret = text.locator('.caret')
  await expect(caret).toHaveClass(/flip/)
  const edge = async (box: Locator): Promise<number> => {
    const { x, width } = (await box.boundingBox()) ?? { x: 0, width: 0 }
    return x + width
  }
  expect(await edge(caret.locator('span'))).toBeLessThanOrEqual((await edge(text)) + 1)
  await caretInto(bo.page, n, 1, 3)
  await expect(caret).not.toHaveClass(/flip/)
  await expect(caret).toHaveClass(/quiet/)
  await caretInto(ann.page, n, 1, 3)
  await expect(caret).not.toHaveClass(/quiet/)
})

test('[MP35] in forced colours marks, phase and bullets keep a shape', async () => {
  const { page } = ann
  await page.emulateMedia({ forcedColors: 'active' })
  const border = (selector: string): Promise<string> =>
    page
      .locator(selector)
      .first()
      .evaluate((element) => getComputedStyle(element).borderTopStyle)
  expect(await border('.att .ag')).toBe('solid')
  expect(await border('.phases b')).toBe('solid')
  const bullet = await page
    .locator('.b.pt')
    .first()
    .evaluate((element) => {
      const colours = [
        getComputedStyle(element, '::before').backgroundColor,
        getComputedStyle(document.body).backgroundColor,
      ]
      return { seen: colours[0] !== colours[1] }
    })
  expect(bullet.seen).toBe(true)
  await page.emulateMedia({ forcedColors: 'none' })
})

test('[MP36] printed, the document stands alone and whole', async () => {
  const { page } = ann
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
  for (const tool of ['.minutes-bar', '.outline', '.item-menu', '.add-item', '.mode']) {
    await expect(page.locator(tool).first(), tool).toBeHidden()
  }
  // First and last words, whether an editor shows them or not.
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(item(page, 1).locator('.flow')).toBeVisible()
  await expect(item(page, 7).locator('.flow')).toContainText('Nästa möte den 6 november')
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe('light')
  const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true })
  expect(pdf.byteLength).toBeGreaterThan(20_000)
  await page.emulateMedia({ media: null, colorScheme: null })
})

test('[MP37] after a restore the page starts over from the server, and words it lacks are set aside', async () => {
  const n = 7
  await bo.cut()
  await caretInto(bo.page, n, 0, -1)
  await bo.page.keyboard.type(' Skrivet före återställningen.')
  await expect(status(bo.page)).toHaveAttribute('data-state', 'offline', { timeout: 10_000 })
  let restored = false
  await bo.page.route(`**/api/meetings/${bo.meetingId}`, async (route) => {
    const answer = await route.fetch()
    const meeting = (await answer.json()) as { readonly epoch: number }
    if (!restored) bo.mend()
    restored = true
    await route.fulfill({ response: answer, json: { ...meeting, epoch: meeting.epoch + 1 } })
  })
  await bo.cut(4409)
  await bo.page.evaluate(() => void dispatchEvent(new Event('online')))
  await expect(bo.page.locator('.band')).toContainText('återställdes från en säkerhetskopia', { timeout: 20_000 })
  await bo.page.locator('.band').getByRole('button', { name: 'Visa texten' }).click()
  await expect(bo.page.locator('.set-aside')).toContainText('Skrivet före återställningen.')
  expect((await (await editor(bo.page, n)).textContent()) ?? '').not.toContain('Skrivet före')
  await bo.page.getByRole('dialog').getByRole('button', { name: 'Fortsätt' }).click()
  await expect(bo.page.locator('.band')).toHaveCount(0)
})

test('[MP38] a page that is too old reloads once, then says so', async () => {
  let loads = 0
  bo.page.on('domcontentloaded', () => loads++)
  await bo.cut(4426)
  await expect(bo.page.locator('.band')).toContainText('Ladda om', { timeout: 20_000 })
  expect(loads).toBe(1)
})
