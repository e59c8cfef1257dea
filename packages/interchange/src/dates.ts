const MONTHS = [
  ['januari', 'january', 'jan'],
  ['februari', 'february', 'feb'],
  ['mars', 'march', 'mar'],
  ['april', 'apr'],
  ['maj', 'may'],
  ['juni', 'june', 'jun'],
  ['juli', 'july', 'jul'],
  ['augusti', 'august', 'aug'],
  ['september', 'sept', 'sep'],
  ['oktober', 'october', 'okt', 'oct'],
  ['november', 'nov'],
  ['december', 'dec'],
] as const
const MONTH_NAME = MONTHS.flat()
  .toSorted((a, b) => b.length - a.length)
  .join('|')

const DATE_FORMS: readonly { form: RegExp; read: (parts: readonly (string | undefined)[]) => Parts }[] = [
  { form: /(?<!\d)(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?!\d)/, read: ([, y, m, d]) => [y, m, d] },
  { form: /(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})(?!\d)/, read: ([, y, m, d]) => [y, m, d] },
  {
    form: new RegExp(`(?<!\\d)(\\d{1,2})(?::?e|\\.)? ?(${MONTH_NAME})\\b\\.?,? ?(\\d{4})?(?!\\d)`, 'iu'),
    read: ([, d, m, y]) => [y, monthNumber(m), d],
  },
  {
    form: new RegExp(`\\b(${MONTH_NAME}) (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})(?!\\d)`, 'iu'),
    read: ([, m, d, y]) => [y, monthNumber(m), d],
  },
  { form: /(?<![\d/])(\d{1,2})\/(\d{1,2})(?:[ /-]+(\d{4}))?(?![\d/])/, read: ([, d, m, y]) => [y, m, d] },
  { form: /(?<![\d.])(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)/, read: ([, d, m, y]) => [y, m, d] },
]
type Parts = readonly [year: string | undefined, month: string | undefined, day: string | undefined]

/** A day as written in a text; `year` is null where none was given. `from` and `to` are offsets in the text. */
export type WrittenDate = {
  readonly year: number | null
  readonly month: number
  readonly day: number
  readonly from: number
  readonly to: number
}

/** The first date of a text, in Swedish, English or figures ("7 juni 2023", "2023-06-07", "7/6 2023"). */
export function findDate(text: string): WrittenDate | null {
  let first: WrittenDate | null = null
  for (const { form, read } of DATE_FORMS) {
    const match = form.exec(text)
    if (match === null) continue
    const [y, m, d] = read(match)
    const date = {
      year: y === undefined ? null : Number(y),
      month: Number(m),
      day: Number(d),
      from: match.index,
      to: match.index + match[0].trimEnd().length,
    }
    if (!isDay(date.year ?? 2024, date.month, date.day)) continue
    if (first === null || date.from < first.from) first = date
  }
  return first
}

/** 'YYYY-MM-DD' of a date with a year, '' of one without. */
export function isoDate(date: Pick<WrittenDate, 'year' | 'month' | 'day'>): string {
  if (date.year === null) return ''
  return `${String(date.year).padStart(4, '0')}-${two(date.month)}-${two(date.day)}`
}

/** The first day of that month and day strictly after `after` ('YYYY-MM-DD'); '' when there is none within 8 years. */
export function nextSuchDay(month: number, day: number, after: string): string {
  const start = Number(after.slice(0, 4))
  for (let year = start; year <= start + 8; year++) {
    const candidate = isoDate({ year, month, day })
    if (isDay(year, month, day) && candidate > after) return candidate
  }
  return ''
}

/** Start and end of a meeting, 'HH:MM' or ''; null where the text holds no time. */
export function readTimes(text: string): { readonly startsAt: string; readonly endsAt: string } | null {
  const range =
    /(?<![\d.:])(\d{1,2})(?:[.:](\d{2}))? ?(?:-|–|—|till|to|ca) ?(?:kl\.? ?)?(\d{1,2})(?:[.:](\d{2}))?(?![\d:])/iu.exec(
      text,
    )
  if (range !== null) {
    const startsAt = clock(range[1], range[2])
    const endsAt = clock(range[3], range[4])
    if (startsAt !== '' && endsAt !== '') return { startsAt, endsAt }
  }
  const single = /(?:kl\.? ?|klockan |^)(\d{1,2})(?:[.:](\d{2}))?(?![\d:])/iu.exec(text)
  const startsAt = single === null ? '' : clock(single[1], single[2])
  return startsAt === '' ? null : { startsAt, endsAt: '' }
}

function clock(hour: string | undefined, minute = '00'): string {
  if (hour === undefined || Number(hour) > 23 || Number(minute) > 59) return ''
  return `${two(Number(hour))}:${minute}`
}

function monthNumber(name: string | undefined): string {
  const lower = name?.toLowerCase()
  return String(MONTHS.findIndex((names) => (names as readonly (string | undefined)[]).includes(lower)) + 1)
}

function isDay(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1 || day > 31 || year < 1000 || year > 9999) return false
  return new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
