import type { BlockKind } from '@justera/minutes'
import type { IconName } from '../ui/Icon.tsx'

/** The kinds in the order of menus and of Ctrl+Shift+1…9. */
export const KINDS = [
  'point',
  'decision',
  'action',
  'tabled',
  'dissent',
  'heading',
  'numbered',
  'bullet',
  'paragraph',
] as const satisfies readonly BlockKind[]

export const KIND_ICONS: Readonly<Record<BlockKind, IconName>> = {
  point: 'point',
  decision: 'decision',
  action: 'action',
  tabled: 'tabled',
  dissent: 'dissent',
  heading: 'heading',
  numbered: 'numbered',
  bullet: 'bullet',
  paragraph: 'paragraph',
}

/** How a kind's shortcut is written. */
export function kindShortcut(kind: BlockKind): string {
  return `Ctrl+Shift+${(KINDS as readonly BlockKind[]).indexOf(kind) + 1}`
}

type Pressed = Pick<KeyboardEvent, 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'> & {
  getModifierState?(key: string): boolean
}

/**
 * The kind that a key press asks for, by the key's position: on many layouts Shift+digit is another character.
 * Never while AltGr is down, which writes @ £ $ € { and µ on Swedish keyboards and may report itself as Ctrl+Alt.
 */
export function kindOfKey(event: Pressed): BlockKind | null {
  if (!(event.ctrlKey || event.metaKey) || !event.shiftKey || event.altKey) return null
  if (event.getModifierState?.('AltGraph')) return null
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1]
  return digit === undefined ? null : (KINDS[Number(digit) - 1] ?? null)
}

/** Words that find a kind in the slash menu: its names in both languages and the everyday ones. */
const WORDS: Readonly<Record<BlockKind, string>> = {
  point: 'synpunkt diskussion point discussion remark',
  decision: 'beslut decision',
  action: 'åtgärd atgard uppgift att göra action task todo',
  tabled: 'bordläggning bordlagt tabled postponed',
  dissent: 'avvikande mening reservation dissent',
  heading: 'rubrik heading title',
  numbered: 'numrerad lista nummer numbered list',
  bullet: 'punktlista lista bullet list',
  paragraph: 'text stycke paragraph plain',
}

/** Kinds one of whose words begins with what was typed after the slash, in menu order. */
export function kindsFor(query: string): readonly BlockKind[] {
  const wanted = query.trim().toLocaleLowerCase('sv')
  return KINDS.filter((kind) => WORDS[kind].split(' ').some((word) => word.startsWith(wanted)))
}
