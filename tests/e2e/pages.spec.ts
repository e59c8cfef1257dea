import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, participantOf, secretaryOf, signIn, test } from './server.ts'

const MINUTES = fileURLToPath(new URL('../fixtures/protokoll-2023-06-07.txt', import.meta.url))

test.use({ file: 'pages' })

/** Every rule of axe on the page as it stands. Without motion, or it would see colours half-way between the themes. */
async function expectAccessible(page: Page, colorScheme: 'light' | 'dark', part?: string): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
  const axe = new AxeBuilder({ page })
  const { violations } = await (part === undefined ? axe : axe.include(part)).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
}

async function expectNoSidewaysScroll(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
}

async function demoMeeting(page: Page): Promise<string> {
  const answer = await page.request.get('/api/meetings')
  const meetings: readonly { id: string; date: string }[] = await answer.json()
  const demo = meetings.find(({ date }) => date === '2023-06-07')
  if (!demo) throw new Error('the demo has no meeting')
  return demo.id
}

test('[UI15] axe finds nothing on any page, and none scrolls sideways', async ({ page, server }) => {
  test.slow()
  /** Each theme and each width meets every rule; what a theme changes does not hang on the width. */
  const look = async (): Promise<void> => {
    for (const [width, colorScheme] of [
      [1440, 'light'],
      [360, 'dark'],
    ] as const) {
      await page.setViewportSize({ width, height: 800 })
      await expectAccessible(page, colorScheme)
      await expectNoSidewaysScroll(page)
    }
  }
  for (const path of ['/sign-in', '/accessibility', '/nowhere']) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await look()
  }
  await signIn(page, server, secretaryOf(server))
  const meeting = await demoMeeting(page)
  const pages = [
    ['/', 'Möten'],
    ['/meetings/new', 'Nytt möte'],
    ['/meetings/import', 'Importera protokoll'],
    ['/people', 'Personer och organisationer'],
    [`/meetings/${meeting}/people`, 'Deltagare i mötet'],
  ] as const
  for (const [path, heading] of pages) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible()
    await expect(page.locator('.bones')).toHaveCount(0)
    await look()
  }
})

test('[UI15] menus, dialogs and the review of an import pass axe too', async ({ page, server }) => {
  test.slow()
  await signIn(page, server, secretaryOf(server))
  await page.goto('/people')
  await page.getByRole('button', { name: 'Lägg till person' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Lägg till person' }).click()
  await expect(page.getByText('Skriv namnet.')).toBeVisible()
  for (const theme of ['light', 'dark'] as const) await expectAccessible(page, theme, '[role=dialog]')
  await page.goto('/')
  await page.getByRole('button', { name: 'Inställningar' }).click()
  await expect(page.getByRole('menu')).toBeVisible()
  for (const theme of ['light', 'dark'] as const) await expectAccessible(page, theme, '[role=menu]')
  await page.goto('/meetings/import')
  // The first items hold every kind of field and note; all seven only take longer to look at.
  const start = (await readFile(MINUTES)).subarray(0, 4500)
  await page.locator('input[type=file]').setInputFiles({ name: 'start.txt', mimeType: 'text/plain', buffer: start })
  await expect(page.getByRole('heading', { name: 'Granska importen' })).toBeVisible()
  await expect(page.getByRole('region', { name: /^Ärende \d$/ }).nth(1)).toBeVisible()
  for (const theme of ['light', 'dark'] as const) await expectAccessible(page, theme)
})

test('[UI5] the page that was wanted opens after sign-in, from the keyboard alone', async ({ page, server }) => {
  await page.goto('/people')
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fpeople/)
  await page.getByLabel('E-postadress').focus()
  await page.keyboard.type('ingen')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Skriv en hel e-postadress')).toBeVisible()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('ingen@finns.example')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Titta i din e-post' })).toBeFocused()
  await page.goto(await server.signInLink(secretaryOf(server)))
  await page.getByRole('button', { name: 'Logga in' }).focus()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/people$/)
})

test('[UI16] an import creates nothing until it is confirmed, then the meeting is there', async ({ page, server }) => {
  await signIn(page, server, secretaryOf(server))
  const count = async () => (await (await page.request.get('/api/meetings')).json()).length
  const before = await count()
  await page.goto('/meetings/import')
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'x.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') })
  await expect(page.getByText('Det är en PDF.')).toBeVisible()
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'x.txt', mimeType: 'text/plain', buffer: Buffer.from('Hej på dig') })
  await expect(page.getByText('Det finns ingen dagordning att hitta')).toBeVisible()
  await page.locator('input[type=file]').setInputFiles(MINUTES)
  await expect(page.getByRole('region', { name: /^Ärende \d$/ })).toHaveCount(7)
  await page.getByRole('region', { name: 'Ärende 3' }).getByRole('button', { name: 'Visa i källan' }).first().click()
  await expect(page.locator('.src mark')).toBeInViewport()
  await page.getByRole('region', { name: 'Ärende 2' }).getByLabel('Ärende', { exact: true }).fill('Rättad rubrik')
  await page.getByRole('link', { name: 'Justera, alla möten' }).click()
  await page.getByRole('button', { name: 'Stanna kvar' }).click()
  expect(await count()).toBe(before)
  await page.getByRole('button', { name: 'Skapa mötet' }).click()
  await expect(page).toHaveURL(/\/meetings\/[\w-]{8,}$/)
  expect(await count()).toBe(before + 1)
  const minutes = await (await page.request.get(`/api${new URL(page.url()).pathname}/minutes.json`)).json()
  expect(minutes.items[1].title).toBe('Rättad rubrik')
})

