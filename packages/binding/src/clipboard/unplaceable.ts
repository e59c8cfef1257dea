import type { LeftOutCount, LeftOutKind } from './leftOut.ts'
import { styleOf } from './pastedText.ts'

/** What has no place in minutes, by selector; each match is counted, then removed with all it holds. */
const UNPLACEABLE: readonly (readonly [LeftOutKind, string])[] = [
  ['comment', '[style*="mso-element:comment-list"], [style*="mso-element: comment-list"], .msocomtxt'],
  ['comment', '.MsoCommentReference, a[href^="#_msocom"], a[href^="#cmnt"]:not([id^="cmnt_ref"] *)'],
  ['footnote', '[style*="mso-element:footnote-list"], [style*="mso-element:endnote-list"], [role="doc-endnotes"]'],
  [
    'footnote',
    '.MsoFootnoteReference, .MsoEndnoteReference, a[style*="mso-footnote-id"], a[href^="#_ftn"], a[href^="#_edn"], a[href^="#ftnt"], [role="doc-noteref"]',
  ],
  ['deletedText', 'del, s.msoDel, span.msoDel'],
  ['image', 'img, picture, svg, canvas, figure > figcaption:only-child'],
  ['embedded', 'video, audio, iframe, object, embed, math, applet'],
  ['formField', 'input, select, textarea, button, meter, progress'],
]

/** Never content. */
const SILENT = 'script, style, meta, link, title, template, noscript, head, base'

/**
 * Removes from pasted HTML what minutes cannot hold, and counts it. A list of notes and its references are one thing
 * to a reader, so references are counted and the lists only when nothing refers to them.
 */
export function dropUnplaceable(body: HTMLElement, leftOut: LeftOutCount): void {
  for (const element of body.querySelectorAll(SILENT)) element.remove()
  dropOfficeDrawings(body, leftOut)
  for (const element of body.querySelectorAll<HTMLElement>('[style]')) {
    if (styleOf(element, 'display') === 'none' || styleOf(element, 'mso-hide') === 'all') element.remove()
  }
  const isList = (selector: string): boolean => selector.includes('-list') || selector.includes('doc-endnotes')
  const listed = new Map<LeftOutKind, number>()
  const referred = new Map<LeftOutKind, number>()
  for (const [kind, selector] of UNPLACEABLE) {
    const counts = isList(selector) ? listed : referred
    for (const element of body.querySelectorAll(selector)) {
      if (!body.contains(element)) continue
      element.remove()
      counts.set(kind, (counts.get(kind) ?? 0) + 1)
    }
  }
  for (const kind of new Set([...listed.keys(), ...referred.keys()])) {
    leftOut.add(kind, referred.get(kind) ?? listed.get(kind))
  }
  for (const table of body.querySelectorAll('td table, th table')) {
    if (table.parentElement !== null) leftOut.add('nestedTable')
  }
}

/** Word's own markup: drawings, and paragraphs of its namespaces. */
function dropOfficeDrawings(body: HTMLElement, leftOut: LeftOutCount): void {
  for (const element of [...body.querySelectorAll('*')]) {
    if (!/^(V|W|O):/i.test(element.tagName) || !body.contains(element)) continue
    if (/^V:(SHAPE|IMAGEDATA|RECT|GROUP|OVAL|LINE)$/i.test(element.tagName)) {
      leftOut.add('image')
      element.remove()
    } else if (/^O:P$/i.test(element.tagName)) element.replaceWith(...element.childNodes)
  }
}
