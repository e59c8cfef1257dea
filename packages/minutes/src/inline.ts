/** A mark on a stretch of text. Known types: bold, italic, link (`attrs.href`); others are kept and drawn plainly. */
export type Mark = { readonly type: string; readonly attrs?: Readonly<Record<string, unknown>> }

/** A run of equally marked text; a hard break is `\n`. */
export type TextRun = { readonly text: string; readonly marks?: readonly Mark[] }

/** A mention of a person; `label` is what people read. */
export type Mention = { readonly mention: string; readonly label: string }

export type Inline = TextRun | Mention

export const MARK_TYPES = ['bold', 'italic', 'link'] as const

/** Formatting as Y.Text stores it: `{ bold: true, link: { href } }`. */
export type TextAttributes = Readonly<Record<string, unknown>>

/** Longest address a link may carry, in UTF-16 code units. */
export const MAX_HREF_LENGTH = 2000

/** True for http, https and mailto addresses of bearable length; everything else is drawn as plain text. */
export function isSafeHref(href: unknown): href is string {
  if (typeof href !== 'string' || href.length > MAX_HREF_LENGTH) return false
  if (!/^(https?:\/\/|mailto:)/i.test(href)) return false
  return URL.canParse(href)
}

/** Stored formatting → marks, sorted by type, `null` and `false` (switched off) left out. */
export function marksFromAttributes(attributes: TextAttributes | undefined): readonly Mark[] {
  if (attributes === undefined) return []
  const marks: Mark[] = []
  for (const type of Object.keys(attributes).sort()) {
    const value = attributes[type]
    if (value === null || value === undefined || value === false) continue
    if (typeof value === 'object' && !Array.isArray(value)) {
      marks.push({ type, attrs: value as Record<string, unknown> })
    } else if (value === true) marks.push({ type })
    else marks.push({ type, attrs: { value } })
  }
  return marks
}

/** Marks → stored formatting; the inverse of {@link marksFromAttributes} for marks it returned. */
export function attributesFromMarks(marks: readonly Mark[] | undefined): Record<string, unknown> {
  const attributes: Record<string, unknown> = {}
  for (const mark of marks ?? []) attributes[mark.type] = mark.attrs === undefined ? true : { ...mark.attrs }
  return attributes
}

/** The words of a block's content, marks and structure dropped. */
export function plainText(content: readonly Inline[]): string {
  return content.map((inline) => ('text' in inline ? inline.text : inline.label)).join('')
}
