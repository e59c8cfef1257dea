/** What a mark needs to know of an agency. Seat 19 starts over with the first colour. */
export type MarkedAgency = { readonly name: string; readonly shortName: string; readonly seat: number }

/** Seats that have a colour of their own. */
const COLOURS = 18

/** The number of the colour for a seat, 1–18; elements with `data-seat` get `--ag` and `--ag-tint`. */
export function seatColour(seat: number): number {
  return ((seat - 1) % COLOURS) + 1
}

/** An agency's short name on its colour. The name carries the meaning, the colour helps the eye. */
export function AgencyMark({ agency, away = false }: { readonly agency: MarkedAgency; readonly away?: boolean }) {
  return (
    <abbr className={away ? 'ag away' : 'ag'} data-seat={seatColour(agency.seat)} title={agency.name}>
      {agency.shortName}
    </abbr>
  )
}
