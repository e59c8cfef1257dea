/** A number as it stands before an agenda item: "3.", "§ 12", "12 §", "4 b)", "2.1". */
export type ItemNumber = { readonly value: number; readonly written: string; readonly paragraph: boolean }

const ALONE = /^\s*(?:(§{1,2})\s*)?(\d{1,4})(?:[.:](\d{1,3}))?\s?([a-zåäö])?\s?(§)?[.):]?\s*$/iu
const BEFORE_TITLE =
  /^\s*(?:\*\*|#{1,4}\s)?\s*(?:(§{1,2})\s*(\d{1,4})[.:)]?|(\d{1,4})\s*(§)[.:)]?|(?:punkt|ärende|item)\s+(\d{1,4})[.:)]?|(\d{1,3})[.)])\s+(?=\S)/iu

/** A cell that holds nothing but an item's number; null otherwise. */
export function readNumber(cell: string): ItemNumber | null {
  if (cell.length > 20) return null
  const match = ALONE.exec(cell)
  if (match === null) return null
  return { value: Number(match[2]), written: cell.trim(), paragraph: match[1] !== undefined || match[5] !== undefined }
}

/** A line or title that begins with an item's number, and what follows it. */
export function readNumberedTitle(line: string): { readonly number: ItemNumber; readonly title: string } | null {
  const match = BEFORE_TITLE.exec(line.slice(0, 60))
  if (match === null) return null
  const digits = match[2] ?? match[3] ?? match[5] ?? match[6]
  const title = line
    .slice(match[0].length)
    .replace(/\*\*\s*$/, '')
    .trim()
  if (digits === undefined || title === '') return null
  return {
    number: {
      value: Number(digits),
      written: match[0].trim(),
      paragraph: match[1] !== undefined || match[4] !== undefined,
    },
    title,
  }
}
