/** What a paste could not bring along. */
export type LeftOutKind =
  | 'image'
  | 'footnote'
  | 'comment'
  | 'nestedTable'
  | 'embedded'
  | 'formField'
  | 'unsafeLink'
  | 'deletedText'
  | 'tooLong'

/** One kind of content that a paste left out, to be named to the person who pasted. */
export type LeftOut = { readonly kind: LeftOutKind; readonly count: number }

/** Counts while a paste is read. */
export class LeftOutCount {
  private readonly counts = new Map<LeftOutKind, number>()

  add(kind: LeftOutKind, count = 1): void {
    if (count > 0) this.counts.set(kind, (this.counts.get(kind) ?? 0) + count)
  }

  /** In the order in which each kind was first met. */
  list(): readonly LeftOut[] {
    return [...this.counts].map(([kind, count]) => ({ kind, count }))
  }
}
