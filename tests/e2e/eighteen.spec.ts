import { canonicalMinutes, type ItemId, plainText, readItems, readMinutes } from '@justera/minutes'
import { seeded } from '@justera/minutes/testing'
import type { Page } from '@playwright/test'
import { ProtocolPeer } from '../support/protocolPeer.ts'
import { Typist } from '../support/typist.ts'
import { blockTexts, editor, openMinutes, status, type Writer } from './minutesPage.ts'
import { expect, test } from './server.ts'

test.use({ file: 'eighteen' })

/** Longer by `EIGHTEEN_SECONDS=60 pnpm browser eighteen`. */
const SECONDS = Number(process.env.EIGHTEEN_SECONDS ?? '20')
const KEYS_PER_SECOND = 4

/**
 * Types words at one end of each item in turn, until told to stop. Two people have an end each: letters that two type
 * at one spot at once may lawfully stand in either order, and would break each other's words.
 */
async function typeInPage(
  { page }: Writer,
  name: string,
  where: 'Home' | 'End',
  until: number,
): Promise<readonly string[]> {
  const words: string[] = []
  for (let n = 1; performance.now() < until; n = (n % 7) + 1) {
    await (await editor(page, n)).click()
    await page.keyboard.press(`Control+${where}`)
    const word = `${name}w${words.length}`
    await page.keyboard.type(where === 'End' ? ` ${word}` : `${word} `, { delay: 1000 / KEYS_PER_SECOND / 4 })
    words.push(word)
  }
  return words
}

/** Collects the time between frames; read by `frameTimes`. */
async function watchFrames(page: Page): Promise<void> {
  await page.evaluate(() => {
    const frames: number[] = []
    Object.assign(globalThis, { frames })
    let last = performance.now()
    const tick = (now: number): void => {
      frames.push(now - last)
      last = now
      requestAnimationFrame(tick)
    }
    requestAnimationFrame(tick)
  })
}

async function frameTimes(page: Page): Promise<string> {
  const frames = await page.evaluate<number[]>('frames')
  const sorted = frames.sort((a, b) => a - b)
  const at = (q: number): string => (sorted[Math.floor(sorted.length * q)] ?? 0).toFixed(0)
  return `${frames.length} frames, p50 ${at(0.5)} p95 ${at(0.95)} p99 ${at(0.99)} longest ${at(0.9999)} ms`
}

test('[MP90] eighteen people in seven items at once: equal text everywhere, each typed word once', async ({
  browser,
  server,
}) => {
  test.setTimeout((SECONDS + 90) * 1000)
  const [first = '', second = '', ...others] = server.emails
  const ann = await openMinutes(browser, server, first)
  const bo = await openMinutes(browser, server, second)
  await Promise.all([watchFrames(ann.page), watchFrames(bo.page)])

  const peers: ProtocolPeer[] = []
  for (const email of others) {
    const peer = new ProtocolPeer()
    await peer.connect({ url: server.url, meeting: ann.meetingId, cookie: await server.signIn(email) })
    peers.push(peer)
  }
  expect(peers).toHaveLength(16)
  const items: readonly ItemId[] = readItems((peers[0] ?? new ProtocolPeer()).doc)
    .slice(0, 7)
    .map((item) => item.id)
  const typists = peers.map((peer, n) => new Typist(peer, `p${n}`, seeded(n + 1), items))

  const until = performance.now() + SECONDS * 1000
  const pressing = typists.map((typist, n) => setInterval(() => typist.press(), 1000 / KEYS_PER_SECOND + (n % 5)))
  const [annWords, boWords] = await Promise.all([
    typeInPage(ann, 'ann', 'End', until),
    typeInPage(bo, 'bo', 'Home', until),
  ])
  for (const timer of pressing) clearInterval(timer)
  for (const typist of typists) typist.finish()
  await Promise.all(peers.map((peer) => peer.settled()))
  for (const { page } of [ann, bo]) await expect(status(page)).toHaveAttribute('data-state', 'saved')

  const stored = await fetch(`${server.url}/api/meetings/${ann.meetingId}/minutes.json`, {
    headers: { cookie: ann.cookie },
  })
  const { hash } = (await stored.json()) as { hash: string }
  for (const peer of peers) {
    await expect.poll(() => canonicalMinutes(readMinutes(peer.doc)).hash, { timeout: 10_000 }).toBe(hash)
  }

  const blocks = readItems((peers[0] ?? new ProtocolPeer()).doc).map((item) =>
    item.blocks.map((block) => plainText(block.content)),
  )
  const seen = new Map<string, number>()
  for (const word of blocks.flat().join(' ').split(/\s+/)) seen.set(word, (seen.get(word) ?? 0) + 1)
  const typed = [...typists.flatMap((typist) => typist.words), ...annWords, ...boWords]
  expect(typed.length).toBeGreaterThan(SECONDS * 5)
  expect(
    typed.filter((word) => seen.get(word) !== 1),
    `words that are not there once, in:\n${blocks.flat().join('\n')}`,
  ).toEqual([])

  for (const { page, errors } of [ann, bo]) {
    for (let n = 1; n <= 7; n++) {
      await editor(page, n)
      await expect.poll(() => blockTexts(page, n)).toEqual(blocks[n - 1])
    }
    expect(errors).toEqual([])
  }
  console.log(`${typed.length} words by 18 people in ${SECONDS} s`)
  for (const { page } of [ann, bo]) console.log(await frameTimes(page))
  for (const peer of peers) peer.close()
  await ann.context.close()
  await bo.context.close()
})
