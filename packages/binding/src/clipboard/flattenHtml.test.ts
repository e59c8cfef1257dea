// @vitest-environment jsdom
import { describe, expect, test } from 'vitest'
import { flattenHtml } from './flattenHtml.ts'

const parse = (html: string): Document => new DOMParser().parseFromString(html, 'text/html')

/** Flattened HTML as lines such as `bullet1: text`. */
function lines(html: string): readonly string[] {
  const { body } = parse(flattenHtml(html, parse).html)
  return [...body.children].map(
    (block) =>
      `${block.getAttribute('data-kind')}${block.getAttribute('data-indent') ?? ''}: ${block.innerHTML
        .replaceAll('<br>', '⏎')
        .replaceAll('\t', '→')
        .replaceAll('&nbsp;', '\u00A0')}`,
  )
}

const CORPUS: readonly (readonly [string, string, readonly string[]])[] = [
  [
    'Google Docs list',
    '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><ul><li dir="ltr"><p><span style="font-weight:400">ett</span></p></li><li><p><span style="font-weight:700">två</span></p></li><ul><li><p>under</p></li></ul></ul></b>',
    ['bullet: ett', 'bullet: <strong>två</strong>', 'bullet1: under'],
  ],
  [
    'Word list',
    `<html xmlns:o="urn:x"><body><!--StartFragment--><p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span><![endif]>Första<o:p></o:p></p><p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>o<span>&nbsp; </span></span>Under</p><p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1.<span>&nbsp; </span></span>Numrerad</p><!--EndFragment--></body></html>`,
    ['bullet: Första', 'bullet1: Under', 'numbered: Numrerad'],
  ],
  [
    'Word bullets as text',
    '<p class=MsoNormal>·&nbsp;&nbsp;&nbsp; Punkt</p><p>Vanlig · text</p>',
    ['bullet: Punkt', 'paragraph: Vanlig · text'],
  ],
  [
    'table',
    '<table><thead><tr><th>Nr</th><th>Ärende</th></tr></thead><tbody><tr><td>1</td><td><p>Mötet</p><p>öppnas</p></td></tr><tr><td></td><td> </td></tr></tbody></table>',
    ['paragraph: Nr→Ärende', 'paragraph: 1→Mötet öppnas'],
  ],
  [
    'headings',
    '<h1>Stor</h1><p>text</p><h4><b>Liten</b></h4>',
    ['heading: Stor', 'paragraph: text', 'heading: <strong>Liten</strong>'],
  ],
  [
    'nested lists',
    '<ol><li>a<ol><li>b<ul><li>c</li></ul></li></ol></li><li>d</li></ol>',
    ['numbered: a', 'numbered1: b', 'bullet2: c', 'numbered: d'],
  ],
  ['list item with two paragraphs', '<ul><li><p>ett</p><p>mer</p></li></ul>', ['bullet: ett', 'paragraph: mer']],
  [
    'divs and spans',
    '<div>ett <span>två</span></div><div><br></div><div><div>tre</div></div>',
    ['paragraph: ett två', 'paragraph: tre'],
  ],
  ['breaks', 'rad ett<br>rad två<br><br>nytt stycke<br>', ['paragraph: rad ett⏎rad två', 'paragraph: nytt stycke']],
  [
    'marks',
    '<p><b>f</b><i>k</i><b><i>b</i></b><span style="font-style:italic">s</span><u>u</u></p>',
    ['paragraph: <strong>f</strong><em>k</em><strong><em>b</em></strong><em>s</em>u'],
  ],
  [
    'links',
    '<p><a href="https://a.se/x">ja</a> <a href="javascript:alert(1)">nej</a> <a href="#x">här</a></p>',
    ['paragraph: <a href="https://a.se/x">ja</a> nej här'],
  ],
  ['preformatted lines', '<pre>ett\r\ntvå\n\ntre</pre>', ['paragraph: ett', 'paragraph: två', 'paragraph: tre']],
  ['controls', '<p>a\u0007b\u2028c\u200Dd</p>', ['paragraph: abc\u200Dd']],
  ['bare text', 'bara text', ['paragraph: bara text']],
  [
    'hidden',
    '<p>syns<span style="display:none">dolt</span><span style="mso-hide:all">dolt</span></p>',
    ['paragraph: syns'],
  ],
]

