import type { MarkedText } from './markedText.ts'
import { replaceMatches } from './markedText.ts'
import type { NoteList } from './noteList.ts'

/** What the whole file tells about its hyphens; see {@link surveyHyphens}. */
export type HyphenSurvey = {
  /** words that stand with a hyphen somewhere inside a line, lower case: their hyphen is real */
  readonly hyphenated: ReadonlySet<string>
  /** true when words of this file were broken at line ends */
  readonly breaksWords: boolean
}

/** Words that a suspended hyphen stands before: "hälso- och sjukvård", "in- eller utvändigt". */
const AFTER_SUSPENDED = new Set(
  'och eller samt respektive resp till men inte inklusive inkl som såväl plus och/eller än and or to'.split(' '),
)
/** One-letter and very short words that never end a broken word. */
const NEVER_A_TAIL = new Set('i å ö på av om är att en ett den det de för med vid'.split(' '))
const BROKEN = /(?<=[\p{L}\p{N}])-[ \t\n]+(?=\p{L})/gu
const MAX_WORD = 80

/** Reads the hyphens of a whole file once, so that each single one can be judged by its company. Linear. */
export function surveyHyphens(lines: readonly string[]): HyphenSurvey {
  const hyphenated = new Set<string>()
  const counts = new Map<string, number>()
  let broken = 0
  for (const line of lines) {
    for (const match of line.matchAll(/(?<![\p{L}-])\p{L}{2,40}-\p{L}{2,40}(?![\p{L}-])/gu)) {
      const word = match[0].toLowerCase()
      counts.set(word, (counts.get(word) ?? 0) + 1)
    }
    for (const match of line.matchAll(/(?<=\p{L}{2})-(?:[ \t]+(\p{Ll}+)|[ \t]*$)/gu)) {
      if (match[1] === undefined || !AFTER_SUSPENDED.has(match[1])) broken++
    }
  }
  for (const [word, count] of counts) if (count > 1) hyphenated.add(word)
  return { hyphenated, breaksWords: broken >= 3 }
}

/**
 * One line of clean prose: blanks single, words broken at line ends joined, rules of dashes gone, no blank
 * before a comma. Real hyphens stay ("kunskaps- och", "e-hälsa", "60-tal"). Each repair gives a note.
 */
export function cleanMarked(
  marked: MarkedText,
  item: number | null,
  survey: HyphenSurvey,
  notes: NoteList,
): MarkedText {
  let text = marked
  if (marked.text.includes('\u00AD')) {
    text = replaceMatches(marked, /\u00AD\s*/gu, () => '')
    notes.add('repaired', 'hyphenation', item, marked.text, text.text)
  }
  if (/[^\s][ \t]{2,}[^\s]/u.test(text.text)) notes.addOnce('repaired', 'doubled-spaces', item, text.text)
  text = replaceMatches(text, /-{3,}|[\u2012-\u2015_=~*.]{5,}|[_=]{3,}|\u2014{2,}/gu, ([run]) => {
    notes.addOnce('repaired', 'dash-run', item, run)
    return ' '
  })
  text = replaceMatches(text, /(?<= )--(?= )/gu, () => '–')
  text = replaceMatches(text, /\s+/gu, () => ' ')
  text = replaceMatches(text, /(?<=\d)-\s+(?=\d)/gu, ({ index }) => {
    const source = text.text.slice(Math.max(0, index - 6), index + 8)
    notes.add('doubt', 'hyphen-inside-word', item, source, source.replace('- ', '-'))
    return '-'
  })
  text = joinBrokenWords(text, item, survey, notes)
  text = joinTightHyphens(text, item, survey, notes)
  text = replaceMatches(text, / +(?=,)| +(?=[;:!?)\]](?:[ ,.;:!?)\]]|$))| +(?=\.(?: |$))|(?<=\() +/gu, ({ index }) => {
    notes.addOnce('repaired', 'space-before-punctuation', item, text.text.slice(Math.max(0, index - 30), index + 20))
    return ''
  })
  return replaceMatches(text, /^ +| +$/gu, () => '')
}

/** As {@link cleanMarked}, for a text without marks. */
export function cleanPlain(text: string, item: number | null, survey: HyphenSurvey, notes: NoteList): string {
  return cleanMarked({ text, spans: [] }, item, survey, notes).text
}

function joinBrokenWords(marked: MarkedText, item: number | null, survey: HyphenSurvey, notes: NoteList): MarkedText {
  const { text } = marked
  return replaceMatches(marked, BROKEN, (match) => {
    const after = match.index + match[0].length
    const head = wordBefore(text, match.index)
    const tail = wordAfter(text, after)
    if (AFTER_SUSPENDED.has(tail.toLowerCase())) return null
    const source = `${head}- ${tail}`
    if (NEVER_A_TAIL.has(tail) && head.length > 1) {
      notes.add('doubt', 'hyphen-inside-word', item, source)
      return null
    }
    const keepsHyphen =
      head.length === 1 ||
      /\p{N}$/u.test(head) ||
      /^\p{Lu}+$/u.test(head) ||
      /^\p{Lu}/u.test(tail) ||
      survey.hyphenated.has(`${head}-${tail}`.toLowerCase())
    if (keepsHyphen) {
      notes.add('doubt', 'hyphen-inside-word', item, source, `${head}-${tail}`)
      return '-'
    }
    notes.add('repaired', 'hyphenation', item, source, `${head}${tail}`)
    return ''
  })
}

/**
 * "pilot-testas": an extraction that dropped the line end but kept its hyphen. Joined, always with a doubt,
 * and only where other words of the file were broken, both halves are long and lower case, the first is no
 * adjective ("svensk-norsk" is good Swedish) and the word comes once.
 */
function joinTightHyphens(marked: MarkedText, item: number | null, survey: HyphenSurvey, notes: NoteList): MarkedText {
  if (!survey.breaksWords) return marked
  return replaceMatches(
    marked,
    /(?<![\p{L}\p{N}/-])(\p{Ll}{4,40})-(\p{Ll}{4,40})(?![\p{L}\p{N}/-])/gu,
    ([word, head, tail]) => {
      if (
        head === undefined ||
        tail === undefined ||
        survey.hyphenated.has(word) ||
        /(?:sk|ig|iv|al|ell|är)t?$/.test(head)
      )
        return null
      notes.add('doubt', 'hyphen-inside-word', item, word, `${head}${tail}`)
      return `${head}${tail}`
    },
  )
}

function wordBefore(text: string, end: number): string {
  return /[\p{L}\p{N}]*$/u.exec(text.slice(Math.max(0, end - MAX_WORD), end))?.[0] ?? ''
}

function wordAfter(text: string, start: number): string {
  return /^[\p{L}\p{N}]*/u.exec(text.slice(start, start + MAX_WORD))?.[0] ?? ''
}
