import { readSetting, writeSetting } from './deviceSettings.ts'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

export function readTheme(): Theme {
  const stored = readSetting('theme')
  return THEMES.find((theme) => theme === stored) ?? 'system'
}

/** Applies and keeps a theme. `public/before-paint.js` applies the kept one before the first paint. */
export function chooseTheme(theme: Theme): void {
  writeSetting('theme', theme === 'system' ? undefined : theme)
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
}
