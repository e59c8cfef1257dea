import type { BodyBuilder } from './bodyBuilder.ts'
import type { ItemNumber } from './itemNumber.ts'

/** An agenda item while the lines of the file are being read. */
export type RawItem = {
  readonly number: ItemNumber | null
  title: string
  presenters: string
  readonly body: BodyBuilder
}

/** What the readers of tables and of sections hand over. */
export type RawAgenda = {
  readonly items: readonly RawItem[]
  /** index of the first line of the agenda; lines before it are header and attendance */
  readonly firstLine: number
  /** lines after or between that belong to no item */
  readonly leftOver: readonly string[]
}

/** Signatures and the like that close minutes; from there on no line belongs to an item. */
export function isClosing(line: string): boolean {
  return /^\s*(?:vid protokollet|vid tangenterna|justeras|justerat|justerare|protokollet justerat|underskrift(?:er)?|signatur(?:er)?|ordförande|sekreterare|mötessekreterare|protokollförare|antecknat av|bilag(?:a|or))\s*(?::|\t|$)/iu.test(
    line,
  )
}
