/** Drawings on a 24 by 24 grid, one path each: strokes only, round ends. */
const SHAPES = {
  accessibility: 'M12 5.5h.01M4.5 9 12 10.5 19.5 9M12 10.5V14m0 0-3.5 7M12 14l3.5 7',
  action: 'M6 4h12a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2z',
  alert: 'M8.2 2.8h7.6l5.4 5.4v7.6l-5.4 5.4H8.2l-5.4-5.4V8.2zM12 7.5v5M12 16.4h.01',
  arrowDown: 'M12 5v14M6 13l6 6 6-6',
  arrowRight: 'M5 12h14M13 6l6 6-6 6',
  arrowUp: 'M12 19V5M6 11l6-6 6 6',
  bold: 'M7 4.5h6a3.75 3.75 0 0 1 0 7.5H7zM7 12h7a3.75 3.75 0 0 1 0 7.5H7z',
  bullet: 'M9 6h11M9 12h11M9 18h11M4.5 6h.01M4.5 12h.01M4.5 18h.01',
  calendar:
    'M5.5 4.5h13a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2h-13a2 2 0 0 1-2-2v-12a2 2 0 0 1 2-2zM3.5 9.5h17M8 2.5v4M16 2.5v4',
  check: 'M5 12.5l4.5 4.5L19 7',
  chevronDown: 'M6 9l6 6 6-6',
  chevronLeft: 'M15 6l-6 6 6 6',
  chevronRight: 'M9 6l6 6-6 6',
  chevronUp: 'M6 15l6-6 6 6',
  clock: 'M3 12a9 9 0 1 0 18 0 9 9 0 1 0-18 0M12 7v5l3.5 2',
  close: 'M6 6l12 12M18 6L6 18',
  comment: 'M5 4h14a1.5 1.5 0 0 1 1.5 1.5v10A1.5 1.5 0 0 1 19 17H8.5l-5 4V5.5A1.5 1.5 0 0 1 5 4z',
  copy: 'M11 9h8a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-8a2 2 0 0 1-2-2v-8a2 2 0 0 1 2-2zM5.5 15H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2h8a2 2 0 0 1 2 2v.5',
  decision: 'M9 3.5l7.5 7.5-4.2 4.2-7.5-7.5zM14 13.5l6.5 6.5M3.5 20.5h9',
  device:
    'M3 13l2.4-7.4A2.3 2.3 0 0 1 7.6 4h8.8a2.3 2.3 0 0 1 2.2 1.6L21 13v5a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2zM3 13h18M7 16.5h.01M10.5 16.5h.01',
  dissent:
    'M5 4h14a1.5 1.5 0 0 1 1.5 1.5v10A1.5 1.5 0 0 1 19 17H8.5l-5 4V5.5A1.5 1.5 0 0 1 5 4zM9.5 8.5v3.5M14.5 8.5v3.5',
  download: 'M12 3.5v12M7 10.5l5 5 5-5M4.5 20.5h15',
  drag: 'M8.4 6a.6.6 0 1 0 1.2 0 .6.6 0 1 0-1.2 0M14.4 6a.6.6 0 1 0 1.2 0 .6.6 0 1 0-1.2 0M8.4 12a.6.6 0 1 0 1.2 0 .6.6 0 1 0-1.2 0M14.4 12a.6.6 0 1 0 1.2 0 .6.6 0 1 0-1.2 0M8.4 18a.6.6 0 1 0 1.2 0 .6.6 0 1 0-1.2 0M14.4 18a.6.6 0 1 0 1.2 0 .6.6 0 1 0-1.2 0',
  edit: 'M4 20l1-4.2L16.6 4.2a1.4 1.4 0 0 1 2 0l1.2 1.2a1.4 1.4 0 0 1 0 2L8.2 19zM14.5 6.5l3 3',
  eye: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM9 12a3 3 0 1 0 6 0 3 3 0 1 0-6 0',
  heading: 'M6 5v14M18 5v14M6 12h12',
  history: 'M4 12a8 8 0 1 0 2.6-5.9L4 8.5M4 4v4.5h4.5M12 8v4.5l3 2',
  importFile: 'M13 2.5H6.5a2 2 0 0 0-2 2v15a2 2 0 0 0 2 2h11a2 2 0 0 0 2-2V9zM13 2.5V9h6.5M12 18v-6M9 14.5l3-3 3 3',
  info: 'M3 12a9 9 0 1 0 18 0 9 9 0 1 0-18 0M12 11v5.5M12 7.6h.01',
  italic: 'M10 4.5h8M6 19.5h8M14.5 4.5l-5 15',
  link: 'M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1',
  lock: 'M6 11h12a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2v-6a2 2 0 0 1 2-2zM8 11V7.5a4 4 0 0 1 8 0V11',
  mail: 'M5 5h14a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2zM3.5 7.5L12 13.5l8.5-6',
  minus: 'M5 12h14',
  more: 'M4.4 12a.6.6 0 1 0 1.2 0 .6.6 0 1 0-1.2 0M11.4 12a.6.6 0 1 0 1.2 0 .6.6 0 1 0-1.2 0M18.4 12a.6.6 0 1 0 1.2 0 .6.6 0 1 0-1.2 0',
  numbered: 'M10.5 6H20M10.5 12H20M10.5 18H20M4 4.6l1.5-.8v4.7M3.9 15.2c.3-1.4 2.6-1.2 2.6.2 0 1.2-2.4 1.9-2.6 3.6h2.8',
  offline: 'M8 5.6a6 6 0 0 1 9.9 5.5 3.8 3.8 0 0 1 2.4 5.6M17 18.5H7a4.5 4.5 0 0 1-.6-9M3.5 3.5l17 17',
  outline: 'M8.5 5.5H20M8.5 12H20M8.5 18.5H20M4 5.5h.01M4 12h.01M4 18.5h.01',
  paragraph: 'M4 6h16M4 12h16M4 18h10',
  people:
    'M5.5 8a3.5 3.5 0 1 0 7 0 3.5 3.5 0 1 0-7 0M2.5 20c.4-3.9 2.9-6 6.5-6s6.1 2.1 6.5 6M15.8 4.7a3.5 3.5 0 0 1 0 6.6M18 14.6c2 .8 3.2 2.6 3.5 5.4',
  personAdd: 'M5.5 8a3.5 3.5 0 1 0 7 0 3.5 3.5 0 1 0-7 0M2.5 20c.4-3.9 2.9-6 6.5-6s6.1 2.1 6.5 6M19 7.5v6M16 10.5h6',
  plus: 'M5 12h14M12 5v14',
  point: 'M12 8.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 1 0 0-7z',
  print: 'M7 8V3.5h10V8M7 17H4.5a1 1 0 0 1-1-1v-6a2 2 0 0 1 2-2h13a2 2 0 0 1 2 2v6a1 1 0 0 1-1 1H17M7 14h10v6.5H7z',
  redo: 'M20 9H10a5.5 5.5 0 0 0 0 11h5M16 5l4 4-4 4',
  saved: 'M7 18.5a4.5 4.5 0 0 1-.6-9A6 6 0 0 1 18 11.1a3.75 3.75 0 0 1-.5 7.4zM9.3 13.7l2.2 2.2 3.8-4',
  saving: 'M20 12a8 8 0 1 1-8-8',
  search: 'M4 10.5a6.5 6.5 0 1 0 13 0 6.5 6.5 0 1 0-13 0M15.5 15.5L20.5 20.5',
  settings:
    'M9 12a3 3 0 1 0 6 0 3 3 0 1 0-6 0M5.2 12a6.8 6.8 0 1 0 13.6 0 6.8 6.8 0 1 0-13.6 0M12 5.2V2.5M12 21.5v-2.7M18.8 12h2.7M2.5 12h2.7M16.8 7.2l1.9-1.9M5.3 18.7l1.9-1.9M16.8 16.8l1.9 1.9M5.3 5.3l1.9 1.9',
  signOut: 'M9 4H5.5A1.5 1.5 0 0 0 4 5.5v13A1.5 1.5 0 0 0 5.5 20H9M16 8l4 4-4 4M20 12H9.5',
  tabled: 'M5 4v6a4 4 0 0 0 4 4h10M15 10l4 4-4 4',
  trash: 'M4 6.5h16M9 6.5V4h6v2.5M6 6.5l1 14h10l1-14M10 10.5v6M14 10.5v6',
  undo: 'M4 9h10a5.5 5.5 0 0 1 0 11H9M8 5L4 9l4 4',
} as const

export type IconName = keyof typeof SHAPES

/** Always beside a word or inside a labelled control, so it is hidden from assistive technology. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className="i" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={SHAPES[name]} />
    </svg>
  )
}

/** The same drawing as an element, for what is drawn without React. */
export function iconElement(name: IconName): SVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('class', 'i')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('aria-hidden', 'true')
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  path.setAttribute('d', SHAPES[name])
  svg.append(path)
  return svg
}
