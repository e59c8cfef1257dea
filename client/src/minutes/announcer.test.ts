import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createAnnouncer, QUIET_MS } from './announcer.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('[MP28] what happens by itself is said at most once a minute, the latest wins; results are said at once', () => {
  const announcer = createAnnouncer()
  const said: string[] = []
  announcer.subscribe(() => said.push(announcer.getSnapshot().trim()))
  announcer.mention('Allt sparat.')
  for (let n = 0; n < 50; n++) announcer.mention(n % 2 === 0 ? 'Ingen anslutning.' : 'Allt sparat.')
  announcer.say('Ärendet är nu nummer 3.')
  expect(said).toEqual(['Allt sparat.', 'Ärendet är nu nummer 3.'])
  vi.advanceTimersByTime(QUIET_MS + 10)
  expect(said).toEqual(['Allt sparat.', 'Ärendet är nu nummer 3.', 'Allt sparat.'])
  announcer.close()
})
