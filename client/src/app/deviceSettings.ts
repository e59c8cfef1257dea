/** Small choices kept on this device, under one prefix. Storage may be switched off: then a choice lasts as long as the page. */
const PREFIX = 'justera.'

export type SettingName = 'theme' | 'language' | 'letterKeys' | 'signInTarget'

const unstored = new Map<SettingName, string>()

/** `undefined` when nothing was chosen. */
export function readSetting(name: SettingName): string | undefined {
  try {
    return localStorage.getItem(PREFIX + name) ?? unstored.get(name)
  } catch {
    return unstored.get(name)
  }
}

/** `undefined` takes the choice back. */
export function writeSetting(name: SettingName, value: string | undefined): void {
  if (value === undefined) unstored.delete(name)
  else unstored.set(name, value)
  try {
    if (value === undefined) localStorage.removeItem(PREFIX + name)
    else localStorage.setItem(PREFIX + name, value)
  } catch {
    // Kept in memory above.
  }
}
