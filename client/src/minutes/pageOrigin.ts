/** Transaction origin of changes that the page makes itself, outside the texts. Undo of typing does not track it. */
export const PAGE_ORIGIN = 'page'
