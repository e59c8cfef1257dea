import { readSetting, writeSetting } from '../deviceSettings.ts'

export const LANGUAGES = ['sv', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

/** What was chosen on this device; Swedish until somebody chooses. */
export function readLanguage(): Language {
  return readSetting('language') === 'en' ? 'en' : 'sv'
}

export function storeLanguage(language: Language): void {
  writeSetting('language', language)
}
