import type { Agency } from '../store/councilStore.ts'

/**
 * The council's agency that a name in some minutes means: by full or short name, by the short form that
 * stood beside it, or by words at either end that only one agency has. Null where there is doubt.
 */
export function matchAgency(name: string, shortForm: string, agencies: readonly Agency[]): Agency | null {
  const wanted = [folded(name), folded(shortForm)].filter((form) => form !== '')
  const equal = agencies.filter((agency) => [agency.name, agency.shortName].some((own) => wanted.includes(folded(own))))
  if (equal.length > 0) return only(equal)
  const words = ` ${folded(name)} `
  return only(
    agencies.filter(({ name: own }) => words.startsWith(` ${folded(own)} `) || words.endsWith(` ${folded(own)} `)),
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
