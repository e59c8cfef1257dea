/** Where a passage stands in the source text, in UTF-16 code units. */
export type Span = { readonly from: number; readonly to: number }

/**
 * Finds a passage that the importer quotes. The quote may be shortened (…) and its blanks may be others than the
 * file's (tabs, line ends), so blanks match blanks of any length.
 * @returns undefined when the quote is empty or not to be found
 */
export function findInSource(source: string, quote: string, from = 0): Span | undefined {
  const words = quote.replace(/…/gu, ' ').split(/\s+/u).filter(Boolean)
  if (words.length === 0) return undefined
  const pattern = new RegExp(words.map(escaped).join('\\s+'), 'u')
  const found = pattern.exec(source.slice(from)) ?? undefined
  if (found) return { from: from + found.index, to: from + found.index + found[0].length }
  return from > 0 ? findInSource(source, quote) : undefined
}

function escaped(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\/]/gu, '\\$&')
}
