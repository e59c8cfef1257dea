import { IndexeddbPersistence } from 'y-indexeddb'
import type * as Y from 'yjs'

/** How long opening the device's copy may take before the page goes on without one. */
const DEVICE_COPY_TIMEOUT_MS = 3_000

const prefixOf = (person: string, meeting: string): string => `justera:${person}:${meeting}:`

/** Two people on one device, or one meeting before and after a restore, never share a copy. */
export function deviceCopyName(person: string, meeting: string, epoch: number): string {
  return `${prefixOf(person, meeting)}${epoch}`
}

/** The copy of one document that this device keeps, so that edits made without a link survive a reload. */
export type DeviceCopy = {
  /** Stops writing; keeps what is stored. */
  readonly close: () => Promise<void>
  /** Stops writing and removes what is stored. */
  readonly drop: () => Promise<void>
}

/**
 * Loads the device's copy into `doc` and follows it from then on.
 * Must end before a socket opens: what is loaded later would be sent as if it were typed.
 * @param onFailure called when the device stops storing
 * @returns null where the device offers no storage or does not answer in time
 */
export async function openDeviceCopy(name: string, doc: Y.Doc, onFailure: () => void): Promise<DeviceCopy | null> {
  if (!(await storageWorks(name))) return null
  const persistence = new IndexeddbPersistence(name, doc)
  const loaded = await Promise.race([
    persistence.whenSynced.then(() => true),
    new Promise<boolean>((resolve) => setTimeout(() => resolve(false), DEVICE_COPY_TIMEOUT_MS)),
  ])
  if (!loaded) {
    void persistence.destroy()
    return null
  }
  persistence.db?.addEventListener('error', onFailure)
  persistence.db?.addEventListener('abort', onFailure)
  return {
    close: () => Promise.resolve(persistence.destroy()).then(() => undefined),
    drop: () => persistence.clearData(),
  }
}

/** Names of this person's copies of the meeting from other epochs. Empty where the browser cannot list them. */
export async function staleDeviceCopies(person: string, meeting: string, epoch: number): Promise<readonly string[]> {
  if (typeof indexedDB === 'undefined' || indexedDB.databases === undefined) return []
  const current = deviceCopyName(person, meeting, epoch)
  const databases = await indexedDB.databases().catch(() => [])
  return databases
    .map(({ name }) => name ?? '')
    .filter((name) => name.startsWith(prefixOf(person, meeting)) && name !== current)
}

/** y-indexeddb leaves a failed opening unhandled, so it is tried here first. */
function storageWorks(name: string): Promise<boolean> {
  if (typeof indexedDB === 'undefined') return Promise.resolve(false)
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), DEVICE_COPY_TIMEOUT_MS)
    const settle = (works: boolean): void => {
      clearTimeout(timer)
      resolve(works)
    }
    try {
      const request = indexedDB.open(`${name.slice(0, name.indexOf(':'))}:probe`)
      request.onsuccess = () => {
        request.result.close()
        settle(true)
      }
      request.onerror = () => settle(false)
      request.onblocked = () => settle(false)
    } catch {
      settle(false)
    }
  })
}
