import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import {
  blockTexts,
  caretInto,
  editor,
  expectSame,
  item,
  minutesJson,
  openMinutes,
  status,
  type Writer,
} from './minutesPage.ts'
import { expect, secretaryOf, test } from './server.ts'

/** Two people at once in real browsers: what both typed is on both screens and in minutes.json, once. */
test.describe.configure({ mode: 'default' })
test.use({ file: 'minutes' })

let ann: Writer
let bo: Writer

test.beforeAll(async ({ browser, server }) => {
  ann = await openMinutes(browser, server, secretaryOf(server))
  bo = await openMinutes(browser, server, server.emails.find((email) => email.startsWith('lof@')) ?? '')
})
test.afterAll(async () => {
  await ann.context.close()
  await bo.context.close()
})
test.afterEach(() => {
  expect([...ann.errors, ...bo.errors]).toEqual([])
})

/** Adds an item at the end with one line of text, and waits until the colleague has it too. @returns its number */
async function freshItem(line: string): Promise<number> {
  const before = await ann.page.locator('[data-item]').count()
  const n = before + 1
  await ann.page.locator('.add-item button').click()
  await expect(item(ann.page, n).locator('.item-title')).toBeFocused()
  await ann.page.keyboard.type(`Prov ${n}`)
  await ann.page.keyboard.press('Enter')
  await expect(item(ann.page, n).locator('.flow[role="textbox"]')).toBeFocused()
  await ann.page.keyboard.type(line)
  await expect.poll(async () => (await bo.page.locator('[data-item]').count()) >= n).toBe(true)
  await editor(bo.page, n)
  await expect.poll(() => blockTexts(bo.page, n)).toEqual([line])
  return n
}

const both = (a: (page: Page) => Promise<void>, b: (page: Page) => Promise<void>): Promise<unknown> =>
  Promise.all([a(ann.page), b(bo.page)])

test('[MP1] Enter at one spot by both keeps every word once', async ({ server }) => {
  const n = await freshItem('Före efter')
  await caretInto(ann.page, n, 0, 5)
  await caretInto(bo.page, n, 0, 5)
  await both(
    async (page) => {
      await page.keyboard.press('Enter')
      await page.keyboard.type('Alfa ')
    },
    async (page) => {
      await page.keyboard.press('Enter')
      await page.keyboard.type('Beta ')
    },
  )
  const texts = await expectSame(server, [ann, bo], n)
  const all = texts.join('|')
  for (const word of ['Före', 'efter', 'Alfa', 'Beta']) expect(all.split(word).length - 1, `${word} in ${all}`).toBe(1)
  expect(texts.length, all).toBe(3)
})

test('[MP2] a heading made while the colleague types keeps what they typed', async ({ server }) => {
  const n = await freshItem('Rubrik')
  await caretInto(ann.page, n, 0, 0)
  await caretInto(bo.page, n, 0, -1)
  await both(
    async (page) => page.keyboard.press('Control+Shift+Digit6'),
    async (page) => page.keyboard.type(' med tillägg från Löf', { delay: 5 }),
  )
  expect(await expectSame(server, [ann, bo], n)).toEqual(['Rubrik med tillägg från Löf'])
  for (const { page } of [ann, bo]) await expect(item(page, n).locator('.b.h > p[role="heading"]')).toHaveCount(1)
})

