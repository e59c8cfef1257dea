import type { Language } from './i18n/language.ts'

const LOCALES: Readonly<Record<Language, string>> = { sv: 'sv-SE', en: 'en-GB' }

/** Reads 'YYYY-MM-DD' as that day wherever the browser stands; `undefined` for anything else. */
export function dayOf(date: string): Date | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date)
  if (!match) return undefined
  const day = new Date(Number(match[1]), Number(match[2]) - 1, Number(match[3]))
  return day.getMonth() === Number(match[2]) - 1 ? day : undefined
}

/** '2023-06-07' → '7 juni 2023' / '7 June 2023'; other text as it is. */
export function formatDate(date: string, language: Language): string {
  const day = dayOf(date)
  if (!day) return date
  return new Intl.DateTimeFormat(LOCALES[language], { day: 'numeric', month: 'long', year: 'numeric' }).format(day)
}

/** '2023-06-07' → 'onsdag 7 juni 2023'; empty when it is no date. Beside a date field, whose own format varies. */
export function formatWeekday(date: string, language: Language): string {
  const day = dayOf(date)
  if (!day) return ''
  return new Intl.DateTimeFormat(LOCALES[language], { dateStyle: 'full' }).format(day)
}

/** '2023-11-06' → '6' and 'nov 2023', for the list; `undefined` when it is no date. */
export function formatDayAndMonth(date: string, language: Language): { day: string; month: string } | undefined {
  const day = dayOf(date)
  if (!day) return undefined
  const month = new Intl.DateTimeFormat(LOCALES[language], { month: 'short' }).format(day).replace('.', '')
  return { day: String(day.getDate()), month: `${month} ${day.getFullYear()}` }
}

/** '09:00' → '09.00', as the public sector writes times; English keeps the colon. */
export function formatTime(time: string, language: Language): string {
  return language === 'sv' ? time.replace(':', '.') : time
}
