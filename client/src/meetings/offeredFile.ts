/** A file dropped or chosen on one page and read on the next. It is held in memory only and given out once. */
let offered: File | undefined

export function offerFile(file: File): void {
  offered = file
}

export function takeOfferedFile(): File | undefined {
  const file = offered
  offered = undefined
  return file
}