test('[MP3] an item is moved while the colleague types in it', async ({ server }) => {
  const n = await freshItem('Flyttas')
  await caretInto(bo.page, n, 0, -1)
  await item(ann.page, n).locator('.item-title').focus()
  await both(
    async (page) => {
      await page.keyboard.press('Alt+Shift+ArrowUp')
      await page.keyboard.press('Alt+Shift+ArrowUp')
    },
    async (page) => page.keyboard.type(' medan någon skriver i det', { delay: 15 }),
  )
  expect(await expectSame(server, [ann, bo], n - 2)).toEqual(['Flyttas medan någon skriver i det'])
  await expect(item(bo.page, n - 2).locator('.flow')).toBeFocused()
  // Down again: the row in which the colleague writes is itself taken out of the page and put back.
  await item(ann.page, n - 2)
    .locator('.item-title')
    .focus()
  await both(
    async (page) => page.keyboard.press('Alt+Shift+ArrowDown'),
    async (page) => page.keyboard.type(' och mer', { delay: 15 }),
  )
  expect(await expectSame(server, [ann, bo], n - 1)).toEqual(['Flyttas medan någon skriver i det och mer'])
  await expect(item(bo.page, n - 1).locator('.flow')).toBeFocused()
  await expect(item(ann.page, n - 1).locator('.item-title')).toBeFocused()
  // The same way back, by undo: the order of things done holds for items as for words.
  await item(ann.page, n - 1)
    .locator('.item-title')
    .blur()
  for (let times = 0; times < 3; times++) await ann.page.keyboard.press('Control+z')
  expect(await expectSame(server, [ann, bo], n)).toEqual(['Flyttas medan någon skriver i det och mer'])
})

test('[MP4] undo takes back one’s own words and leaves the colleague’s', async ({ server }) => {
  const n = await freshItem('Grund.')
  await caretInto(ann.page, n, 0, -1)
  await ann.page.keyboard.type(' Mitt tillägg.')
  await expect.poll(() => blockTexts(bo.page, n)).toEqual(['Grund. Mitt tillägg.'])
  await caretInto(bo.page, n, 0, 10)
  await bo.page.keyboard.type('DITT ')
  await expect.poll(() => blockTexts(ann.page, n)).toEqual(['Grund. MitDITT t tillägg.'])
  await ann.page.keyboard.press('Control+z')
  expect(await expectSame(server, [ann, bo], n)).toEqual(['GDITT '.replace('G', await grundLeft())])
  await ann.page.keyboard.press('Control+y')
  const texts = await expectSame(server, [ann, bo], n)
  expect(texts.join('')).toContain('DITT ')
  expect(texts.join('').replace('DITT ', '')).toBe('Grund. Mitt tillägg.')

  /** The line and what followed it are one step when typed within half a second, two otherwise. */
  async function grundLeft(): Promise<string> {
    const [line = ''] = await blockTexts(ann.page, n)
    return line.startsWith('Grund.') ? 'Grund.' : ''
  }
})