test('[UI9] a blank meeting from a typed agenda', async ({ page, server }) => {
  await signIn(page, server, secretaryOf(server))
  await page.goto('/')
  await page.getByRole('link', { name: 'Nytt möte' }).click()
  await expect(page.getByLabel('Rubrik')).toHaveValue('Nationellt råd för patientsäkerhet')
  await page.getByLabel('Mötets namn').fill('Trettonde mötet')
  await page.getByLabel('Datum').fill('2030-11-06')
  await page.getByLabel('Börjar').fill('09:00')
  await page.getByLabel('Slutar').fill('08:00')
  await page.getByLabel('Dagordning').fill('1. Öppnande\n2. Val')
  await page.getByRole('button', { name: 'Skapa mötet' }).click()
  await expect(page.getByLabel('Slutar')).toBeFocused()
  await page.getByLabel('Slutar').fill('16:00')
  await page.getByRole('button', { name: 'Skapa mötet' }).click()
  await expect(page).toHaveURL(/\/meetings\/[\w-]{8,}$/)
  await page.goto('/')
  const row = page.getByRole('listitem').filter({ hasText: 'Trettonde mötet' })
  await expect(row).toContainText('Dagordning: 2 ärenden')
  await expect(row).toContainText('Planerat')
})

test('[UI17] people: add, refuse a second of the same address, change the role, remove', async ({ page, server }) => {
  await signIn(page, server, secretaryOf(server))
  await page.goto('/people')
  for (const _ of ['once', 'twice']) {
    await page.getByRole('button', { name: 'Lägg till person' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Namn').fill('Vera Ny')
    await dialog.getByLabel('E-postadress').fill('vera@lof.example')
    await dialog.getByLabel('Organisation').selectOption({ label: 'Löf' })
    await dialog.getByRole('button', { name: 'Lägg till person' }).click()
    if (_ === 'twice') await expect(dialog.getByText('Adressen finns redan.')).toBeVisible()
    else await expect(page.getByText('Vera Ny är tillagd.')).toBeVisible()
  }
  await page.keyboard.press('Escape')
  await page.getByLabel('Roll för Vera Ny').selectOption({ label: 'Observatör' })
  await expect(page.getByText('Rollen för Vera Ny är ändrad.')).toBeVisible()
  await page.getByRole('button', { name: 'Fler åtgärder för Vera Ny' }).press('Enter')
  await page.getByRole('menuitem', { name: 'Ta bort' }).press('Enter')
  await expect(page.getByRole('button', { name: 'Avbryt' })).toBeFocused()
  await page.getByRole('button', { name: 'Ta bort', exact: true }).press('Enter')
  await expect(page.getByText('Vera Ny är borttagen.')).toBeVisible()
  await expect(page.getByLabel('Roll för Vera Ny')).toHaveCount(0)
})

test('[UI18] an invitation without mail shows a link that works once, for the invited', async ({
  page,
  server,
  browser,
}) => {
  await signIn(page, server, secretaryOf(server))
  const meeting = await demoMeeting(page)
  await page.goto(`/meetings/${meeting}/people`)
  await page.getByLabel('Namn').fill('Inga Bjuden')
  await page.getByLabel('E-postadress').fill('inga@skr.example')
  await page.getByRole('button', { name: 'Skicka inbjudan' }).click()
  await expect(page.getByText('Inga Bjuden är inbjuden.')).toBeVisible()
  const link = await page.locator('.link-box code').textContent()
  const guest = await browser.newPage({ baseURL: server.url })
  await guest.goto(link ?? '')
  await guest.getByRole('button').click()
  await expect(guest).toHaveURL(new RegExp(`/meetings/${meeting}$`))
  await guest.close()
})

test('[UI19] whoever is no secretary sees no way to do what they may not do', async ({ page, server }) => {
  await signIn(page, server, participantOf(server))
  await page.goto('/')
  await expect(page.getByRole('heading', { level: 1, name: 'Möten' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Nytt möte' })).toHaveCount(0)
  await page.goto('/people')
  await expect(page.getByRole('heading', { name: 'Du har inte tillgång hit' })).toBeVisible()
  await page.goto('/meetings/new')
  await expect(page.getByRole('heading', { name: 'Du har inte tillgång hit' })).toBeVisible()
})

test('[UI2] language and theme are chosen in the menu, by keyboard, and stay', async ({ page, server }) => {
  await signIn(page, server, secretaryOf(server))
  await page.goto('/')
  await page.getByRole('button', { name: 'Inställningar' }).press('Enter')
  await page.getByRole('menuitemradio', { name: 'English' }).press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Meetings' })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await expect(page.getByRole('button', { name: 'Settings' })).toBeFocused()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitemradio', { name: 'Dark' }).press('Space')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Settings' })).toBeFocused()
  await page.reload()
  await expect(page.getByRole('heading', { level: 1, name: 'Meetings' })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
})

test('[UI20] after a step to another page the focus is in it and its name is spoken', async ({ page, server }) => {
  await signIn(page, server, secretaryOf(server))
  await page.goto('/')
  await page.getByRole('link', { name: 'Nytt möte' }).press('Enter')
  await expect(page.getByRole('heading', { name: 'Nytt möte' })).toBeVisible()
  await expect(page.locator('main')).toBeFocused()
  await expect(page.locator('[aria-live=polite]').filter({ hasText: 'Nytt möte – Justera' })).toHaveCount(1)
})

test('[UI5] a session that ends elsewhere leads to sign-in and back', async ({ page, server }) => {
  await signIn(page, server, secretaryOf(server))
  await page.goto('/people')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.context().clearCookies()
  await page.getByLabel('Roll för Forte').selectOption({ label: 'Observatör' })
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fpeople/)
})
