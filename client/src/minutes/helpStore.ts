import { createStore } from '../sync/store.ts'

/** Whether the list of shortcuts is open. */
export const helpOpen = createStore(false)

export function showHelp(): void {
  helpOpen.set(true)
}
