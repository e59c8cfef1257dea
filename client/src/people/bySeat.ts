import type { Council } from '@justera/protocol'

type Agency = Council['agencies'][number]

/** People under their agency, agencies by seat, people by name; agencies without people are there too when `all`. */
export function bySeat<P extends { readonly name: string; readonly agencyId: string }>(
  agencies: readonly Agency[],
  people: readonly P[],
  all: boolean,
): readonly { readonly agency: Agency; readonly people: readonly P[] }[] {
  return agencies
    .toSorted((a, b) => a.seat - b.seat)
    .map((agency) => ({
      agency,
      people: people
        .filter(({ agencyId }) => agencyId === agency.id)
        .toSorted((a, b) => a.name.localeCompare(b.name, 'sv')),
    }))
    .filter(({ people: own }) => all || own.length > 0)
}
