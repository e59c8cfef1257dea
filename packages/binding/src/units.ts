import * as Y from 'yjs'

/**
 * The units of a body, as both Yjs and the binding count them: a marker (1), an inline atom (1),
 * a UTF-16 code unit of text (1). A hard break is the text unit `\n`.
 */
export type Content = string | Y.Map<unknown> | Embed

/** A plain embed, such as a mention; `null` stands for a nested type that this version does not know. */
export type Embed = { readonly embed: Readonly<Record<string, unknown>> | null }

/** Formatting as it stands in the text. */
export type Attributes = ReadonlyMap<string, unknown>

/** The visible part of an item, or `null` for items that hold no unit (formatting, deleted by an old collector). */
export function contentOf(item: Y.Item): Content | null {
  const content = item.content
  if (content instanceof Y.ContentString) return content.str
  if (content instanceof Y.ContentType) {
    return content.type instanceof Y.Map ? content.type : { embed: null }
  }
  if (content instanceof Y.ContentEmbed) {
    const value: unknown = content.embed
    return { embed: typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null }
  }
  return item.countable ? { embed: null } : null
}

/** Applies one format item to running formatting. */
export function applyFormat(attributes: Map<string, unknown>, format: Y.ContentFormat): void {
  const { key, value } = format as { key: string; value: unknown }
  if (value === null) attributes.delete(key)
  else attributes.set(key, value)
}

/** Every item of a text, deleted ones included, in text order. */
export function* itemsOf(text: Y.Text): Generator<Y.Item> {
  for (let item = text._start; item !== null; item = item.right) yield item
}

/** The live markers of a body, in text order. */
export function liveMarkers(text: Y.Text): readonly Y.Map<unknown>[] {
  const markers: Y.Map<unknown>[] = []
  for (let item = text._start; item !== null; item = item.right) {
    if (!item.deleted && item.content instanceof Y.ContentType && item.content.type instanceof Y.Map) {
      markers.push(item.content.type)
    }
  }
  return markers
}

/** True when the body's first unit is not a marker: its first block is drawn, not stored. */
export function startsImplicit(text: Y.Text): boolean {
  for (let item = text._start; item !== null; item = item.right) {
    if (!item.deleted && item.countable) {
      return !(item.content instanceof Y.ContentType && item.content.type instanceof Y.Map)
    }
  }
  return true
}
