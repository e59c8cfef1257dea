import type { Block, Minutes } from '@justera/minutes'
import { plainText } from '@justera/minutes'

/** A passage that this page holds and the shared minutes do not. */
export type Passage = { readonly title: string; readonly text: string }

/** Text that was not taken in; kept for its author to copy. */
export type SetAside = { readonly reason: string; readonly passages: readonly Passage[] }

/**
 * What stands in `mine` and not in `shared`: blocks whose words differ or that are missing there, changed
 * titles and header fields. Blocks are told apart by id and by text, so a block that a colleague only moved is not named.
 * Linear in both texts.
 */
export function passagesNotIn(shared: Minutes, mine: Minutes): readonly Passage[] {
  const passages: Passage[] = []
  for (const [field, value] of Object.entries(mine.header)) {
    if (value !== '' && value !== shared.header[field as keyof typeof shared.header])
      passages.push({ title: field, text: value })
  }
  const people = new Set(shared.attendance.map(({ name, agency, status }) => `${name}\0${agency}\0${status}`))
  for (const { name, agency, status } of mine.attendance) {
    if (!people.has(`${name}\0${agency}\0${status}`))
      passages.push({ title: agency, text: [name, status].filter(Boolean).join(', ') })
  }
  const known = new Set(shared.items.flatMap((item) => item.blocks.map(wordsOf)))
  const titles = new Map(shared.items.map((item) => [item.id, item.title]))
  mine.items.forEach((item, n) => {
    const title = `${n + 1}. ${item.title}`
    if (item.title !== '' && titles.get(item.id) !== item.title) passages.push({ title, text: item.title })
    const lines = item.blocks.map(wordsOf).filter((words) => words.trim() !== '' && !known.has(words))
    if (lines.length > 0) passages.push({ title, text: lines.join('\n') })
  })
  return passages
}

/** The passages as one plain text, for the clipboard. */
export function setAsideText({ passages }: SetAside): string {
  return passages.map(({ title, text }) => `${title}\n${text}`).join('\n\n')
}

function wordsOf(block: Block): string {
  return plainText(block.content)
}

const keyOf = (person: string, meeting: string): string => `justera:aside:${person}:${meeting}`

/** Keeps set-aside text over reloads; on top of what is there. A device that stores nothing loses only this. */
export function keepAside(person: string, meeting: string, aside: SetAside | null): void {
  try {
    if (aside === null || aside.passages.length === 0) localStorage.removeItem(keyOf(person, meeting))
    else localStorage.setItem(keyOf(person, meeting), JSON.stringify(aside))
  } catch {
    // The text is still on screen, and the band says that it is to be copied from there.
  }
}

export function keptAside(person: string, meeting: string): SetAside | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(person, meeting)) ?? 'null')
    return isSetAside(kept) ? kept : null
  } catch {
    return null
  }
}

function isSetAside(value: unknown): value is SetAside {
  if (typeof value !== 'object' || value === null || !('passages' in value) || !('reason' in value)) return false
  return (
    typeof value.reason === 'string' &&
    Array.isArray(value.passages) &&
    value.passages.every(
      (passage: unknown) =>
        typeof passage === 'object' &&
        passage !== null &&
        'title' in passage &&
        'text' in passage &&
        typeof passage.title === 'string' &&
        typeof passage.text === 'string',
    )
  )
}
