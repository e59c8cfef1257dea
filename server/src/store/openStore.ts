import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { openSqliteStore } from './sqlite/sqliteStore.ts'
import type { Store } from './store.ts'

/** Opens the store of a data folder, making the folder where it is missing. @throws StoreError */
export async function openStore(dataDir: string, now: () => number = Date.now): Promise<Store> {
  await mkdir(dataDir, { recursive: true })
  return openSqliteStore({ file: join(dataDir, 'justera.db'), now })
}
