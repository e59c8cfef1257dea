import { existsSync, readFileSync } from 'node:fs'

/**
 * What somebody loads to see a page: the entry, the page's own chunk, and everything those import.
 * Chunks are found through Vite's manifest, since their names change with their content.
 */
const DIST = 'client/dist/'
const MANIFEST = `${DIST}.vite/manifest.json`
if (!existsSync(MANIFEST)) throw new Error('Build the client first: pnpm run build')
const manifest = JSON.parse(readFileSync(MANIFEST, 'utf8'))

/** @param {string[]} keys @param {(chunk: any) => string[]} next */
function scripts(keys, next) {
  const seen = new Set()
  const queue = [...keys]
  for (let key = queue.pop(); key !== undefined; key = queue.pop()) {
    const chunk = manifest[key]
    if (chunk === undefined) throw new Error(`${key} is not in the manifest`)
    if (seen.has(key)) continue
    seen.add(key)
    queue.push(...next(chunk))
  }
  return [...seen].map((key) => DIST + manifest[key].file).filter((file) => file.endsWith('.js'))
}

const imported = (chunk) => chunk.imports ?? []
/** The minutes page also fetches what its own chunks ask for later: editor, menus, dialogs. */
const importedAndLater = (chunk) => [
  ...imported(chunk),
  ...(chunk.src === 'index.html' ? [] : (chunk.dynamicImports ?? [])),
]

export default [
  {
    name: 'first page, JavaScript',
    path: scripts(['index.html', 'src/meetings/MeetingsPage.tsx'], imported),
    limit: '180 kB',
    gzip: true,
  },
  {
    name: 'minutes page, JavaScript with everything it fetches later',
    path: scripts(['index.html', 'src/minutes/MinutesPage.tsx'], importedAndLater),
    limit: '380 kB',
    gzip: true,
  },
]
