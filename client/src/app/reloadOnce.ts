const KEY = 'justera.reloadedFor'

/**
 * Reloads the page because the server speaks another schema (close code 4426), at most once for each schema:
 * a page that is still too old after that must say so instead of reloading for ever.
 * @param schema what this page was built with
 * @returns false when this schema was already reloaded for, and nothing happens
 */
export function reloadOnce(schema: string, page: { reload(): void } = location): boolean {
  try {
    if (sessionStorage.getItem(KEY) === schema) return false
    sessionStorage.setItem(KEY, schema)
  } catch {
    return false
  }
  page.reload()
  return true
}
