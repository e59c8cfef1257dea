import type { Agency } from '../store/councilStore.ts'

/**
 * The council's agency that a name in some minutes means: by full name, by the short form in parentheses,
 * or by a beginning or ending that only one agency shares. Null where there is doubt.
 */
export function matchAgency(name: string, agencies: readonly Agency[]): Agency | null {
  const plain = folded(name.replace(/\([^)]*\)/g, ' '))
  const inParentheses = [...name.matchAll(/\(([^)]*)\)/g)].map((match) => folded(match[1] ?? ''))
  if (plain === '') return null
  const equal = agencies.filter((agency) => folded(agency.name) === plain || folded(agency.shortName) === plain)
  if (equal.length > 0) return only(equal)
  const short = agencies.filter((agency) =>
    inParentheses.some((form) => form === folded(agency.shortName) || form === folded(agency.name)),
  )
  if (short.length > 0) return only(short)
  const words = ` ${plain} `
  return only(
    agencies.filter(
      (agency) => words.startsWith(` ${folded(agency.name)} `) || words.endsWith(` ${folded(agency.name)} `),
    ),
  )
}

function only(found: readonly Agency[]): Agency | null {
  return found.length === 1 ? (found[0] ?? null) : null
}

function folded(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