test('[MP5] a paste from Word becomes blocks, and what it cannot bring is named', async ({ server }) => {
  const n = await freshItem('Inklistrat:')
  await caretInto(ann.page, n, 0, -1)
  await ann.page.keyboard.press('Enter')
  await ann.page.evaluate(async () => {
    const html = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><body>
      <h2>Rapport från Word</h2>
      <p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp; </span></span><![endif]>Första <b>punkten</b></p>
      <p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp; </span></span>Andra punkten</p>
      <table><tr><td>Cell A</td><td>Cell B</td></tr></table>
      <p><img src="https://example.invalid/bild.png" alt="">Slut<script>alert(1)</script></p></body></html>`
    await navigator.clipboard.write([
      new ClipboardItem({
        'text/html': new Blob([html], { type: 'text/html' }),
        'text/plain': new Blob(['Rapport från Word'], { type: 'text/plain' }),
      }),
    ])
  })
  await ann.page.keyboard.press('Control+v')
  await expect(ann.page.locator('.band')).toContainText('1 bild')
  const texts = await expectSame(server, [ann, bo], n)
  expect(texts).toEqual([
    'Inklistrat:',
    'Rapport från Word',
    'Första punkten',
    'Andra punkten',
    'Cell A\tCell B',
    'Slut',
  ])
  await ann.page.locator('.band button').click()
  await expect(ann.page.locator('.band')).toHaveCount(0)
})

/** How long the link stays cut: `AWAY_SECONDS=60 pnpm browser minutes` for a whole minute. */
const AWAY_MS = Number(process.env.AWAY_SECONDS ?? '2') * 1000

test('[MP6] edits on both sides of a cut link are merged on return, and a reload without link loses nothing', async ({
  server,
}) => {
  test.setTimeout(60_000 + AWAY_MS)
  const n = await freshItem('Gemensamt.')
  await bo.cut()
  await caretInto(bo.page, n, 0, -1)
  await bo.page.keyboard.type(' Skrivet utan länk.')
  await expect(status(bo.page)).toHaveAttribute('data-state', 'offline', { timeout: 10_000 })
  await expect(bo.page.locator('.band')).toContainText('Ingen anslutning.')
  await expect(status(bo.page)).toContainText('ändringar väntar')
  await caretInto(ann.page, n, 0, 0)
  await ann.page.keyboard.type('Skrivet med länk. ')
  await expect(status(ann.page)).toHaveAttribute('data-state', 'saved')
  await bo.page.waitForTimeout(AWAY_MS)
  // The text survives a reload without link: it is on the device, not only in the page.
  bo.page.once('dialog', (dialog) => void dialog.accept())
  await bo.page.reload()
  await editor(bo.page, n)
  expect(await blockTexts(bo.page, n)).toEqual(['Gemensamt. Skrivet utan länk.'])
  bo.mend()
  expect(await expectSame(server, [ann, bo], n)).toEqual(['Skrivet med länk. Gemensamt. Skrivet utan länk.'])
})

test('[MP7] an item is removed and restored with what the colleague typed in it', async ({ server }) => {
  const n = await freshItem('Kvar')
  await caretInto(bo.page, n, 0, -1)
  await bo.page.keyboard.type(' här')
  await item(ann.page, n)
    .getByRole('button', { name: `Åtgärder för ärende ${n}` })
    .click()
  await ann.page.getByRole('menuitem', { name: 'Ta bort ärendet' }).click()
  await expect(bo.page.locator('[data-item]')).toHaveCount(n - 1)
  // Whoever wrote there is told, and either of them can bring it back.
  await expect(bo.page.locator('.band')).toContainText(`”Prov ${n}” är borttaget`)
  await ann.page.locator('.band').getByRole('button', { name: 'Ångra' }).click()
  expect(await expectSame(server, [ann, bo], n)).toEqual(['Kvar här'])
  await bo.page.locator('.band').getByRole('button', { name: 'Stäng' }).click()
})

test('[MP8] a refused change turns the page read-only and offers the text', async ({ server }) => {
  const n = await freshItem('Stängs.')
  await bo.cut()
  await caretInto(bo.page, n, 0, -1)
  await bo.page.keyboard.type(' För sent.')
  await changePhase(server, 'comment')
  bo.mend()
  await expect(bo.page.locator('.band')).toContainText('togs inte emot', { timeout: 20_000 })
  await expect((await editor(bo.page, n)).first()).toHaveAttribute('contenteditable', 'false')
  expect(await blockTexts(bo.page, n)).toEqual(['Stängs.'])
  await bo.page.locator('.band').getByRole('button', { name: 'Kopiera texten' }).click()
  await expect.poll(() => bo.page.evaluate(() => navigator.clipboard.readText())).toContain('Stängs. För sent.')
  await bo.page.locator('.band').getByRole('button', { name: 'Fortsätt' }).click()
  await expect(status(bo.page)).toHaveAttribute('data-state', 'read-only')
  await changePhase(server, 'drafting', 'Provet fortsätter')
  await expect(status(bo.page)).toHaveAttribute('data-state', 'saved')
  await expect((await editor(bo.page, n)).first()).toHaveAttribute('contenteditable', 'true')
})

async function changePhase(server: { readonly url: string }, to: string, reason?: string): Promise<void> {
  const response = await fetch(`${server.url}/api/meetings/${ann.meetingId}/phase`, {
    method: 'POST',
    headers: { cookie: ann.cookie, origin: server.url, 'content-type': 'application/json' },
    body: JSON.stringify({ to, ...(reason === undefined ? {} : { reason }) }),
  })
  expect(response.status).toBe(200)
}

test('[MP9] everything can be done with the keyboard alone', async ({ server }) => {
  const { page } = ann
  await page.locator('body').press('F6')
  await page.keyboard.press('F6')
  const count = await page.locator('[data-item]').count()
  await page.locator('.add-item button').focus()
  await page.keyboard.press('Enter')
  const n = count + 1
  await page.keyboard.type('Tangenter')
  await page.keyboard.press('Enter')
  await page.keyboard.type('/beslut')
  await expect(page.getByTestId('slash-menu')).toBeVisible()
  await page.keyboard.press('Enter')
  await page.keyboard.type('Rådet beslutar.')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+Shift+Digit3')
  await page.keyboard.type('Enkäten skickas ut.')
  await page.keyboard.press('Tab')
  await expect(page.locator('[data-fact="responsible"]').last()).toBeFocused()
  await page.keyboard.press('Enter')
  await page.keyboard.type('Socialstyrelsen')
  await page.keyboard.press('Enter')
  await expect(item(page, n).locator('.facts')).toContainText('Socialstyrelsen ansvarar')
  await expect(item(page, n).locator('.flow')).toBeFocused()
  await page.keyboard.press('Control+Home')
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('Control+b')
  await page.keyboard.press('Alt+Shift+ArrowUp')
  const texts = await expectSame(server, [ann, bo], n - 1)
  expect(texts).toEqual(['Rådet beslutar.', 'Enkäten skickas ut.'])
  const stored = (await minutesJson(server, ann)).items[n - 2]
  expect(stored?.title).toBe('Tangenter')
  expect(stored?.blocks.map(({ kind }) => kind)).toEqual(['decision', 'action'])
  await page.keyboard.press('Control+/')
  await expect(page.getByRole('dialog', { name: 'Kortkommandon' })).toBeVisible()
  await page.keyboard.press('Escape')
})

test('[MP10] composed text and a colleague’s words do not disturb each other', async ({ server }) => {
  const n = await freshItem('Skriv: slut')
  await caretInto(ann.page, n, 0, 7)
  await caretInto(bo.page, n, 0, -1)
  const devtools = await ann.context.newCDPSession(ann.page)
  for (const text of ['か', 'かん', 'かんじ']) {
    await devtools.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
    await bo.page.keyboard.type('x')
  }
  await devtools.send('Input.insertText', { text: '漢字' })
  expect(await expectSame(server, [ann, bo], n)).toEqual(['Skriv: 漢字slutxxx'])
})

test('[MP13] text drawn without an editor stands exactly as with one, and the browser finds it', async () => {
  const { page } = ann
  const shape = (n: number): Promise<number[]> =>
    item(page, n)
      .locator('.flow > .b')
      .evaluateAll((blocks) => {
        const top = blocks[0]?.parentElement?.getBoundingClientRect().top ?? 0
        return blocks.map((block) => Math.round((block.getBoundingClientRect().top - top) * 10) / 10)
      })
  for (const n of [2, 3, 4]) {
    const mounted = await editor(page, n)
    await expect(mounted).toHaveAttribute('role', 'textbox')
    const asEditor = await shape(n)
    expect(asEditor.length).toBeGreaterThan(0)
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
    await page.evaluate(() => document.body.style.setProperty('padding-top', '9000px'))
    await page.evaluate(() => scrollTo(0, 0))
    await expect(item(page, n).locator('.flow[role="textbox"]')).toHaveCount(0)
    expect(await shape(n)).toEqual(asEditor)
    await page.evaluate(() => document.body.style.removeProperty('padding-top'))
  }
  await page.evaluate(() => getSelection()?.collapse(document.body, 0))
  const far = page.locator('[data-item]').filter({ hasNot: page.locator('.flow[role="textbox"]') })
  expect(await far.count()).toBeGreaterThan(0)
  const words = (await far.last().locator('.flow > .b > p').first().textContent())?.slice(0, 25) ?? ''
  const found = await page.evaluate((text) => {
    const { find } = window as Window & {
      find?: (text: string, matchCase: boolean, back: boolean, wrap: boolean) => boolean
    }
    return find?.call(window, text, true, false, true)
  }, words)
  expect(found).toBe(true)
})

test('[MP14] a colleague’s caret takes no room', async () => {
  const text = await editor(ann.page, 1)
  await caretInto(bo.page, 1, 0, 0)
  const height = async (): Promise<number> => (await text.locator('> .b').first().boundingBox())?.height ?? 0
  await expect(text.locator('.caret').first()).toBeAttached()
  const withCaret = await height()
  await bo.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  await expect(text.locator('.caret')).toHaveCount(0)
  expect(await height()).toBe(withCaret)
})

test('[MP15] whoever loses a field to a colleague is told, and can put theirs back', async () => {
  const place = (page: Page) => page.getByRole('textbox', { name: 'Plats' })
  await bo.cut()
  await place(bo.page).fill('Malmö')
  await place(bo.page).press('Enter')
  await place(ann.page).fill('Lund')
  await place(ann.page).press('Enter')
  await expect(status(ann.page)).toHaveAttribute('data-state', 'saved')
  bo.mend()
  await expect(status(bo.page)).toHaveAttribute('data-state', 'saved', { timeout: 20_000 })
  await expect.poll(() => place(bo.page).inputValue()).toBe(await place(ann.page).inputValue())
  const won = await place(ann.page).inputValue()
  const [loser, winner] = won === 'Lund' ? [bo, ann] : [ann, bo]
  await expect(loser.page.locator('.band')).toContainText(`skrev ”${won}” samtidigt`)
  await loser.page.getByRole('button', { name: 'Lägg tillbaka mitt' }).click()
  await expect.poll(() => place(winner.page).inputValue()).toBe(won === 'Lund' ? 'Malmö' : 'Lund')
})

test('[MP16] attendance is changed in place, and a removal taken back', async () => {
  const { page } = ann
  await page.getByRole('button', { name: 'Lägg till deltagare' }).click()
  const form = page.getByRole('dialog', { name: 'Ny deltagare' })
  await form.getByLabel('Namn').fill('Prov Provsson')
  await form.getByLabel('Närvaro').selectOption('remote')
  await form.getByRole('button', { name: 'Lägg till' }).click()
  await expect(bo.page.locator('.att')).toContainText('Prov Provsson (på distans)')
  await page.getByRole('button', { name: 'Ändra Prov Provsson' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Ta bort' }).click()
  await expect(bo.page.locator('.att')).not.toContainText('Prov Provsson')
  await page.locator('.att .undo-line button').click()
  await expect(bo.page.locator('.att')).toContainText('Prov Provsson')
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`[MP11] axe finds nothing on the minutes page, ${colorScheme}`, async () => {
    await ann.page.emulateMedia({ colorScheme })
    await ann.page.evaluate(() => scrollTo(0, 0))
    const axe = new AxeBuilder({ page: ann.page })
    // In the dark nothing but colours can differ.
    const { violations } = await (colorScheme === 'dark' ? axe.withRules(['color-contrast']) : axe).analyze()
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`),
    ).toEqual([])
    await ann.page.emulateMedia({ colorScheme: null })
  })
}

test('[MP12] the page reads at 360 pixels without scrolling sideways', async ({ browser, server }) => {
  const phone = await openMinutes(browser, server, server.emails[5] ?? '', {
    viewport: { width: 360, height: 740 },
    hasTouch: true,
    isMobile: true,
  })
  expect(await phone.page.evaluate(() => document.documentElement.scrollWidth)).toBe(360)
  await phone.page.getByRole('button', { name: 'Ärenden' }).click()
  await expect(phone.page.getByRole('dialog')).toBeVisible()
  const { violations } = await new AxeBuilder({ page: phone.page }).analyze()
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`),
  ).toEqual([])
  await phone.page.getByRole('dialog').getByRole('link', { name: 'Nästa möte' }).click()
  await expect(phone.page.getByRole('dialog')).toHaveCount(0)
  await expect(phone.page.getByRole('region', { name: /^Ärende 7: / })).toBeInViewport()
  await phone.context.close()
})
