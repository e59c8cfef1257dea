/** What a body cell is made of once its tags are read. */
export type BodyToken =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'open' | 'close'; readonly tag: KnownTag; readonly href: string }

const KNOWN_TAGS = [
  'p',
  'div',
  'span',
  'font',
  'br',
  'hr',
  'ul',
  'ol',
  'li',
  'u',
  'ins',
  'b',
  'strong',
  'i',
  'em',
  'a',
  'sup',
  'sub',
  'small',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'table',
  'thead',
  'tbody',
  'tr',
  'td',
  'th',
  'blockquote',
  'img',
  'del',
  's',
] as const
export type KnownTag = (typeof KNOWN_TAGS)[number]

const NAMES = [...KNOWN_TAGS].sort((a, b) => b.length - a.length).join('|')
const TAG = new RegExp(`<(/?)(${NAMES})(?=[\\s/>])([^<>]*)>`, 'giu')
const LOOKS_LIKE_TAG = new RegExp(`<(?=/?(?:${NAMES})(?:[\\s/][^<>]*)?>)`, 'giu')

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  shy: '\u00AD',
  bull: '•',
  middot: '·',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  rdquo: '”',
  ldquo: '“',
  rsquo: '’',
  lsquo: '‘',
  laquo: '«',
  raquo: '»',
  sect: '§',
  aring: 'å',
  auml: 'ä',
  ouml: 'ö',
  Aring: 'Å',
  Auml: 'Ä',
  Ouml: 'Ö',
  eacute: 'é',
  Eacute: 'É',
  uuml: 'ü',
  Uuml: 'Ü',
}

/**
 * Splits a text at the HTML tags that text extraction leaves behind; anything else in angle brackets is
 * text. Linear: no tag spans another '<'.
 */
export function scanTags(source: string): readonly BodyToken[] {
  const tokens: BodyToken[] = []
  let at = 0
  for (const match of source.matchAll(TAG)) {
    if (match.index > at) tokens.push({ type: 'text', text: decodeEntities(source.slice(at, match.index)) })
    at = match.index + match[0].length
    const tag = (match[2] ?? '').toLowerCase() as KnownTag
    const href = tag === 'a' ? (/href\s*=\s*["']?([^"'\s>]{1,2000})/iu.exec(match[3] ?? '')?.[1] ?? '') : ''
    tokens.push({ type: match[1] === '/' ? 'close' : 'open', tag, href })
  }
  if (at < source.length) tokens.push({ type: 'text', text: decodeEntities(source.slice(at)) })
  return tokens
}

const INLINE: ReadonlySet<KnownTag> = new Set(['b', 'strong', 'i', 'em', 'u', 'span', 'font', 'a', 'ins', 'small'])

/** The words of a text, its tags replaced by blanks: for titles, names and fields. */
export function withoutTags(source: string): string {
  if (!/[<&]/.test(source)) return source
  return neutralTags(
    scanTags(source)
      .map((token) => (token.type === 'text' ? token.text : INLINE.has(token.tag) ? '' : ' '))
      .join(''),
  )
}

/** Text that spells a tag once the tags around it are gone ("&lt;p>") keeps its words and loses its look. */
export function neutralTags(text: string): string {
  return text.replace(LOOKS_LIKE_TAG, '‹')
}

function decodeEntities(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/giu, (whole, decimal, hex, name) => {
    if (typeof name === 'string') return ENTITIES[name] ?? whole
    const code = typeof decimal === 'string' ? Number(decimal) : Number.parseInt(String(hex), 16)
    const isText =
      code >= 32 && code <= 0x10ffff && !(code >= 0x7f && code < 0xa0) && !(code >= 0xd800 && code < 0xe000)
    return isText ? String.fromCodePoint(code) : ' '
  })
}
