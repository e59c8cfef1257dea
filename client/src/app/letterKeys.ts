import { useSyncExternalStore } from 'react'
import { readSetting, writeSetting } from './deviceSettings.ts'

/**
 * Whether single letters (J, K, ?) act as shortcuts. Speech input and unsteady hands press them by accident,
 * so WCAG 2.1.4 asks that they can be switched off.
 */
const listeners = new Set<() => void>()

export function letterKeysOn(): boolean {
  return readSetting('letterKeys') !== 'off'
}

export function chooseLetterKeys(on: boolean): void {
  writeSetting('letterKeys', on ? undefined : 'off')
  for (const listener of listeners) listener()
}

export function useLetterKeys(): boolean {
  return useSyncExternalStore(subscribe, letterKeysOn)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