describe('pasted HTML becomes flat blocks', () => {
  test.each(CORPUS)('[BD20] %s', (_name, html, wanted) => {
    expect(lines(html)).toEqual(wanted)
  })

  test('[BD20] our own clipboard comes back as it was', () => {
    const html = '<p data-kind="decision" data-pm-slice="0 0 []">Beslut</p>'
    expect(flattenHtml(html, parse).html).toBe(html)
  })
})

describe('what has no place is named', () => {
  const CASES: readonly (readonly [string, string, readonly (readonly [string, number])[], readonly string[]])[] = [
    ['images', '<p>a<img src="x.png"><img src="y.png">b</p>', [['image', 2]], ['paragraph: ab']],
    [
      'a footnote and its text',
      '<p>Text<a style="mso-footnote-id:ftn1" href="#_ftn1">[1]</a></p><div style="mso-element:footnote-list"><p>Noten</p></div>',
      [['footnote', 1]],
      ['paragraph: Text'],
    ],
    [
      'a comment and its text',
      '<p>Text<a class=MsoCommentReference href="#_msocom_1">[A1]</a></p><div style="mso-element:comment-list"><p class=MsoCommentText>Sagt</p></div>',
      [['comment', 1]],
      ['paragraph: Text'],
    ],
    [
      'a table in a table keeps its words',
      '<table><tr><td>a<table><tr><td>b</td><td>c</td></tr></table></td><td>d</td></tr></table>',
      [['nestedTable', 1]],
      ['paragraph: a b c→d'],
    ],
    [
      'deleted text of tracked changes',
      '<p>kvar<del>borta</del><ins>nytt</ins></p>',
      [['deletedText', 1]],
      ['paragraph: kvarnytt'],
    ],
    [
      'film, frames and fields',
      '<p>a<iframe src="x"></iframe><video></video><input value="v"></p>',
      [
        ['embedded', 2],
        ['formField', 1],
      ],
      ['paragraph: a'],
    ],
    ['unsafe links', '<p><a href="javascript:x">a</a><a href="/rel">b</a></p>', [['unsafeLink', 2]], ['paragraph: ab']],
    [
      'Word drawings',
      '<p>a<v:shape id="s"><v:imagedata src="x"></v:imagedata></v:shape></p>',
      [['image', 1]],
      ['paragraph: a'],
    ],
  ]
  test.each(CASES)('[BD21] %s', (_name, html, wanted, text) => {
    expect(flattenHtml(html, parse).leftOut.map(({ kind, count }) => [kind, count])).toEqual(wanted)
    expect(lines(html)).toEqual(text)
  })
})

describe('hostile HTML', () => {
  const HOSTILE = [
    '<script>window.hit=1</script>',
    '<img src=x onerror="window.hit=1">',
    '<a href="javascript:window.hit=1">x</a>',
    '<a href=" java\nscript:window.hit=1">x</a>',
    '<a href="data:text/html,<script>window.hit=1</script>">x</a>',
    '<a href="vbscript:x">x</a>',
    '<svg onload="window.hit=1"><a xlink:href="javascript:x">x</a></svg>',
    '<iframe srcdoc="<script>parent.hit=1</script>"></iframe>',
    '<math><mi xlink:href="javascript:x">x</mi></math>',
    '<p style="background:url(javascript:x)" onclick="window.hit=1">x</p>',
    '<style>@import "javascript:x"</style>',
    '<form action="javascript:x"><button formaction="javascript:x">x</button></form>',
    '<p data-kind="decision" onclick="x" data-pm-slice="0 0 []">x</p>',
  ]
  test.each(HOSTILE)('[BD22] %s', (html) => {
    const out = flattenHtml(html, parse).html
    const { body } = parse(out)
    expect(body.querySelector('script, iframe, svg, img, style, form, math')).toBe(null)
    for (const link of body.querySelectorAll('a')) expect(link.getAttribute('href')).toMatch(/^(https?|mailto):/)
    expect('hit' in window).toBe(false)
  })
})
