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
