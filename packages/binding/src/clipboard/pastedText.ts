import type { BlockKind } from '@justera/minutes'

/** Controls, line and paragraph separators and stray byte order marks; tab and line ends stay. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the point
const CONTROLS = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u2028\u2029\uFEFF]/g

/** Text without what no one can see and no export can carry; lone surrogates become U+FFFD. */
export function cleanText(text: string): string {
  return text.replace(CONTROLS, '').toWellFormed()
}

/** The bullet or number with which a line begins, and the rest; `null` when it begins with neither. */
export function takeListSign(line: string): { readonly kind: BlockKind; readonly rest: string } | null {
  const bullet = /^\s*(?:[·•◦▪‣∙●○■]\s*|[-–*o§]\s*\t\s*|[-–*o§]\u00A0[\u00A0\s]*)(?=\S)/.exec(line)
  if (bullet !== null) return { kind: 'bullet', rest: line.slice(bullet[0].length) }
  const number = /^\s*\(?(?:\d{1,3}|[a-z])[.)](?:\s*\t\s*|\u00A0[\u00A0\s]*)(?=\S)/i.exec(line)
  if (number !== null) return { kind: 'numbered', rest: line.slice(number[0].length) }
  return null
}

/**
 * A declaration of an element's style attribute, lower case; '' when there is none. Read from the attribute itself: a
 * content security policy that forbids inline styles empties `element.style`.
 */
export function styleOf(element: Element, property: string): string {
  for (const declaration of (element.getAttribute('style') ?? '').split(';')) {
    const colon = declaration.indexOf(':')
    if (declaration.slice(0, colon).trim().toLowerCase() === property) {
      return declaration
        .slice(colon + 1)
        .trim()
        .toLowerCase()
    }
  }
  return ''
}
