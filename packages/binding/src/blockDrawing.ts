import type { BlockAttributes } from '@justera/minutes'

/** The single-value facts of a block that a person can fill in. */
export type FactKind = 'responsible' | 'due' | 'party'

/** One fact under a block's text, such as "Socialstyrelsen ansvarar" or a quiet "Ange datum". */
export type BlockFact = {
  readonly kind: FactKind
  /** What is read; the page's language. */
  readonly text: string
  /** True when the block lacks it and `text` asks for it. Hidden in read-only editors. */
  readonly missing: boolean
  /** A fresh element for each call, or none; stands before the text. */
  readonly icon?: Element | null
  /** The agency whose plate stands before the text. */
  readonly agency?: { readonly shortName: string; readonly seat: number }
}

/** What stands around a block's editable line. Real text, but not part of the line. */
export type BlockDrawing = {
  /** "Beslut", "Åtgärd", "Avvikande mening, Löf"; `null` for kinds without a label. */
  readonly label: string | null
  /** A fresh element for each call, or none. */
  readonly icon?: Element | null
  readonly facts: readonly BlockFact[]
}

/** The page's wording for a block; called whenever the block's attributes change. */
export type DrawBlock = (attributes: BlockAttributes) => BlockDrawing
